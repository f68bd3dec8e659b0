// Artifacts in memory, for tests that publish.
import Artifacts
import struct Crypto.SHA256
import Vocabulary

/// A store that holds what it was made with.
struct MemoryArtifacts: ArtifactStore {
    private var contents: [Digest: [UInt8]] = [:]

    /// Keeps bytes and says their digest.
    mutating func keep(_ bytes: [UInt8]) -> Digest {
        let digest = Digest(bytes: SHA256.hash(data: bytes))
        contents[digest] = bytes
        return digest
    }

    func put(_ sources: [ByteSource]) async throws -> [StoredArtifact] { [] }

    func open(_ digest: Digest, range: Range<Int64>?) async throws -> ByteSource {
        guard let bytes = contents[digest] else { throw ArtifactError(.notFound, subject: digest.short, detail: "not kept") }
        return ByteSource(bytes)
    }

    func contains(_ digest: Digest) async throws -> Bool { contents[digest] != nil }
    func size(_ digest: Digest) async throws -> Int64 { Int64(contents[digest]?.count ?? 0) }
    func delete(_ digest: Digest) async throws {}
}
