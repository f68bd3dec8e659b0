// Artifacts as files in one folder: `<first two characters>/<digest>`.
package import Vocabulary

/// Keeps artifacts as files named by their digest, in 256 folders by its first two characters; files are 0600 and folders 0700.
///
/// Any number of processes, also on several machines, may use one folder: a file gets its name only when it is whole and on the disk, and never changes
/// after. Reading and writing block the calling thread.
package struct LocalArtifactStore: ArtifactStore {
    let layout: Layout
    private let verified = VerifiedFiles()

    /// Opens the store in a folder, which is made with all its folders where it is missing, and removes what dead writers left half-written. Throws
    /// `unavailable` or `diskFull`.
    package init(folder: String) throws {
        layout = Layout(folder: folder)
        try layout.make()
        layout.removeAbandoned()
    }

    /// One file sync per source and one folder sync per folder that got a name.
    package func put(_ sources: [ByteSource]) async throws -> [StoredArtifact] {
        var stored: [StoredArtifact] = []
        var touched: Set<String> = []
        for source in sources {
            let incoming = try IncomingFile(in: layout)
            while let piece = try await source.next() { try incoming.append(piece) }
            let artifact = try incoming.finish()
            try touched.formUnion(incoming.place(artifact))
            stored.append(artifact)
        }
        for folder in touched.sorted() { try layout.sync(folder) }
        return stored
    }

    /// The file is opened at once, so what is read afterwards cannot be taken away by a deletion.
    package func open(_ digest: Digest, range: Range<Int64>?) async throws -> ByteSource {
        let file = try OpenFile(readingRegular: layout.path(of: digest), subject: digest.short)
        let stamp = try file.stamp()
        guard let range else { return verifyingSource(file, stamp: stamp, digest: digest, verified: verified) }
        if !verified.contains(digest, stamp) {
            let whole = verifyingSource(file, stamp: stamp, digest: digest, verified: verified)
            while try await whole.next() != nil {}
        }
        guard range.lowerBound >= 0, range.upperBound <= stamp.size else {
            throw ArtifactError(.outOfRange, subject: digest.short, detail: "the range ends after the last of its \(stamp.size) bytes")
        }
        return rangeSource(file, range)
    }

    /// Whether a file has the digest for its name; its bytes are not looked at.
    package func contains(_ digest: Digest) async throws -> Bool {
        try FileStamp.at(layout.path(of: digest), subject: digest.short) != nil
    }

    /// Bytes of the file.
    package func size(_ digest: Digest) async throws -> Int64 {
        guard let stamp = try FileStamp.at(layout.path(of: digest), subject: digest.short) else {
            throw ArtifactError(.notFound, subject: digest.short, detail: "there is no such artifact")
        }
        return stamp.size
    }

    /// Takes the name away; whoever reads the file reads on.
    package func delete(_ digest: Digest) async throws { try layout.remove(digest) }
}
