// Reading is verified, whole or by range.
import Artifacts
import Glibc
import Testing

import struct Vocabulary.Digest

@Suite struct VerifiedReadingTests {
    let folder: TemporaryFolder
    let store: LocalArtifactStore
    let bytes = LocalArtifactStoreTests.noise(600_000)

    init() throws {
        folder = try TemporaryFolder()
        store = try LocalArtifactStore(folder: folder.path)
    }

    func path(_ digest: Vocabulary.Digest) -> String { folder.path + "/" + digest.hex.prefix(2) + "/" + digest.hex }

    /// Changes one byte in place.
    func damage(_ digest: Vocabulary.Digest, at position: Int) throws {
        let descriptor = open(path(digest), O_RDWR)
        defer { close(descriptor) }
        var byte = bytes[position] ^ 1
        #expect(pwrite(descriptor, &byte, 1, off_t(position)) == 1)
    }

    @Test(arguments: [0, 300_000, 599_999]) func `A flipped bit is found before the last piece is handed out`(position: Int) async throws {
        let digest = try await store.put(bytes).sha256
        try damage(digest, at: position)
        let source = try await store.open(digest, range: nil)
        var received = 0
        let error = await #expect(throws: ArtifactError.self) {
            while let piece = try await source.next() { received += piece.count }
        }
        #expect(error?.code == .damaged)
        #expect(received < bytes.count)
    }

    @Test(arguments: [0, 1, 262_144, 599_999]) func `A file that was cut off is damaged`(size: Int) async throws {
        let digest = try await store.put(bytes).sha256
        #expect(truncate(path(digest), size) == 0)
        #expect(await #expect(throws: ArtifactError.self) { try await store.read(digest, limit: .max) }?.code == .damaged)
        #expect(await #expect(throws: ArtifactError.self) { try await store.open(digest, range: 0..<1) }?.code == .damaged)
    }

    @Test func `The end of a source stays its end`() async throws {
        let source = try await store.open(try await store.put([1]).sha256, range: nil)
        #expect(try await source.next() == [1])
        #expect(try await source.next() == nil)
        #expect(try await source.next() == nil)
    }

    @Test(arguments: [0..<1, 5..<5, 0..<600_000, 262_143..<262_146, 599_999..<600_000, 600_000..<600_000] as [Range<Int64>])
    func `A range is its bytes`(range: Range<Int64>) async throws {
        let digest = try await store.put(bytes).sha256
        let read = try await store.open(digest, range: range).collect(limit: .max)
        #expect(read == Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
    }

    @Test func `A range past the end is refused`() async throws {
        let digest = try await store.put(bytes).sha256
        #expect(await #expect(throws: ArtifactError.self) { try await store.open(digest, range: 0..<600_001) }?.code == .outOfRange)
        #expect(await #expect(throws: ArtifactError.self) { try await store.open(digest, range: -1..<1) }?.code == .outOfRange)
    }

    @Test func `The first range of a damaged file is refused, wherever the damage is`() async throws {
        let digest = try await store.put(bytes).sha256
        try damage(digest, at: 500_000)
        #expect(await #expect(throws: ArtifactError.self) { try await store.open(digest, range: 0..<1) }?.code == .damaged)
    }

    @Test func `A file that changes after it was verified is verified again`() async throws {
        let digest = try await store.put(bytes).sha256
        _ = try await store.open(digest, range: 0..<1)
        try damage(digest, at: 500_000)
        var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
        #expect(utimensat(AT_FDCWD, path(digest), &times, 0) == 0)
        #expect(await #expect(throws: ArtifactError.self) { try await store.open(digest, range: 0..<1) }?.code == .damaged)
    }

    @Test func `A symbolic link in a file's place is not followed`() async throws {
        let digest = try await store.put(bytes).sha256
        #expect(rename(path(digest), folder.path + "/elsewhere") == 0)
        #expect(symlink(folder.path + "/elsewhere", path(digest)) == 0)
        #expect(await #expect(throws: ArtifactError.self) { try await store.open(digest, range: nil) }?.code == .unavailable)
        #expect(try await store.contains(digest) == false)
    }
}
