// A browser without sockets: it keeps cookies, finds the form token of a page and asks the responder directly.
import Credentials
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization
import Vocabulary

@testable import Serving

/// An answer with its body read to the end, or as far as it went.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]
    /// The body ended before its announced end.
    let wasCut: Bool

    var text: String { String(decoding: body, as: UTF8.self) }
    var location: String? { headers[.location] }
    var isToSignIn: Bool { status == 303 && (location ?? "").hasPrefix("/login") }
}

private final class Collector: ResponseBodyWriter, Sendable {
    let bytes = Mutex<[UInt8]>([])
    func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += buffer.readableBytesView } }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

struct Browser: Sendable {
    let site: Site
    var cookies: [String: String] = [:]
    var token: String?
    var peer = "192.0.2.7"

    init(site: Site) { self.site = site }

    /// One request. Headers that are given replace the browser's own.
    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], body: String? = nil, host: String = "localhost") async throws
        -> Answer
    {
        var fields: HTTPFields = [:]
        if !cookies.isEmpty { fields[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        if let token { fields[.authorization] = "Bearer \(token)" }
        if let body {
            fields[.contentType] = "application/x-www-form-urlencoded"
            fields[.contentLength] = String(body.utf8.count)
        }
        for field in headers { fields[field.name] = field.value }
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        let responder = SiteResponder(site: site, table: SiteRoutes.table)
        let response = try await responder.respond(to: request, context: SiteContext(logger: site.logger, peer: peer))
        let collector = Collector()
        var wasCut = false
        do {
            try await response.body.write(collector)
        } catch {
            wasCut = true
        }
        return Answer(status: response.status.code, headers: response.headers, body: collector.bytes.withLock { $0 }, wasCut: wasCut)
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer { try await send(.get, path, headers) }

    /// The token that forms of this browser carry.
    var formToken: String {
        if let secret = cookies[site.sessionCookie] { return FormTokens.make(key: site.configuration.formKey, binding: "session:" + secret) }
        return FormTokens.make(key: site.configuration.formKey, binding: "form:" + (cookies[site.formCookie] ?? ""))
    }

    /// Sends a form with its token, as a page of the site would.
    func post(_ path: String, _ fields: [String: String] = [:], _ headers: HTTPFields = [:]) async throws -> Answer {
        var fields = fields
        if fields["form_token"] == nil { fields["form_token"] = formToken }
        let body = fields.map { PercentCoding.encode($0.key) + "=" + PercentCoding.encode($0.value) }.joined(separator: "&")
        var all: HTTPFields = [.secFetchSite: "same-origin"]
        for field in headers { all[field.name] = field.value }
        return try await send(.post, path, all, body: body)
    }

    /// Takes over the cookies that an answer sets.
    mutating func keep(_ answer: Answer) {
        for line in answer.headers[values: .setCookie] {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
        }
    }

    /// Opens the sign-in page, as everybody must before signing in.
    mutating func open(_ path: String = "/login") async throws -> Answer {
        let answer = try await get(path)
        keep(answer)
        return answer
    }
}

/// RFC 4648 section 4, for `Basic`.
func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
