// A folder that a test has for itself and that is gone afterwards.
import Foundation

/// A temporary folder, removed when the last reference to it goes.
package final class TemporaryFolder: Sendable {
    /// Absolute path, short enough for a socket inside.
    package let path: String

    /// Makes a new, empty folder.
    package init() throws {
        path = NSTemporaryDirectory().trimmingSuffix("/") + "/almanac-" + UUID().uuidString.prefix(8).lowercased()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes files by path inside the folder; those with `#!` are executable.
    package func write(_ files: [String: String]) throws {
        for (name, text) in files {
            let file = path + "/" + name
            try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            if text.hasPrefix("#!") { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file) }
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
