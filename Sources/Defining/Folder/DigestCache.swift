// Digests of files that did not change since they were last read.
internal import Crypto
internal import Synchronization
internal import Vocabulary

/// Remembers the digest of each file by its stamp, so that a workspace that is looked at again costs no hashing. Shared between
/// readings; holds at most 50,000 entries.
final class DigestCache: Sendable {
    private let known = Mutex<[FileStamp: Vocabulary.Digest]>([:])

    /// The SHA-256 of the file at `path`, whose stamp was just taken; nil when it changed or went away meanwhile.
    func digest(of path: String, stamp: FileStamp) throws(DefiningError) -> Vocabulary.Digest? {
        if let digest = known.withLock({ $0[stamp] }) { return digest }
        var hash = SHA256()
        var bytes: Int64 = 0
        try Files.chunks(of: path) { chunk in
            hash.update(bufferPointer: chunk)
            bytes += Int64(chunk.count)
            return true
        }
        guard bytes == stamp.bytes, Files.target(path) == stamp else { return nil }
        let digest = Vocabulary.Digest(bytes: hash.finalize())
        known.withLock { table in
            if table.count >= 50_000 { table.removeAll() }
            table[stamp] = digest
        }
        return digest
    }
}
