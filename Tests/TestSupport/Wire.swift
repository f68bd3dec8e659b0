// HTTP without a library: one request, one connection, over TCP or a unix socket, so that a test can ask hundreds of times a second.
package import Foundation

/// Sends single requests. Blocking: `Wire.aside` keeps that off the threads of tasks.
package enum Wire {
    /// Asks a server for a path; nil when it does not answer in full within `limit` seconds.
    package static func get(_ address: String, _ path: String, headers: [String] = [], limit: Double = 30) -> Answer? {
        guard let port = address.split(separator: ":").last.flatMap({ UInt16($0) }) else { return nil }
        let head = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n" + headers.map { $0 + "\r\n" }.joined() + "\r\n"
        guard let socket = connected(toPort: port) else { return nil }
        return exchange(socket, Data(head.utf8), limit: limit)
    }

    /// Sends a command to a control socket; nil when nobody answers in full.
    package static func control(_ socket: String, _ body: Data, limit: Double = 30) -> Answer? {
        let head = "POST /control HTTP/1.1\r\nHost: control\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
        guard let socket = connected(toPath: socket) else { return nil }
        return exchange(socket, Data(head.utf8) + body, limit: limit)
    }

    /// Does blocking work on a thread of its own.
    package static func aside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in Thread.detachNewThread { continuation.resume(returning: work()) } }
    }

    private static func connected(toPort port: UInt16) -> Int32? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return connected(AF_INET, &address)
    }

    private static func connected(toPath path: String) -> Int32? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return connected(AF_UNIX, &address)
    }

    private static func connected<Address>(_ family: Int32, _ address: inout Address) -> Int32? {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) }
        }
        if status == 0 { return descriptor }
        close(descriptor)
        return nil
    }

    private static func exchange(_ descriptor: Int32, _ request: Data, limit: Double) -> Answer? {
        defer { close(descriptor) }
        var patience = timeval(tv_sec: Int(limit), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let sent = request.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard sent == request.count else { return nil }
        var bytes = Data()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return answer(bytes) }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// The answer in these bytes; nil when it was cut off.
    private static func answer(_ bytes: Data) -> Answer? {
        guard let end = bytes.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let words = lines.first?.split(separator: " "), words.count > 1, let status = Int(words[1]) else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        var body = Data(bytes[end.upperBound...])
        if headers["transfer-encoding"] == "chunked" {
            guard let whole = unchunked(body) else { return nil }
            body = whole
        } else if let length = headers["content-length"].flatMap({ Int($0) }), length != body.count {
            return nil
        }
        return Answer(status: status, headers: headers, body: body)
    }

    private static func unchunked(_ body: Data) -> Data? {
        var whole = Data()
        var rest = body[...]
        while let line = rest.range(of: Data("\r\n".utf8)) {
            guard let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) else { return nil }
            if size == 0 { return whole }
            guard rest.endIndex - line.upperBound >= size + 2 else { return nil }
            whole += rest[line.upperBound..<line.upperBound + size]
            rest = rest[(line.upperBound + size + 2)...]
        }
        return nil
    }
}
