// The few questions that Defining asks the file system.
internal import Glibc
internal import Vocabulary

/// What a file looked like from outside; equal stamps of one path mean that nobody wrote in between.
struct FileStamp: Hashable, Sendable {
    enum Kind: Sendable { case file, folder, link, other }

    let kind: Kind
    let device: UInt64
    let inode: UInt64
    let bytes: Int64
    let executable: Bool
    /// Nanoseconds since 1970 of the last write, and of the last change of the file's entry.
    let written: Int64
    let changed: Int64

    init(_ state: stat) {
        switch state.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        device = UInt64(state.st_dev)
        inode = UInt64(state.st_ino)
        bytes = Int64(state.st_size)
        executable = state.st_mode & 0o111 != 0
        written = Int64(state.st_mtim.tv_sec) * 1_000_000_000 + Int64(state.st_mtim.tv_nsec)
        changed = Int64(state.st_ctim.tv_sec) * 1_000_000_000 + Int64(state.st_ctim.tv_nsec)
    }
}

/// Reads of the file system; nil and thrown errors carry no more than the reason.
enum Files {
    /// The stamp of a path, of the link itself when it is one; nil when nothing is there.
    static func stamp(_ path: String) -> FileStamp? {
        var state = stat()
        return lstat(path, &state) == 0 ? FileStamp(state) : nil
    }

    /// The stamp of what a path leads to.
    static func target(_ path: String) -> FileStamp? {
        var state = stat()
        return stat(path, &state) == 0 ? FileStamp(state) : nil
    }

    /// The path with every link and `..` resolved; nil when nothing is there.
    static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(validatingCString: real)
    }

    /// Names in a folder, sorted, without `.` and `..`; nil for a name that is not UTF-8.
    static func names(in folder: String) throws(DefiningError) -> [String?] {
        guard let stream = opendir(folder) else {
            throw DefiningError(errno == ENOENT ? .notFound : .unreadable, subject: folder, detail: reason())
        }
        defer { closedir(stream) }
        var names: [String?] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) { String(validatingCString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { ($0 ?? "") < ($1 ?? "") }
    }

    /// The bytes of a file, at most `limit` and one more, so that the caller sees when there are too many.
    static func bytes(_ path: String, limit: Int) throws(DefiningError) -> [UInt8] {
        var bytes: [UInt8] = []
        try chunks(of: path) { chunk in
            bytes.append(contentsOf: chunk.prefix(limit + 1 - bytes.count))
            return bytes.count <= limit
        }
        return bytes
    }

    /// Hands a file over in pieces of at most 256 KiB, until `take` answers false.
    static func chunks(of path: String, take: (UnsafeRawBufferPointer) -> Bool) throws(DefiningError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw DefiningError(errno == ENOENT ? .notFound : .unreadable, subject: path, detail: reason()) }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw DefiningError(.unreadable, subject: path, detail: reason()) }
            if count == 0 || !take(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { return }
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)).lowercased() }
}
