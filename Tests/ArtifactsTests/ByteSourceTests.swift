// Sources of bytes: values, files and descriptors.
import Artifacts
import Glibc
import Testing

@Suite struct ByteSourceTests {
    @Test(arguments: [0, 1, 262_144, 262_145, 700_000]) func `Bytes come out as they went in`(count: Int) async throws {
        let bytes = LocalArtifactStoreTests.noise(count)
        let source = ByteSource(bytes)
        var collected: [UInt8] = []
        while let piece = try await source.next() {
            #expect(!piece.isEmpty && piece.count <= ByteSource.pieceSize)
            collected += piece
        }
        #expect(collected == bytes)
    }

    @Test func `A file is read by its path or its descriptor`() async throws {
        let folder = try TemporaryFolder()
        let bytes = LocalArtifactStoreTests.noise(600_000)
        try TemporaryFolder.write(bytes, to: folder.path + "/file")
        #expect(try await ByteSource(file: folder.path + "/file").collect(limit: .max) == bytes)
        #expect(try await ByteSource(descriptor: open(folder.path + "/file", O_RDONLY)).collect(limit: .max) == bytes)
    }

    @Test func `Only regular files are read: no folder, no link, no pipe, nothing that is missing`() async throws {
        let folder = try TemporaryFolder()
        try TemporaryFolder.write([1], to: folder.path + "/file")
        #expect(symlink("file", folder.path + "/link") == 0)
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        for (name, code) in [("link", ArtifactError.Code.unavailable), ("pipe", .unavailable), ("missing", .notFound), (".", .unavailable)] {
            let error = await #expect(throws: ArtifactError.self) { try await ByteSource(file: folder.path + "/" + name).next() }
            #expect(error?.code == code, "\(name)")
        }
    }
}
