// An artifact as an answer: whole or one range, streamed as fast as the reader takes it.
import Artifacts
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// What is handed out, and how it is named.
struct Download {
    let digest: Digest
    /// As the record says; an artifact of another size is damaged.
    let bytes: Int64
    let ending: String
    let fileName: String
    /// Even what could be shown is saved.
    let asAttachment: Bool

    init(digest: Digest, bytes: Int64, ending: String, fileName: String, asAttachment: Bool) {
        self.digest = digest
        self.bytes = bytes
        self.ending = ending
        self.fileName = fileName
        self.asAttachment = asAttachment
    }

    /// An output under the name `<stem><its own name><tail>.<ending>`; with `?download=1` it is saved even where it could be shown.
    init(_ output: Output, stem: String, tail: String, _ visit: Visit) {
        let ending = output.ending
        let own = ending.isEmpty ? output.fileName : String(output.fileName.dropLast(ending.utf8.count + 1))
        self.init(
            digest: output.sha256, bytes: output.bytes, ending: ending, fileName: stem + own + tail + (ending.isEmpty ? "" : "." + ending),
            asAttachment: visit.query["download"] == "1")
    }

    /// The answer to GET or HEAD with ranges and conditions. Throws `failed` when the artifact is known to be missing or damaged; damage that is found
    /// on the way cuts the connection, so that no damaged file arrives complete.
    func response(_ visit: Visit) async throws -> Response {
        let tag = "\"\(digest.hex)\""
        let type = MediaType.of(ending: ending)
        var headers: HTTPFields = [
            .eTag: tag, .acceptRanges: "bytes", .contentType: type.text,
            .contentDisposition: Disposition.header(type.isInline && !asAttachment ? "inline" : "attachment", fileName: fileName),
            .contentSecurityPolicy: ending == "html" ? SecurityHeaders.foreignHTML : SecurityHeaders.file,
        ]
        let request = visit.request.headers
        if Conditions.isUnchanged(request, tag: tag) { return Conditions.unchanged(tag: tag) }
        var range = visit.isHead ? .whole : ByteRange(request[.range], length: bytes)
        if let condition = request[.ifRange], condition != tag { range = .whole }
        switch range {
        case .unsatisfiable:
            headers = [.contentRange: "bytes */\(bytes)", .contentSecurityPolicy: SecurityHeaders.file]
            return Response(status: .rangeNotSatisfiable, headers: headers)
        case .whole:
            return Response(status: .ok, headers: headers, body: try await body(visit, nil, length: bytes))
        case .part(let part):
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes)"
            // A range of everything is read as a whole, which is verified.
            let body = try await body(visit, part == 0..<bytes ? nil : part, length: part.upperBound - part.lowerBound)
            return Response(status: .partialContent, headers: headers, body: body)
        }
    }

    private func body(_ visit: Visit, _ range: Range<Int64>?, length: Int64) async throws -> ResponseBody {
        do {
            guard try await visit.site.artifacts.size(digest) == bytes else {
                throw ArtifactError(.damaged, subject: digest.short, detail: "has another size than the record says")
            }
            if visit.isHead { return ResponseBody(contentLength: Int(length)) { try await $0.finish(nil) } }
            let source = try await visit.site.artifacts.open(digest, range: range)
            // The first piece before the status: a small damaged file becomes an honest 500.
            let first = try await source.next()
            return ResponseBody(contentLength: Int(length)) { writer in
                var left = length
                var piece = first
                while let bytes = piece {
                    left -= Int64(bytes.count)
                    guard left >= 0 else { throw Download.cut(digest) }
                    // The last piece is held back until the store has verified that it is the last.
                    let next = left == 0 ? try await source.next() : nil
                    guard next == nil else { throw Download.cut(digest) }
                    try await writer.write(ByteBuffer(bytes: bytes))
                    piece = left == 0 ? nil : try await source.next()
                }
                guard left == 0 else { throw Download.cut(digest) }
                try await writer.finish(nil)
            }
        } catch let error as ArtifactError {
            throw ServingError(.failed, subject: "artifact \(digest.short)", detail: error.detail, cause: error)
        }
    }

    private static func cut(_ digest: Digest) -> ArtifactError {
        ArtifactError(.damaged, subject: digest.short, detail: "ended at another place than the record says")
    }
}
