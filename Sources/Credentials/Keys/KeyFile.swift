// The key file: 32 random bytes from which every key of an installation is derived.
import Crypto
import Glibc

/// The installation's key, kept in a file of its own outside the data folder.
package struct KeyFile: Sendable {
    private let master: [UInt8]
    private static let opening = "almanac-key-1 "

    /// Reads the key, or makes it when it is missing and that is allowed.
    ///
    /// The file has mode 0600 or less and belongs to us or to root. Throws `keyMissing`, `keyRefused`, `keyUnavailable`.
    package static func load(path: String, makeIfMissing: Bool) throws -> KeyFile {
        if let key = try read(path) { return key }
        guard makeIfMissing else {
            throw CredentialsError(
                .keyMissing, subject: path,
                detail: "the key file is missing, and the data needs the key it held; put it back from your backup, or name it with ALMANAC_KEY_FILE")
        }
        try make(path)
        guard let key = try read(path) else { throw unavailable(path, "vanished while it was made") }
        return key
    }

    /// A key of 32 bytes for one purpose, such as `forms`: HKDF-SHA256 (RFC 5869) with the purpose as its info.
    package func derive(_ purpose: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: master), salt: Array("almanac".utf8), info: Array(purpose.utf8), outputByteCount: 32)
        return key.withUnsafeBytes { Array($0) }
    }

    /// The key in the file, or nil when there is no file.
    private static func read(_ path: String) throws -> KeyFile? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw unavailable(path, "cannot be opened: \(reason())")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unavailable(path, "cannot be examined: \(reason())") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw refused(path, "is not a file") }
        guard status.st_uid == geteuid() || status.st_uid == 0 else { throw refused(path, "belongs to somebody else") }
        guard status.st_mode & 0o077 == 0 else { throw refused(path, "can be read by others; run: chmod 600 \(path)") }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw unavailable(path, "cannot be read: \(reason())") }
        let text = bytes.prefix(count)
        let expected = Array(opening.utf8)
        guard text.count == expected.count + 65, text.starts(with: expected), text.last == 10,
            let master = Encoding.bytes(hex: text.dropFirst(expected.count).dropLast())
        else { throw refused(path, "is not a key file of Almanac") }
        return KeyFile(master: master)
    }

    /// Writes a new key under a temporary name, syncs it, links it in place (never over another) and syncs the folder.
    private static func make(_ path: String) throws {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        try makeFolders(folder)
        let temporary = path + ".new-" + Encoding.hex(Secret.randomBytes().prefix(8))
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unavailable(path, "cannot be made: \(reason())") }
        defer { unlink(temporary) }
        let text = Array((opening + Encoding.hex(Secret.randomBytes()) + "\n").utf8)
        let written = write(descriptor, text, text.count) == text.count && fsync(descriptor) == 0
        let problem = reason()
        close(descriptor)
        guard written else { throw unavailable(path, "cannot be written: \(problem)") }
        // EEXIST: another process made one at the same moment, and that one is the key.
        guard link(temporary, path) == 0 || errno == EEXIST else { throw unavailable(path, "cannot be made: \(reason())") }
        try syncFolder(folder)
    }

    private static func makeFolders(_ folder: String) throws {
        if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else {
            throw unavailable(folder, "cannot be made: \(reason())")
        }
        try makeFolders(String(folder[..<slash]))
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw unavailable(folder, "cannot be made: \(reason())") }
    }

    private static func syncFolder(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unavailable(folder, "cannot be opened: \(reason())") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw unavailable(folder, "cannot be synced: \(reason())") }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }

    private static func unavailable(_ path: String, _ detail: String) -> CredentialsError {
        CredentialsError(.keyUnavailable, subject: path, detail: detail)
    }

    private static func refused(_ path: String, _ detail: String) -> CredentialsError {
        CredentialsError(.keyRefused, subject: path, detail: detail)
    }
}
