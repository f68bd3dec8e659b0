// Conditional requests: entity tags compared as RFC 9110 section 8.8 says.
import Crypto
import HTTPTypes
import Hummingbird
import Vocabulary

enum Conditions {
    /// A strong entity tag for these bytes.
    static func tag(of bytes: [UInt8]) -> String { "\"" + Vocabulary.Digest(bytes: SHA256.hash(data: bytes)).hex.prefix(32) + "\"" }

    /// Whether `If-None-Match` holds this tag (or is `*`), so that 304 is the answer.
    static func isUnchanged(_ headers: HTTPFields, tag: String) -> Bool {
        let given = headers[values: .ifNoneMatch]
        return given.contains { field in
            field.split(separator: ",").contains { item in
                let text = item.filter { $0 != " " && $0 != "\t" }
                return text == "*" || text == tag || text == "W/" + tag
            }
        }
    }

    /// The answer that nothing changed, with the headers that the whole one would have had.
    static func unchanged(tag: String) -> Response { Response(status: .notModified, headers: [.eTag: tag]) }
}
