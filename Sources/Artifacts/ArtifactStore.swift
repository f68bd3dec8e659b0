// Where every immutable byte lives, by digest.
package import Vocabulary

/// An artifact as it was stored.
package struct StoredArtifact: Hashable, Sendable {
    package let sha256: Digest
    package let bytes: Int64

    package init(sha256: Digest, bytes: Int64) {
        self.sha256 = sha256
        self.bytes = bytes
    }
}

/// Bytes that are read once, in pieces: a whole value, or a stream of chunks.
package struct ByteSource: Sendable {
    /// The next piece (at most 1 MiB is best), or nil at the end.
    package let next: @Sendable () async throws -> [UInt8]?

    package init(next: @escaping @Sendable () async throws -> [UInt8]?) { self.next = next }
}

/// Keeps bytes by their SHA-256. Content only: no paths of callers, no names.
package protocol ArtifactStore: Sendable {
    /// Stores each source; when this returns, all of them are durable (synced, renamed, folder synced). A source that is there already costs its hashing.
    func put(_ sources: [ByteSource]) async throws -> [StoredArtifact]
    /// The bytes of an artifact, whole or a range, in chunks of at most 256 KiB. A whole read is verified: when the bytes are not those of the digest it
    /// throws before the last chunk is handed out. Throws `notFound`.
    func open(_ digest: Digest, range: Range<Int64>?) async throws -> ByteSource
    func contains(_ digest: Digest) async throws -> Bool
    /// Throws `notFound`.
    func size(_ digest: Digest) async throws -> Int64
    func delete(_ digest: Digest) async throws
}

/// What the store could not do.
package struct ArtifactError: Error, CustomStringConvertible {
    package enum Code: String, Sendable { case notFound, damaged, unavailable, diskFull }
    package let code: Code
    package let subject: String
    package let detail: String
    package let cause: (any Error)?

    package init(_ code: Code, subject: String, detail: String, cause: (any Error)? = nil) {
        self.code = code
        self.subject = subject
        self.detail = detail
        self.cause = cause
    }

    package var description: String { "artifact \(subject): \(detail)" }
}
