// A store of artifacts that holds every opening until a test lets it go.
import Artifacts
import Vocabulary

/// Tells when an artifact is about to be opened, and waits for the gate.
struct GatedArtifacts: ArtifactStore {
    private let artifacts: any ArtifactStore
    private let arrivals: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)
    private let gate: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)

    init(_ artifacts: any ArtifactStore) {
        self.artifacts = artifacts
        arrivals = AsyncStream<Void>.makeStream()
        gate = AsyncStream<Void>.makeStream()
    }

    /// Returns once somebody stands before the gate.
    func arrival() async { for await _ in arrivals.stream { return } }

    /// Opens the gate for one.
    func letOneGo() { gate.continuation.yield() }

    func open(_ digest: Digest, range: Range<Int64>?) async throws -> ByteSource {
        arrivals.continuation.yield()
        for await _ in gate.stream { break }
        return try await artifacts.open(digest, range: range)
    }

    func put(_ sources: [ByteSource]) async throws -> [StoredArtifact] { try await artifacts.put(sources) }
    func contains(_ digest: Digest) async throws -> Bool { try await artifacts.contains(digest) }
    func size(_ digest: Digest) async throws -> Int64 { try await artifacts.size(digest) }
    func delete(_ digest: Digest) async throws { try await artifacts.delete(digest) }
}
