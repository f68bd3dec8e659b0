// JSON as opaque text: how values that nobody asks the database about are stored.

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Writing and reading JSON columns.
enum JSONText {
    /// The value as JSON with sorted keys, so that equal values are equal text.
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw RecordingError(.schema, subject: "\(type(of: value))", detail: "cannot be written as JSON", cause: error)
        }
    }

    /// The value that a JSON column holds. Throws `schema` when it holds something else.
    static func decode<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw RecordingError(.schema, subject: "\(Value.self)", detail: "the record holds JSON that this version cannot read", cause: error)
        }
    }
}
