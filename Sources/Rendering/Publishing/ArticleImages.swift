// The pictures of an article: small ones of the job folder stand in the page itself, outputs are files of the edition.
import Artifacts
import FoundationEssentials
import Vocabulary

/// Pictures that a Markdown text of a job names.
struct ArticleImages: Sendable {
    /// A picture of the job folder that is larger is left out.
    private static let mostBytes: Int64 = 200 << 10
    private static let mark = "/~image/"
    /// Endings of outputs that are shown as pictures.
    static let endings: Set<String> = ["png", "svg", "jpg", "jpeg"]

    private(set) var diagnostics: [Diagnostic] = []
    /// `data:` addresses by path in the job folder.
    private var pictures: [String: (digest: Digest, address: String)] = [:]
    private let material: ArticleMaterial

    /// Reads the pictures of the job folder whose paths stand in the text.
    init(in text: String, file: String, of material: ArticleMaterial, from artifacts: any ArtifactStore) async throws {
        self.material = material
        for picture in material.manifest.files where text.contains(picture.path) {
            let ending = picture.path.split(separator: ".").last.map { $0.lowercased() } ?? ""
            guard ["png", "jpg", "jpeg"].contains(ending) else { continue }
            guard picture.bytes <= Self.mostBytes else {
                diagnostics.append(Diagnostic(
                    .warning, file: material.path(file), "the picture \(picture.path) is larger than 200 KiB and is left out", suggestion: "make it smaller"))
                continue
            }
            let bytes = try await artifacts.read(picture.sha256, limit: Int(Self.mostBytes))
            guard let type = Self.type(of: bytes) else {
                diagnostics.append(Diagnostic(
                    .warning, file: material.path(file), "the picture \(picture.path) is neither PNG nor JPEG and is left out",
                    suggestion: "save it as one of them"))
                continue
            }
            pictures[picture.path] = (picture.sha256, "data:\(type);base64,\(Data(bytes).base64EncodedString())")
        }
    }

    /// The address for a picture as the text names it, or nil when there is none.
    func address(_ path: String) -> String? {
        let plain = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        if let picture = pictures[plain] { return Self.mark + picture.digest.hex }
        let output = material.outputs.first { $0.declared && ($0.path == plain || $0.fileName == plain) && Self.endings.contains($0.ending) }
        return output.map { StoredArticle.filesMark + $0.fileName }
    }

    /// The HTML with the pictures in their places.
    func placed(_ html: String) -> String {
        var bytes = Array(html.utf8)
        for picture in pictures.values { bytes = StoredArticle.replaced(bytes, "\"\(Self.mark)\(picture.digest.hex)\"", by: "\"\(picture.address)\"") }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func type(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        return bytes.starts(with: [0xFF, 0xD8, 0xFF]) ? "image/jpeg" : nil
    }
}
