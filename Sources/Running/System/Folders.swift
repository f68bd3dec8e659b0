// Making, listing and removing folders.
import Glibc

/// Folders by path and by descriptor.
enum Folders {
    /// Makes a folder that only we can enter, with the parents that are missing. One that is there already is no error.
    static func make(_ path: String) throws {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw RunningError.system("make", path, errno) }
        try make(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw RunningError.system("make", path, errno) }
    }

    /// The names in an open folder, in byte order, as raw bytes (a job may have written any).
    static func names(in folder: Descriptor) throws -> [[UInt8]] {
        let copy = openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw RunningError.system("list", folder.path, errno) }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            // The name is a fixed-size tuple in Swift; only its bytes before the NUL count.
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [46] && name != [46, 46] { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Removes a file or a folder with everything in it, also what a job made unreadable. Nothing there is no error; links are removed, not followed.
    ///
    /// Folders inside are first moved up to the top, so that it takes three descriptors and no more stack however deep a job nested them.
    static func remove(_ path: String) throws {
        guard let slash = path.lastIndex(of: "/") else { return }
        let parent = path[..<slash]
        guard access(String(parent), F_OK) == 0 else { return }
        let folder = try Descriptor(parent.isEmpty ? "/" : String(parent), O_RDONLY | O_DIRECTORY)
        let name = Array(path[path.index(after: slash)...].utf8)
        guard let top = try unlink(name, in: folder) else { return }
        var moved = 0
        var rest = try names(in: top)
        while !rest.isEmpty {
            for next in rest {
                guard let inner = try unlink(next, in: top) else { continue }
                for name in try names(in: inner) where try unlink(name, in: inner) != nil {
                    while renameat(inner.number, terminated(name), top.number, "\(moved)") != 0 {
                        // What a job put at this name is removed in its turn.
                        guard errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR else { throw failure(name, in: inner) }
                        moved += 1
                    }
                    moved += 1
                }
                try removeEmpty(next, in: top)
            }
            rest = try names(in: top)
        }
        try removeEmpty(name, in: folder)
    }

    /// Removes what is no folder; one that is, is opened, with every right for us.
    private static func unlink(_ name: [UInt8], in folder: Descriptor) throws -> Descriptor? {
        let text = terminated(name)
        if unlinkat(folder.number, text, 0) == 0 || errno == ENOENT { return nil }
        guard errno == EISDIR || errno == EPERM || errno == EACCES else { throw failure(name, in: folder) }
        var opened = openat(folder.number, text, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if opened < 0, errno == EACCES {
            _ = fchmodat(folder.number, text, 0o700, 0)
            opened = openat(folder.number, text, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard opened >= 0 else { throw failure(name, in: folder) }
        let inner = Descriptor(owning: opened, path: folder.path + "/" + String(decoding: name, as: UTF8.self))
        _ = fchmod(inner.number, 0o700)
        return inner
    }

    private static func removeEmpty(_ name: [UInt8], in folder: Descriptor) throws {
        guard unlinkat(folder.number, terminated(name), AT_REMOVEDIR) == 0 || errno == ENOENT else { throw failure(name, in: folder) }
    }

    private static func failure(_ name: [UInt8], in folder: Descriptor) -> RunningError {
        let number = errno
        return RunningError.system("remove", folder.path + "/" + String(decoding: name, as: UTF8.self), number)
    }

    private static func terminated(_ name: [UInt8]) -> [CChar] { name.map { CChar(bitPattern: $0) } + [0] }
}
