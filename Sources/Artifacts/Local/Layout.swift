// Where the local store's files and folders are.
import Glibc
import Vocabulary

/// The folders of a local store: one for each two first characters of a digest, and `incoming` for files that are being written.
struct Layout: Sendable {
    let folder: String

    var incoming: String { folder + "/incoming" }
    func folder(of digest: Digest) -> String { folder + "/" + digest.hex.prefix(2) }
    func path(of digest: Digest) -> String { folder(of: digest) + "/" + digest.hex }

    /// Makes every folder that is missing and syncs the lists of them, so that a file's own folder is the only one to sync later.
    func make() throws {
        var path = ""
        for (index, part) in folder.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
            path += index == 0 ? String(part) : "/" + part
            if !part.isEmpty, try make(path) { try sync(path + "/..") }
        }
        try make(incoming)
        let digits = Array("0123456789abcdef")
        for first in digits { for second in digits { try make(folder + "/\(first)\(second)") } }
        try sync(folder)
    }

    /// Makes a folder unless it is there, and says whether it was made.
    @discardableResult func make(_ path: String) throws -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        let number = errno
        // A folder above the store may be there in a place where nothing can be made: some file systems then answer EROFS or EACCES.
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw ArtifactError(errno: number, deed: "make a folder", subject: "store")
        }
        return false
    }

    /// Waits until a folder's list of names is on the disk.
    func sync(_ path: String) throws {
        try OpenFile(path, flags: O_RDONLY | O_DIRECTORY, deed: "open a folder", subject: "store").sync()
    }

    func remove(_ digest: Digest) throws {
        guard unlink(path(of: digest)) != 0, errno != ENOENT else { return }
        throw ArtifactError(errno: errno, deed: "delete", subject: digest.short)
    }

    /// Removes the half-written files of writers that are gone, known by their lock, which ends with the process. What cannot be removed stays: it is in
    /// nobody's way.
    func removeAbandoned() {
        guard let list = opendir(incoming) else { return }
        defer { closedir(list) }
        while let entry = readdir(list) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            guard !name.hasPrefix("."), let file = try? OpenFile(readingRegular: incoming + "/" + name, subject: "store") else { continue }
            if file.lock() { unlink(incoming + "/" + name) }
        }
    }
}
