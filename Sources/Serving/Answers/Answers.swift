// Small answers: redirects, plain text, JSON, problems.
import HTTPTypes
import Hummingbird
import NIOCore

enum Answers {
    static func redirect(_ address: String, status: HTTPResponse.Status = .seeOther, cookies: [String] = []) -> Response {
        var response = Response(status: status, headers: [.location: address])
        for cookie in cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
        return response
    }

    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        bytes(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }

    static func json(_ value: JSON, status: HTTPResponse.Status = .ok) -> Response {
        bytes(Array(value.text.utf8), type: "application/json", status: status)
    }

    static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// RFC 9457: what went wrong, for programs.
    static func problem(_ error: ServingError, errorID: String?) -> Response {
        var members: [(String, JSON)] = [
            ("type", .string("about:blank")), ("title", .string(error.status.reasonPhrase)), ("status", .integer(Int64(error.status.code))),
        ]
        if !error.detail.isEmpty { members.append(("detail", .string(error.detail))) }
        if let errorID { members.append(("errorId", .string(errorID))) }
        var response = bytes(Array(JSON.object(members).text.utf8), type: "application/problem+json", status: error.status)
        if error.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer realm=\"almanac\"" }
        return response
    }
}
