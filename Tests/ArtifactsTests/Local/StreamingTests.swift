// Large artifacts pass through piece by piece. ALMANAC_ARTIFACT_MIB sets the size (64 without it); with it, peak memory is measured too, for which
// the test must run alone.
import Artifacts
import Glibc
import Synchronization
import Testing

@Suite struct StreamingTests {
    static let asked = getenv("ALMANAC_ARTIFACT_MIB").flatMap { Int(String(cString: $0)) }
    static let mebibytes = asked ?? 64

    /// Peak resident memory of this process in bytes, from `VmHWM` in /proc/self/status.
    static func peakMemory() async throws -> Int {
        let status = String(decoding: try await ByteSource(descriptor: open("/proc/self/status", O_RDONLY)).collect(limit: 1 << 16), as: UTF8.self)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter { ("0"..."9").contains($0) })) * 1024
    }

    @Test func `A large artifact is written and read piece by piece`() async throws {
        let folder = try TemporaryFolder()
        let store = try LocalArtifactStore(folder: folder.path)
        let incoming = folder.path + "/incoming"
        let piece = LocalArtifactStoreTests.noise(1 << 20)
        let before = try await Self.peakMemory()
        let handedOut = Mutex(0)
        let stored = try await store.put(
            ByteSource {
                let count = handedOut.withLock { $0 }
                let onDisk = TemporaryFolder.names(in: incoming).map { TemporaryFolder.size(incoming + "/" + $0) }
                #expect(onDisk == [Int64(count) << 20], "every piece is on its way to the disk before the next one is asked for")
                guard count < Self.mebibytes else { return nil }
                handedOut.withLock { $0 += 1 }
                return piece
            })
        #expect(stored.bytes == Int64(Self.mebibytes) << 20)
        let source = try await store.open(stored.sha256, range: nil)
        var read = 0
        while let piece = try await source.next() {
            #expect(piece.count <= ByteSource.pieceSize)
            read += piece.count
        }
        #expect(read == Self.mebibytes << 20)
        if Self.asked != nil { #expect(try await Self.peakMemory() - before < 16 << 20) }
    }
}
