// The site's style sheet, scripts and pictures: fingerprinted names, so that browsers may keep them for ever.
import Crypto
import FoundationEssentials
import Vocabulary

/// The assets of a site, held in memory: a few files of a few kilobytes.
package struct Assets: Sendable {
    /// An asset as it is served.
    package struct File: Sendable {
        package let bytes: [UInt8]
        /// The media type with its charset.
        package let type: String
    }

    private let addresses: [String: String]
    private let files: [String: File]

    /// Reads the folders' plain files, the first folder that has a name wins. Throws `installation` when the style sheet is in none.
    package init(folders: [String]) throws(RenderingError) {
        var addresses: [String: String] = [:]
        var files: [String: File] = [:]
        for folder in folders {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where addresses[name] == nil {
                guard let dot = name.lastIndex(of: "."), let type = Self.types[String(name[dot...].dropFirst())],
                    let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
                else { continue }
                let bytes = [UInt8](data)
                let fingerprint = Digest(bytes: SHA256.hash(data: bytes)).short
                let address = "/assets/\(name[..<dot]).\(fingerprint)\(name[dot...])"
                addresses[name] = address
                files[address] = File(bytes: bytes, type: type)
            }
        }
        guard addresses["site.css"] != nil else {
            throw RenderingError(.installation, subject: "Site/assets", detail: "site.css is in none of the folders")
        }
        self.addresses = addresses
        self.files = files
    }

    /// The address of an asset by its plain name, or nil when there is none.
    package func address(_ name: String) -> String? { addresses[name] }

    /// The asset at an address, or nil.
    package func file(at address: String) -> File? { files[address] }

    private static let types: [String: String] = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
        "ico": "image/x-icon", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
    ]
}
