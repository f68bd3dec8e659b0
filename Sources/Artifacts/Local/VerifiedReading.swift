// Reading that checks what it reads against the digest.
import struct Crypto.SHA256
import Glibc
import Synchronization
import Vocabulary

/// Which files this process has read whole and found right, so that a range of them needs no second look.
final class VerifiedFiles: Sendable {
    private static let limit = 65_536
    private let stamps = Mutex<[Digest: FileStamp]>([:])

    /// Whether the file was verified and is unchanged since, by inode, size and time of change.
    func contains(_ digest: Digest, _ stamp: FileStamp) -> Bool { stamps.withLock { $0[digest] == stamp } }

    func insert(_ digest: Digest, _ stamp: FileStamp) {
        stamps.withLock {
            if $0.count >= VerifiedFiles.limit { $0.removeAll() }
            $0[digest] = stamp
        }
    }
}

/// The whole of a file in pieces; throws `damaged` in place of the last piece when the bytes are not those of the digest, and notes the file as verified
/// when they are.
func verifyingSource(_ file: OpenFile, stamp: FileStamp, digest: Digest, verified: VerifiedFiles) -> ByteSource {
    struct Progress {
        var position: Int64 = 0
        var hash = SHA256()
        var isDone = false
    }
    let progress = Mutex(Progress())
    return ByteSource {
        try progress.withLock { progress -> [UInt8]? in
            if progress.isDone { return nil }
            let piece = try file.read(atMost: Int(min(Int64(ByteSource.pieceSize), stamp.size - progress.position)), at: progress.position)
            piece.withUnsafeBytes { progress.hash.update(bufferPointer: $0) }
            progress.position += Int64(piece.count)
            guard piece.isEmpty || progress.position == stamp.size else { return piece }
            progress.isDone = true
            guard progress.position == stamp.size, Digest(bytes: progress.hash.finalize()) == digest else {
                throw ArtifactError(.damaged, subject: digest.short, detail: "the bytes on the disk are not those that were stored")
            }
            verified.insert(digest, stamp)
            return piece.isEmpty ? nil : piece
        }
    }
}

/// A range of a verified file in pieces.
func rangeSource(_ file: OpenFile, _ range: Range<Int64>) -> ByteSource {
    let position = Mutex(range.lowerBound)
    return ByteSource {
        try position.withLock { position -> [UInt8]? in
            let piece = try file.read(atMost: Int(min(Int64(ByteSource.pieceSize), range.upperBound - position)), at: position)
            if piece.isEmpty, position < range.upperBound {
                throw ArtifactError(.damaged, subject: file.subject, detail: "the file became shorter while it was read")
            }
            position += Int64(piece.count)
            return piece.isEmpty ? nil : piece
        }
    }
}
