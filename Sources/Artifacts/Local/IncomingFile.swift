// A file that is being written: under a name of its own until it is whole and on the disk.
import struct Crypto.SHA256
import Glibc
import Vocabulary

/// A file that is being written. It holds its lock while it lives, and its temporary name goes with it.
final class IncomingFile {
    private let layout: Layout
    private let path: String
    private let file: OpenFile
    private var hash = SHA256()
    private var bytes: Int64 = 0

    init(in layout: Layout) throws {
        self.layout = layout
        while true {
            let path = layout.incoming + "/" + String(UInt64.random(in: .min ... .max), radix: 36)
            let file = try OpenFile(path, flags: O_WRONLY | O_CREAT | O_EXCL, deed: "make a file", subject: "new")
            // A store that opens just now may have taken the file for an abandoned one, before it was locked.
            if file.lock(), try file.stamp().names > 0 {
                self.path = path
                self.file = file
                return
            }
        }
    }

    deinit { unlink(path) }

    func append(_ piece: [UInt8]) throws {
        try file.write(piece)
        piece.withUnsafeBytes { hash.update(bufferPointer: $0) }
        bytes += Int64(piece.count)
    }

    /// Puts every byte on the disk and says what they are.
    func finish() throws -> StoredArtifact {
        try file.sync()
        return StoredArtifact(sha256: Digest(bytes: hash.finalize()), bytes: bytes)
    }

    /// Gives the file its name, unless an equal one has it; returns the folders that are to be synced.
    func place(_ artifact: StoredArtifact) throws -> Set<String> {
        let target = layout.path(of: artifact.sha256)
        var folders: Set<String> = [layout.folder(of: artifact.sha256)]
        var failure = link(path, target) == 0 ? 0 : errno
        if failure == ENOENT {
            // Somebody tidied an empty folder away since the store was opened.
            try layout.make(layout.folder(of: artifact.sha256))
            folders.insert(layout.folder)
            failure = link(path, target) == 0 ? 0 : errno
        }
        switch failure {
        case 0: return folders
        case EEXIST where try FileStamp.at(target, subject: artifact.sha256.short)?.size == artifact.bytes: return folders
        case EEXIST, EPERM, ENOTSUP, EMLINK:
            // A file of the right name and another size was cut off by something outside: the whole one takes its place. And where a file system gives
            // no second names, renaming can only replace equal bytes.
            guard rename(path, target) == 0 else { throw ArtifactError(errno: errno, deed: "name the file", subject: artifact.sha256.short) }
            return folders
        default: throw ArtifactError(errno: failure, deed: "name the file", subject: artifact.sha256.short)
        }
    }
}
