// A text file that people wrote, from the disk.
package import Vocabulary

/// Reads files such as almanac.yaml and site.yaml.
package enum TextFile {
    /// Bytes of the largest text that is read.
    package static let largest = 2 << 20

    /// The text at `path` with `\n` as its only line break and without a byte order mark, or nil with what is wrong. `file` is the
    /// path that diagnostics show. A file that is not there is nil without a diagnostic.
    package static func read(path: String, file: String) -> (text: String?, diagnostics: [Diagnostic]) {
        let findings = Findings(file: file)
        let text = read(path: path, into: findings)
        return (text, findings.list)
    }

    static func read(path: String, into findings: Findings) -> String? {
        guard let stamp = Files.target(path) else { return nil }
        guard stamp.kind == .file else {
            findings.error(nil, "this is not a file", nil)
            return nil
        }
        do throws(DefiningError) {
            let bytes = try Files.bytes(path, limit: largest)
            guard bytes.count <= largest else {
                findings.error(nil, "the file is larger than 2 MiB", "keep data in files of their own")
                return nil
            }
            return SourceText.decode(bytes, into: findings)
        } catch {
            findings.error(nil, "the file cannot be read: \(error.detail)", "give the server's user the right to read it")
            return nil
        }
    }
}
