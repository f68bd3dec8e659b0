// The log of a run's last attempt: the artifact once it has ended, the record's pieces while it runs.
import Artifacts
import HTTPTypes
import Hummingbird
import NIOCore
import Recording
import Vocabulary

struct RunLog {
    private let visit: RunVisit
    private let attempt: AttemptRecord?
    /// The most that one answer to `from=N` holds.
    private static let chunkBytes = 256 * 1024

    init(_ visit: RunVisit) {
        self.visit = visit
        attempt = visit.detail.attempts.max { $0.number < $1.number }
    }

    private var site: Site { visit.visit.site }

    /// How many bytes there are, as far as is known now.
    private func end() async throws -> Int64 {
        guard let attempt else { return 0 }
        if let digest = attempt.logDigest { return try await site.artifacts.size(digest) }
        return attempt.status.isTerminal ? 0 : try await site.store.liveLogEnd(attempt: attempt.id)
    }

    /// At most `limit` bytes from an offset and where to go on; empty at the end as far as it is known.
    private func read(from offset: Int64, limit: Int) async throws -> (bytes: [UInt8], next: Int64) {
        guard let attempt else { return ([], offset) }
        if let digest = attempt.logDigest {
            let total = try await site.artifacts.size(digest)
            guard offset < total else { return ([], offset) }
            let range = offset..<min(total, offset + Int64(limit))
            return (try await site.artifacts.open(digest, range: range).collect(limit: limit), range.upperBound)
        }
        guard !attempt.status.isTerminal else { return ([], offset) }
        let piece = try await site.store.liveLog(run: visit.detail.run.id, from: offset, limit: limit)
        return (piece.bytes, piece.next)
    }

    /// The last bytes and the length of the whole; of a long log nothing else is read.
    func tail(_ limit: Int) async throws -> (bytes: [UInt8], total: Int64) {
        let end = try await end()
        let piece = try await read(from: max(0, end - Int64(limit)), limit: limit)
        return (piece.bytes, max(end, piece.next))
    }

    /// The bytes from an offset as plain text, with where to go on and whether more can come.
    func chunk(from offset: Int64) async throws -> Response {
        let piece = try await read(from: offset, limit: RunLog.chunkBytes)
        let bytes = Utf8.whole(piece.bytes)
        var response = Answers.bytes(bytes, type: "text/plain; charset=utf-8")
        response.headers[.nextOffset] = String(piece.next - Int64(piece.bytes.count - bytes.count))
        response.headers[.runStatus] = visit.detail.run.status.rawValue
        response.headers[.contentSecurityPolicy] = SecurityHeaders.file
        return response
    }

    /// The whole log as a file; of a live log what there is now.
    func download() async throws -> Response {
        let name = "\(visit.detail.run.jobName)-run-\(visit.detail.run.id.short)-log.txt"
        if let attempt, let digest = attempt.logDigest {
            let bytes = try await site.artifacts.size(digest)
            return try await Download(digest: digest, bytes: bytes, ending: "txt", fileName: name, asAttachment: true).response(visit.visit)
        }
        let log = self
        let end = try await end()
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .contentDisposition: Disposition.header("attachment", fileName: name)],
            body: ResponseBody { writer in
                var offset: Int64 = 0
                while offset < end {
                    let piece = try await log.read(from: offset, limit: Int(min(end - offset, Int64(RunLog.chunkBytes))))
                    // A new attempt begins again at 0; this file is about the one that was asked for.
                    guard piece.next > offset else { break }
                    offset = piece.next
                    try await writer.write(ByteBuffer(bytes: piece.bytes))
                }
                try await writer.finish(nil)
            })
    }
}

/// Cuts of UTF-8 that keep characters whole.
enum Utf8 {
    /// The bytes without the beginning of a character at their end; unchanged when nothing would be left.
    static func whole(_ bytes: [UInt8]) -> [UInt8] {
        for back in 1...3 where back < bytes.count {
            let byte = bytes[bytes.count - back]
            if byte < 0x80 { return bytes }
            if byte >= 0xC0 {
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                return length > back ? Array(bytes.dropLast(back)) : bytes
            }
        }
        return bytes
    }
}
