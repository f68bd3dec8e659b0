// Cookies as they come and as we set them.
import Credentials
import HTTPTypes

enum Cookies {
    /// The value of a cookie that has the shape of our secrets, or nil. Of two with one name neither is believed.
    static func secret(_ name: String, in headers: HTTPFields) -> String? {
        var found: [Substring] = []
        for field in headers[values: .cookie] {
            for part in field.split(separator: ";") {
                let pair = part.drop { $0 == " " }
                guard let equals = pair.firstIndex(of: "="), pair[..<equals] == name else { continue }
                found.append(pair[pair.index(after: equals)...])
            }
        }
        guard found.count == 1, let value = found.first.map(String.init), Secret.isSecret(value) else { return nil }
        return value
    }

    /// `Set-Cookie` for one of our cookies; `seconds` 0 removes it.
    static func set(_ name: String, _ value: String, seconds: Int64, secure: Bool) -> String {
        "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "")
    }
}
