// An open file or folder: the calls to the system that this room needs, none of which follows a symbolic link unasked.
import Glibc

/// An open file that is closed when it is let go.
final class Descriptor: Sendable {
    let number: Int32
    /// For errors: the path it was opened with.
    let path: String

    /// Takes over an open descriptor.
    init(owning number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    /// Opens a path with these flags; `O_CLOEXEC` is added, and `O_NONBLOCK`, so that a named pipe that a job put in a file's place holds nobody up. A file
    /// that is made gets `mode`. Throws `storageFailed`.
    init(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws {
        number = retrying { Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK, mode) }
        self.path = path
        guard number >= 0 else { throw RunningError.system("open", path, errno) }
    }

    deinit { _ = Glibc.close(number) }

    /// Opens a name inside this folder, or returns the errno why that cannot be done. `O_NOFOLLOW`, `O_CLOEXEC` and `O_NONBLOCK` are added.
    func open(_ name: String, _ flags: Int32) -> Result<Descriptor, SystemFailure> {
        let opened = retrying { openat(number, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600) }
        return opened >= 0 ? .success(Descriptor(owning: opened, path: path + "/" + name)) : .failure(SystemFailure(number: errno))
    }

    /// What the system says about the open file.
    func status() throws -> stat {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw RunningError.system("look at", path, errno) }
        return status
    }

    /// The next bytes, at most `count`; empty at the end. Throws `storageFailed`.
    func read(_ count: Int = 256 * 1024) throws -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let got = retrying { Glibc.read(number, buffer.baseAddress, count) }
            failure = got < 0 ? errno : 0
            initialized = max(0, got)
        }
        guard failure == 0 else { throw RunningError.system("read", path, failure) }
        return bytes
    }

    /// Up to `count` bytes from an offset; fewer only at the end of the file.
    func read(_ count: Int, at offset: Int64) throws -> [UInt8] {
        guard lseek(number, off_t(offset), SEEK_SET) >= 0 else { throw RunningError.system("read", path, errno) }
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try read(count - bytes.count)
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }

    /// Everything from here on, or nil when that is more than `limit` bytes.
    func readAll(limit: Int) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            let more = try read()
            if more.isEmpty { return bytes }
            bytes += more
            if bytes.count > limit { return nil }
        }
    }

    /// Writes all of these bytes. Throws `storageFailed`.
    func write(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                retrying { Glibc.write(number, buffer.baseAddress.map { $0 + done }, buffer.count - done) }
            }
            guard count >= 0 else { throw RunningError.system("write", path, errno) }
            done += count
        }
    }
}

/// An errno as an error.
struct SystemFailure: Error {
    let number: Int32
    var text: String { String(cString: strerror(number)) }
}

extension RunningError {
    /// `storageFailed` with what the system said.
    static func system(_ deed: String, _ path: String, _ number: Int32) -> RunningError {
        RunningError(.storageFailed, subject: path, detail: "cannot \(deed) it: \(SystemFailure(number: number).text)")
    }
}

extension stat {
    var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
    var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
    /// What a person would call it: `a folder`, `a symbolic link`, `a named pipe` …
    var kind: String {
        switch st_mode & S_IFMT {
        case S_IFREG: "a regular file"
        case S_IFDIR: "a folder"
        case S_IFLNK: "a symbolic link"
        case S_IFIFO: "a named pipe"
        case S_IFSOCK: "a socket"
        default: "a device"
        }
    }
}

/// Makes a call to the system again for as long as a signal interrupts it.
func retrying<Number: SignedInteger>(_ call: () -> Number) -> Number {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
