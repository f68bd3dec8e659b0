// The files of a job version, by digest.

/// The files of a job folder, sorted by path; its digest is the job version's identity.
package struct Manifest: Hashable, Sendable, Codable {
    /// One file of the job folder.
    package struct File: Hashable, Sendable, Codable {
        /// Inside the job folder, with `/`.
        package let path: String
        package let sha256: Digest
        package let bytes: Int64
        package let executable: Bool

        package init(path: String, sha256: Digest, bytes: Int64, executable: Bool) {
            self.path = path
            self.sha256 = sha256
            self.bytes = bytes
            self.executable = executable
        }
    }

    package let files: [File]

    package init(files: [File]) { self.files = files.sorted { $0.path < $1.path } }

    /// The file at this path.
    package func file(_ path: String) -> File? { files.first { $0.path == path } }

    /// The text whose SHA-256 is the manifest's digest: a line `<sha256> <x or -> <path>` per file.
    package var text: String { files.map { "\($0.sha256) \($0.executable ? "x" : "-") \($0.path)\n" }.joined() }
}
