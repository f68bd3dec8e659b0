// Addresses of this site to which a reader may be sent after signing in.
import HTTPTypes
import HummingbirdCore

enum SafeAddress {
    /// `next` when it is a path of this site, else `/`: no other host, no backslash, no control character, no space.
    static func next(_ text: String?) -> String {
        guard let text, let first = text.utf8.first, first == UInt8(ascii: "/"), text.utf8.count <= 2048 else { return "/" }
        let bytes = Array(text.utf8)
        if bytes.count > 1, bytes[1] == UInt8(ascii: "/") { return "/" }
        guard bytes.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }) else { return "/" }
        let path = text.prefix { $0 != "?" && $0 != "#" }
        if path == "/login" || path == "/logout" || path.hasPrefix("/link/") { return "/" }
        return text
    }

    /// The address of the sign-in page that leads back to where the reader wanted to go.
    static func signIn(for visit: Visit) -> String {
        let method = visit.request.method
        guard method == .get || method == .head else { return "/login" }
        let wanted = next(visit.path + (visit.rawQuery.map { "?" + $0 } ?? ""))
        return wanted == "/" ? "/login" : "/login?next=" + PercentCoding.encode(wanted, keeping: "/")
    }
}
