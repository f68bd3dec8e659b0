// A folder of a test's own, removed when the test lets it go.
import Glibc
import Testing

final class TemporaryFolder {
    let path: String

    init() throws {
        // In memory where there is such a place: each store syncs its folders, and a busy disk takes seconds over it. TMPDIR asks for another.
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")
        path = place + "/almanac-artifacts-" + String(UInt64.random(in: .min ... .max), radix: 36)
        try #require(mkdir(path, 0o700) == 0)
    }

    deinit { TemporaryFolder.remove(path) }

    /// Names in a folder, sorted, without the two dots.
    static func names(in folder: String) -> [String] {
        guard let list = opendir(folder) else { return [] }
        defer { closedir(list) }
        var names: [String] = []
        while let entry = readdir(list) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func remove(_ path: String) {
        for name in names(in: path) { remove(path + "/" + name) }
        if rmdir(path) != 0 { unlink(path) }
    }

    static func write(_ bytes: [UInt8], to path: String, flags: Int32 = O_WRONLY | O_CREAT | O_TRUNC) throws {
        let descriptor = open(path, flags, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let wrote = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        try #require(wrote == bytes.count)
    }

    static func mode(_ path: String) -> UInt32 {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    static func size(_ path: String) -> Int64 {
        var status = stat()
        return lstat(path, &status) == 0 ? Int64(status.st_size) : -1
    }
}
