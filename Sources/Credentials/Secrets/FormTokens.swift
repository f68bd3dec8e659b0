// Form tokens: proof that a form was ours, bound to a session or to a short-lived cookie.
import Crypto

/// HMAC-SHA256 over what the form belongs to; nothing is stored.
package enum FormTokens {
    /// The token for a form of whoever holds `binding` (a session's secret, or the value of the cookie before sign-in).
    package static func make(key: [UInt8], binding: String) -> String {
        Encoding.base64URL(Array(HMAC<SHA256>.authenticationCode(for: Array(binding.utf8), using: SymmetricKey(data: key))))
    }

    /// Whether the token was made for this binding; takes the same time whichever character differs.
    package static func verify(_ token: String, key: [UInt8], binding: String) -> Bool {
        let expected = Array(make(key: key, binding: binding).utf8)
        let given = Array(token.utf8)
        guard given.count == expected.count else { return false }
        return zip(given, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
