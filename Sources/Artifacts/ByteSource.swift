// Bytes that are read once, in pieces.
import Glibc
import Synchronization

/// Bytes that are read once, in pieces: a whole value, or a stream of chunks.
package struct ByteSource: Sendable {
    /// The most bytes that the sources of this room hand out at a time: 256 KiB.
    package static let pieceSize = 256 * 1024

    /// The next piece (at most 1 MiB is best), or nil at the end.
    package let next: @Sendable () async throws -> [UInt8]?

    package init(next: @escaping @Sendable () async throws -> [UInt8]?) { self.next = next }

    /// A source that hands out these bytes, in pieces of 256 KiB.
    package init(_ bytes: [UInt8]) {
        let cursor = Mutex(0)
        self.init {
            cursor.withLock { position -> [UInt8]? in
                guard position < bytes.count else { return nil }
                let end = min(position + ByteSource.pieceSize, bytes.count)
                defer { position = end }
                return position == 0 && end == bytes.count ? bytes : Array(bytes[position..<end])
            }
        }
    }

    /// A source that reads a regular file in pieces of 256 KiB; it is opened at the first piece, which throws when that cannot be done. A symbolic link
    /// at the end of the path is not followed.
    package init(file path: String) {
        let opened = Mutex<OpenFile?>(nil)
        self.init {
            try opened.withLock { file -> [UInt8]? in
                let reading = try file ?? OpenFile(readingRegular: path, subject: "source")
                file = reading
                return try reading.read(atMost: ByteSource.pieceSize)
            }
        }
    }

    /// A source that reads an open file from where it stands to its end, in pieces of 256 KiB. It owns the descriptor and closes it when it is let go.
    package init(descriptor: Int32) {
        let file = OpenFile(owning: descriptor, subject: "source")
        self.init { try file.read(atMost: ByteSource.pieceSize) }
    }

    /// Everything that is left, in one array. Throws `tooLarge` as soon as there are more than `limit` bytes.
    package func collect(limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await next() {
            guard bytes.count + piece.count <= limit else {
                throw ArtifactError(.tooLarge, subject: "source", detail: "there are more than the \(limit) bytes that may be read at once")
            }
            bytes.append(contentsOf: piece)
        }
        return bytes
    }
}
