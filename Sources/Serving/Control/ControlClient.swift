// The other end of the control socket, for the command line.
import Glibc
package import Vocabulary

/// Sends requests to the server that holds the data folder. Blocking, one connection per request.
package enum ControlClient {
    /// The server's answer to a body, or nil when no server listens on the socket. Throws `unavailable` when the answer cannot be read, or when the server
    /// takes no request within five seconds or says nothing for as long as `patience`.
    package static func send(_ body: [UInt8], socket path: String, patience: Span = Span(seconds: 60)) throws(ServingError)
        -> (status: Int, body: [UInt8])?
    {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure("no socket can be made") }
        defer { close(descriptor) }
        let address = try SocketAddress(path)
        limit(descriptor, SO_SNDTIMEO, connectPatience)
        limit(descriptor, SO_RCVTIMEO, patience)
        guard try connect(descriptor, to: address.usable) else { return nil }
        let head = "POST /control HTTP/1.1\r\nHost: control\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
        try write(Array(head.utf8) + body, to: descriptor)
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { throw failure("the server said nothing for \(patience); it may still do what it was asked") }
            guard count >= 0 else { throw failure("the answer cannot be read") }
            if count == 0 { break }
            answer += buffer[..<count]
        }
        return try parse(answer)
    }

    private static let connectPatience = Span(seconds: 5)

    /// Whether a server listens on the socket; asks it nothing.
    package static func isListening(socket path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0, let address = try? SocketAddress(path) else { return false }
        defer { close(descriptor) }
        limit(descriptor, SO_SNDTIMEO, connectPatience)
        return (try? connect(descriptor, to: address.usable)) ?? true
    }

    private static func limit(_ descriptor: Int32, _ option: Int32, _ span: Span) {
        var time = timeval(tv_sec: time_t(span.milliseconds / 1000), tv_usec: suseconds_t(span.milliseconds % 1000 * 1000))
        setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    private static func connect(_ descriptor: Int32, to path: String) throws(ServingError) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let reason = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 ? 0 : errno
            }
        }
        // A full queue of connections: somebody listens, and takes none of them.
        if reason == EAGAIN { throw failure("the server takes no requests; is it stopped?") }
        return reason == 0
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(ServingError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { throw failure("the server takes no requests; is it stopped?") }
            guard count > 0 else { throw failure("the server hung up") }
            sent += count
        }
    }

    /// The status and the body of an answer with `Content-Length`, which the server always sends.
    private static func parse(_ answer: [UInt8]) throws(ServingError) -> (status: Int, body: [UInt8]) {
        let mark: [UInt8] = [13, 10, 13, 10]
        guard let end = (0..<max(0, answer.count - 3)).first(where: { answer[$0..<$0 + 4].elementsEqual(mark) }) else {
            throw failure("the answer has no end of its header")
        }
        let lines = answer[..<end].split(separator: 10).map { String(decoding: $0.filter { $0 != 13 }, as: UTF8.self) }
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { throw failure("the answer has no status") }
        let body = Array(answer[(end + 4)...])
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).filter { $0 != " " }) }
        guard length == nil || length == body.count else { throw failure("the answer was cut off") }
        return (status, body)
    }

    private static func failure(_ detail: String) -> ServingError { ServingError(.unavailable, subject: "control socket", detail: detail) }
}
