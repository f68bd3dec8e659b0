// An open file: the few calls to the system that the store needs, each with its error.
import Glibc

/// An open file that is closed when it is let go.
final class OpenFile: Sendable {
    let descriptor: Int32
    let subject: String

    init(owning descriptor: Int32, subject: String) {
        self.descriptor = descriptor
        self.subject = subject
    }

    /// Opens with these flags (close-on-exec is added), and mode 0600 when it makes a file. Throws `notFound`, `unavailable`, `diskFull`.
    convenience init(_ path: String, flags: Int32, deed: String, subject: String) throws {
        let descriptor = retrying { Glibc.open(path, flags | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else { throw ArtifactError(errno: errno, deed: deed, subject: subject) }
        self.init(owning: descriptor, subject: subject)
    }

    /// Opens a regular file to read it; anything else, also a symbolic link, is `unavailable`. Never waits, as opening a named pipe would.
    convenience init(readingRegular path: String, subject: String) throws {
        try self.init(path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK, deed: "open", subject: subject)
        guard try stamp().isRegular else { throw ArtifactError(.unavailable, subject: subject, detail: "it is not a regular file") }
    }

    deinit { _ = Glibc.close(descriptor) }

    /// The next bytes from where the file stands, or nil at its end.
    func read(atMost count: Int) throws -> [UInt8]? {
        let bytes = try filled(count) { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return bytes.isEmpty ? nil : bytes
    }

    /// Bytes from a position, as many as there are up to `count`.
    func read(atMost count: Int, at position: Int64) throws -> [UInt8] {
        try filled(count) { Glibc.pread(descriptor, $0.baseAddress, $0.count, off_t(position)) }
    }

    private func filled(_ count: Int, _ call: (UnsafeMutableBufferPointer<UInt8>) -> Int) throws -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let got = retrying { call(buffer) }
            failure = got < 0 ? errno : 0
            initialized = max(0, got)
        }
        guard failure == 0 else { throw ArtifactError(errno: failure, deed: "read", subject: subject) }
        return bytes
    }

    /// Writes all of these bytes where the file stands.
    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let wrote = retrying { Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count) }
                guard wrote >= 0 else { throw ArtifactError(errno: errno, deed: "write", subject: subject) }
                rest = rest.dropFirst(wrote)
            }
        }
    }

    /// Waits until the file, or the folder's list of names, is on the disk.
    func sync() throws {
        guard retrying({ fsync(descriptor) }) == 0 else { throw ArtifactError(errno: errno, deed: "sync", subject: subject) }
    }

    /// Whether this process now holds the file's lock, which ends with the last descriptor of this opening. True where the file system has no locks.
    func lock() -> Bool { retrying { flock(descriptor, LOCK_EX | LOCK_NB) } == 0 || errno != EWOULDBLOCK }

    func stamp() throws -> FileStamp {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw ArtifactError(errno: errno, deed: "look at the file", subject: subject) }
        return FileStamp(status)
    }
}

/// What tells that a file is still the one that was looked at before.
struct FileStamp: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let modifiedSeconds: Int64
    let modifiedNanoseconds: Int64
    let isRegular: Bool
    /// How many names the file has: 0 once it was removed.
    let names: Int

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modifiedSeconds = Int64(status.st_mtim.tv_sec)
        modifiedNanoseconds = Int64(status.st_mtim.tv_nsec)
        isRegular = status.st_mode & S_IFMT == S_IFREG
        names = Int(status.st_nlink)
    }

    /// The stamp of the regular file at a path, or nil when there is none. Throws `unavailable`.
    static func at(_ path: String, subject: String) throws -> FileStamp? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw ArtifactError(errno: errno, deed: "look at the file", subject: subject)
        }
        let stamp = FileStamp(status)
        return stamp.isRegular ? stamp : nil
    }
}

/// Makes a call to the system again for as long as a signal interrupts it.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
