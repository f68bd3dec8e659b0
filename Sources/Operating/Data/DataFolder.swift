// The data folder: its layout, its permissions, and the lock that says who holds it.
import Glibc

/// Where everything that is not source lives; only the key file is elsewhere.
package struct DataFolder: Sendable {
    /// Absolute path.
    package let path: String

    package init(path: String) { self.path = path }

    package var record: String { path + "/record.sqlite" }
    package var artifacts: String { path + "/artifacts" }
    package var runs: String { path + "/runs" }
    package var environments: String { path + "/environments" }
    package var controlSocket: String { path + "/control.sock" }

    /// Makes the folder and those inside it, readable by nobody else.
    package func make() throws(OperatingError) {
        try DataFolder.makeFolders(path)
        for folder in [path, runs, environments] {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw OperatingError(.dataFolder, subject: folder, detail: "the folder cannot be made: \(String(cString: strerror(errno)))")
            }
        }
        guard chmod(path, 0o700) == 0 else {
            throw OperatingError(.dataFolder, subject: path, detail: "its permissions cannot be set: \(String(cString: strerror(errno)))")
        }
    }

    /// Takes the lock, or returns nil when another process holds it.
    package func lock() throws(OperatingError) -> DataFolderLock? {
        let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw OperatingError(.dataFolder, subject: path, detail: "the lock cannot be opened: \(String(cString: strerror(errno)))")
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return DataFolderLock(descriptor: descriptor) }
        let reason = errno
        close(descriptor)
        guard reason == EWOULDBLOCK else {
            throw OperatingError(.dataFolder, subject: path, detail: "the lock cannot be taken: \(String(cString: strerror(reason)))")
        }
        return nil
    }

    /// Takes the lock as soon as it is free; nil when another process holds it all the time. Command line verbs hold it only for a moment.
    package func lock(within limit: Duration) async throws -> DataFolderLock? {
        let start = ContinuousClock.now
        while true {
            if let lock = try lock() { return lock }
            guard ContinuousClock.now - start < limit else { return nil }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private static func makeFolders(_ path: String) throws(OperatingError) {
        var part = ""
        for name in path.split(separator: "/").dropLast() {
            part += "/" + name
            guard mkdir(part, 0o755) == 0 || errno == EEXIST || errno == EROFS || errno == EACCES else {
                throw OperatingError(.dataFolder, subject: part, detail: "the folder cannot be made: \(String(cString: strerror(errno)))")
            }
        }
    }
}

/// The lock of a data folder: held until `release`, or until the process ends.
package struct DataFolderLock: Sendable {
    let descriptor: Int32

    /// Lets another process take the folder.
    package func release() { close(descriptor) }
}
