// The local store: what is put can be read by its digest, and nothing half is ever seen.
import Artifacts
import Crypto
import Glibc
import Synchronization
import Testing

import struct Vocabulary.Digest

@Suite struct LocalArtifactStoreTests {
    let folder: TemporaryFolder
    let store: LocalArtifactStore
    var root: String { folder.path + "/deep/artifacts" }

    init() throws {
        folder = try TemporaryFolder()
        store = try LocalArtifactStore(folder: folder.path + "/deep/artifacts")
    }

    static func digest(_ bytes: [UInt8]) -> Vocabulary.Digest { Vocabulary.Digest(bytes: SHA256.hash(data: bytes)) }
    static func noise(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) } }
    func path(_ digest: Vocabulary.Digest) -> String { root + "/" + digest.hex.prefix(2) + "/" + digest.hex }

    @Test(arguments: [0, 1, 262_143, 262_144, 262_145, 1_000_000]) func `What is put is read back by its digest`(count: Int) async throws {
        let bytes = Self.noise(count)
        let stored = try await store.put(bytes)
        #expect(stored == StoredArtifact(sha256: Self.digest(bytes), bytes: Int64(count)))
        #expect(try await store.read(stored.sha256, limit: count) == bytes)
        #expect(try await store.size(stored.sha256) == Int64(count))
        #expect(try await store.contains(stored.sha256))
        #expect(TemporaryFolder.names(in: root + "/incoming").isEmpty)
    }

    @Test func `Files are 0600 under their first two characters in folders of 0700`() async throws {
        let stored = try await store.put(Array("x".utf8))
        #expect(TemporaryFolder.mode(path(stored.sha256)) == 0o600)
        #expect(TemporaryFolder.mode(root) == 0o700)
        #expect(TemporaryFolder.mode(root + "/" + stored.sha256.hex.prefix(2)) == 0o700)
        #expect(TemporaryFolder.mode(root + "/incoming") == 0o700)
    }

    @Test func `Many sources are one call, and equal ones are one file`() async throws {
        let sources = ["a", "b", "a", ""].map { ByteSource(Array($0.utf8)) }
        let stored = try await store.put(sources)
        #expect(stored.map(\.bytes) == [1, 1, 1, 0])
        #expect(stored[0] == stored[2] && stored[0] != stored[1])
        for artifact in stored { #expect(try await store.contains(artifact.sha256)) }
    }

    @Test func `A source that fails leaves nothing behind, and those before it are unharmed`() async throws {
        struct Broken: Error {}
        let calls = Mutex(0)
        let broken = ByteSource {
            let call = calls.withLock { $0 += 1; return $0 }
            if call > 2 { throw Broken() }
            return Self.noise(1000)
        }
        await #expect(throws: Broken.self) { try await store.put([ByteSource([1]), broken]) }
        #expect(TemporaryFolder.names(in: root + "/incoming").isEmpty)
        #expect(try await store.read(Self.digest([1]), limit: 1) == [1])
    }

    @Test func `Nothing is seen by its digest before it is whole`() async throws {
        let whole = Self.noise(3000)
        let digest = Self.digest(whole)
        let store = store
        let calls = Mutex(0)
        let source = ByteSource {
            let call = calls.withLock { $0 += 1; return $0 }
            let isSeen = try await store.contains(digest)
            #expect(!isSeen)
            return call > 3 ? nil : Array(whole[(call - 1) * 1000..<call * 1000])
        }
        #expect(try await store.put(source).sha256 == digest)
        #expect(try await store.contains(digest))
    }

    @Test func `An artifact that is missing is not found, and deleting it is no error`() async throws {
        let digest = Self.digest([9])
        for deed in ["open", "size"] {
            let error = await #expect(throws: ArtifactError.self) {
                if deed == "open" { _ = try await store.open(digest, range: nil) } else { _ = try await store.size(digest) }
            }
            #expect(error?.code == .notFound)
        }
        #expect(try await store.contains(digest) == false)
        try await store.delete(digest)
        _ = try await store.put([9])
        try await store.delete(digest)
        #expect(try await store.contains(digest) == false)
    }

    @Test func `Reading more than the limit is refused`() async throws {
        let stored = try await store.put([1, 2, 3])
        #expect(await #expect(throws: ArtifactError.self) { try await store.read(stored.sha256, limit: 2) }?.code == .tooLarge)
        #expect(await #expect(throws: ArtifactError.self) { try await ByteSource([1, 2, 3]).collect(limit: 2) }?.code == .tooLarge)
    }

    @Test func `A folder that was tidied away is made again`() async throws {
        let digest = Self.digest([7])
        #expect(rmdir(root + "/" + digest.hex.prefix(2)) == 0)
        #expect(try await store.put([7]).sha256 == digest)
        #expect(try await store.read(digest, limit: 1) == [7])
    }

    @Test func `Putting again heals a file that was cut off`() async throws {
        let bytes = Self.noise(5000)
        let digest = try await store.put(bytes).sha256
        #expect(truncate(path(digest), 10) == 0)
        _ = try await store.put(bytes)
        #expect(try await store.read(digest, limit: 5000) == bytes)
    }

    @Test func `What a dead writer left is removed at the next start; what a living one writes is not`() async throws {
        let (left, held) = (root + "/incoming/left", root + "/incoming/held")
        try TemporaryFolder.write([1, 2, 3], to: left)
        try TemporaryFolder.write([1, 2, 3], to: held)
        let descriptor = open(held, O_WRONLY | O_CLOEXEC)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        _ = try LocalArtifactStore(folder: root)
        #expect(TemporaryFolder.names(in: root + "/incoming") == ["held"])
        #expect(try await store.contains(Self.digest([1, 2, 3])) == false)
    }

    @Test func `A store that opens while another writes takes nothing away`() async throws {
        let root = root
        let calls = Mutex(0)
        let source = ByteSource {
            _ = try LocalArtifactStore(folder: root)
            return calls.withLock { $0 += 1; return $0 } > 3 ? nil : [5]
        }
        #expect(try await store.put(source).sha256 == Self.digest([5, 5, 5]))
    }

    @Test func `Putting from many tasks at once ends with one whole file each`() async throws {
        let store = store
        try await withThrowingTaskGroup(of: StoredArtifact.self) { group in
            for index in 0..<32 { group.addTask { try await store.put(Self.noise(10_000 + index % 4)) } }
            var digests: Set<Vocabulary.Digest> = []
            for try await stored in group { digests.insert(stored.sha256) }
            #expect(digests.count == 4)
        }
        #expect(TemporaryFolder.names(in: root + "/incoming").isEmpty)
    }

    @Test func `A folder that cannot be made is said to be unavailable`() throws {
        try TemporaryFolder.write([], to: folder.path + "/file")
        let error = #expect(throws: ArtifactError.self) { try LocalArtifactStore(folder: folder.path + "/file/artifacts") }
        #expect(error?.code == .unavailable)
        #expect(error?.description.contains(folder.path) == false)
    }
}
