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

/// Keeps bytes by their SHA-256. Content only: no paths of callers, no names.
package protocol ArtifactStore: Sendable {
    /// Stores each source; when this returns, all of them are durable (synced, renamed, folder synced). A source that is there already costs its hashing.
    func put(_ sources: [ByteSource]) async throws -> [StoredArtifact]
    /// The bytes of an artifact, whole or a range, in chunks of at most 256 KiB. A whole read is verified: when the bytes are not those of the digest it
    /// throws `damaged` before the last chunk is handed out; of a file whose ranges are read, the whole is verified once. Throws `notFound`, and
    /// `outOfRange` for a range that ends after the last byte.
    func open(_ digest: Digest, range: Range<Int64>?) async throws -> ByteSource
    func contains(_ digest: Digest) async throws -> Bool
    /// Throws `notFound`.
    func size(_ digest: Digest) async throws -> Int64
    /// Deletes an artifact; one that is not there is no error.
    func delete(_ digest: Digest) async throws
}

extension ArtifactStore {
    /// Stores these bytes; durable when it returns.
    package func put(_ bytes: [UInt8]) async throws -> StoredArtifact { try await put(ByteSource(bytes)) }

    /// Stores one source; durable when it returns.
    package func put(_ source: ByteSource) async throws -> StoredArtifact {
        let stored = try await put([source])
        guard let artifact = stored.first else {
            throw ArtifactError(.unavailable, subject: "source", detail: "the store did not say what it stored")
        }
        return artifact
    }

    /// The whole of an artifact, verified. Throws `notFound`, `damaged`, and `tooLarge` when it has more than `limit` bytes.
    package func read(_ digest: Digest, limit: Int) async throws -> [UInt8] {
        guard try await size(digest) <= Int64(limit) else {
            throw ArtifactError(.tooLarge, subject: digest.short, detail: "it has more than the \(limit) bytes that may be read at once")
        }
        return try await open(digest, range: nil).collect(limit: limit)
    }
}
