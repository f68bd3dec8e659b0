// A plain socket for tests that a well-behaved client could not do.
import Dispatch
import Glibc

@testable import Serving

/// Runs blocking work on a thread of its own, so that the server under test keeps Swift's threads.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in DispatchQueue.global().async { continuation.resume(returning: work()) } }
}

/// A TCP connection to loopback; reading gives up after ten seconds.
final class RawConnection: Sendable {
    private let descriptor: Int32

    init?(port: Int, receiveBuffer: Int32? = nil) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size)) }
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard status == 0 else { return nil }
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// What comes until the other side closes; nil when it does not close within ten seconds.
    func readToEnd() async -> [UInt8]? { await blocking { self.rest() } }

    private func rest() -> [UInt8]? {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 { return errno == ECONNRESET ? all : nil }
            if count == 0 { return all }
            all += buffer[..<count]
        }
    }

    /// What has come once the text stands in it; nil when it ends or takes ten seconds before.
    func read(until mark: String) async -> String? { await blocking { self.text(until: mark) } }

    private func text(until mark: String) -> String? {
        var all: [UInt8] = []
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) == 1 {
            all.append(byte)
            let text = String(decoding: all, as: UTF8.self)
            if text.hasSuffix(mark) { return text }
        }
        return nil
    }

    /// Lets time pass on the wire without reading.
    static func idle(milliseconds: Int32) async { _ = await blocking { poll(nil, 0, milliseconds) } }
}
