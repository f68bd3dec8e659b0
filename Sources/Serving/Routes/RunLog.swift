// The log of a run's last attempt: the artifact once it has ended, the launcher's words while it runs.
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

    /// At most `limit` bytes from an offset; empty at the end as far as it is known.
    private func read(from offset: Int64, limit: Int) async throws -> [UInt8] {
        guard let attempt else { return [] }
        if let digest = attempt.logDigest {
            let total = try await site.artifacts.size(digest)
            guard offset < total else { return [] }
            let source = try await site.artifacts.open(digest, range: offset..<min(total, offset + Int64(limit)))
            var bytes: [UInt8] = []
            while let piece = try await source.next() { bytes += piece }
            return bytes
        }
        guard let receipt = attempt.receipt, !attempt.status.isTerminal else { return [] }
        return Array(try await site.configuration.liveLog(receipt, offset, limit).prefix(limit))
    }

    /// The last bytes and the length of the whole.
    func tail(_ limit: Int) async throws -> (bytes: [UInt8], total: Int64) {
        if let digest = attempt?.logDigest {
            let total = try await site.artifacts.size(digest)
            return (try await read(from: max(0, total - Int64(limit)), limit: limit), total)
        }
        var bytes: [UInt8] = []
        var total: Int64 = 0
        while true {
            let piece = try await read(from: total, limit: 1 << 20)
            if piece.isEmpty { break }
            total += Int64(piece.count)
            bytes += piece
            if bytes.count > limit { bytes.removeFirst(bytes.count - limit) }
        }
        return (bytes, total)
    }

    /// The bytes from an offset as plain text, with where to go on and whether more can come.
    func chunk(from offset: Int64) async throws -> Response {
        let bytes = Utf8.whole(try await read(from: offset, limit: RunLog.chunkBytes))
        var response = Answers.bytes(bytes, type: "text/plain; charset=utf-8")
        response.headers[.nextOffset] = String(offset + Int64(bytes.count))
        response.headers[.runStatus] = visit.detail.run.status.rawValue
        response.headers[.contentSecurityPolicy] = SecurityHeaders.file
        return response
    }

    /// The whole log as a file.
    func download() async throws -> Response {
        let name = "\(visit.detail.run.jobName)-run-\(visit.detail.run.id.short)-log.txt"
        if let attempt, let digest = attempt.logDigest {
            let bytes = try await site.artifacts.size(digest)
            return try await Download(digest: digest, bytes: bytes, ending: "txt", fileName: name, asAttachment: true).response(visit.visit)
        }
        let log = self
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .contentDisposition: Disposition.header("attachment", fileName: name)],
            body: ResponseBody { writer in
                var offset: Int64 = 0
                while true {
                    let piece = try await log.read(from: offset, limit: RunLog.chunkBytes)
                    if piece.isEmpty { break }
                    offset += Int64(piece.count)
                    try await writer.write(ByteBuffer(bytes: piece))
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
