// Secrets that we make: sessions, one-time links and API tokens.
import Crypto
package import Vocabulary

/// A secret that is shown or sent once and afterwards known only by its SHA-256.
package struct Secret: Sendable {
    /// What the browser or the caller keeps. Never logged, never stored.
    package let text: String
    /// What the record keeps.
    package let digest: Vocabulary.Digest

    private init(_ text: String) {
        self.text = text
        digest = Secret.digest(of: text)
    }

    /// A session's secret: 256 random bits in 43 characters of base64url.
    package static func session() -> Secret { Secret(Encoding.base64URL(randomBytes())) }

    /// A one-time link's secret: 256 random bits in 43 characters of base64url.
    package static func link() -> Secret { Secret(Encoding.base64URL(randomBytes())) }

    /// An API token: `alm_`, 256 random bits in 43 characters of base62, and a CRC-32 in 6, so that a mistyped one needs no look-up and a leaked one
    /// can be found by its shape.
    package static func token() -> Secret {
        let random = Encoding.base62(randomBytes(), width: 43)
        return Secret("alm_" + random + checksum(random))
    }

    /// Whether a text has the shape and the checksum of an API token.
    package static func isToken(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 53, text.hasPrefix("alm_") else { return false }
        let random = String(decoding: bytes[4..<47], as: UTF8.self)
        return checksum(random) == String(decoding: bytes[47...], as: UTF8.self)
    }

    /// Whether a text has the shape of a session's or a link's secret.
    package static func isSecret(_ text: String) -> Bool {
        text.utf8.count == 43
            && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95 }
    }

    /// The SHA-256 by which the record knows a secret.
    package static func digest(of text: String) -> Vocabulary.Digest { Vocabulary.Digest(bytes: SHA256.hash(data: Array(text.utf8))) }

    /// The first characters of a token, by which people tell theirs apart: `alm_` and four more.
    package var prefix: String { String(text.prefix(8)) }

    private static func checksum(_ text: String) -> String {
        let crc = Encoding.crc32(Array(text.utf8))
        return Encoding.base62([UInt8(crc >> 24), UInt8(crc >> 16 & 255), UInt8(crc >> 8 & 255), UInt8(crc & 255)], width: 6)
    }

    static func randomBytes() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
