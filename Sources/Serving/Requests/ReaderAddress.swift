// The address a request comes from, seen through trusted proxies only.
import Glibc
import HTTPTypes

enum ReaderAddress {
    /// The peer, or what the nearest trusted proxy says the peer of it was: the last address of `X-Forwarded-For` that is no trusted proxy.
    static func of(_ peer: String, _ headers: HTTPFields, trusted: [String]) -> String {
        guard trusted.contains(peer) else { return peer }
        let hops = headers[values: .forwardedFor].flatMap { $0.split(separator: ",").map { String($0.filter { $0 != " " && $0 != "\t" }) } }
        guard let nearest = hops.last(where: { !trusted.contains($0) }), nearest.utf8.count <= 45,
            nearest.utf8.allSatisfy({ (48...58).contains($0) || (97...102).contains($0) || (65...70).contains($0) || $0 == 46 })
        else { return peer }
        return nearest
    }

    /// Whether a program on this machine asks, and nobody through it: a peer on loopback that names a loopback host (which a page of another site cannot)
    /// and brings no word of a proxy.
    static func isThisMachine(_ peer: String, _ head: HTTPRequest) -> Bool {
        guard ConnectionCounts.isLoopback(peer), let host = head.authority, OriginPolicy.namesLoopback(host.lowercased()) else { return false }
        return head.headerFields[.forwardedFor] == nil && head.headerFields[.forwarded] == nil && head.headerFields[.via] == nil
    }

    /// What one reader can have many of counts as one: the first 64 bits of an IPv6 address; an IPv4 address as it is, also when it came mapped into IPv6.
    static func network(_ address: String) -> String {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        let mapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
        if mapped { return bytes[12...].map { String($0) }.joined(separator: ".") }
        return bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
}
