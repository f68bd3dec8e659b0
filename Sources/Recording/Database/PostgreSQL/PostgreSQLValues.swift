// Values on their way to PostgreSQL and back, in the binary form of its protocol.
import CLibPQ

/// Types by their number in `pg_type`, which never changes.
enum PostgreSQLType {
    static let unknown: Oid = 0
    static let bytes: Oid = 17
    static let integer: Oid = 20
    static let text: Oid = 25
    static let real: Oid = 701
}

extension SQLValue {
    /// The type that the value is sent as; `unknown` for NULL, which fits each.
    var postgreSQLType: Oid {
        switch self {
        case .null: PostgreSQLType.unknown
        case .integer: PostgreSQLType.integer
        case .real: PostgreSQLType.real
        case .text: PostgreSQLType.text
        case .bytes: PostgreSQLType.bytes
        }
    }

    /// Appends the value's bytes; nil for NULL. Throws `conflict` for a text with NUL in it, which PostgreSQL cannot keep.
    func append(to buffer: inout [UInt8]) throws -> Range<Int>? {
        let start = buffer.count
        switch self {
        case .null: return nil
        case .integer(let value): withUnsafeBytes(of: value.bigEndian) { buffer += $0 }
        case .real(let value): withUnsafeBytes(of: value.bitPattern.bigEndian) { buffer += $0 }
        case .bytes(let bytes): buffer += bytes
        case .text(let text):
            guard !text.utf8.contains(0) else {
                throw RecordingError(.conflict, subject: "a text", detail: "holds a NUL character, which the record cannot keep; remove it")
            }
            buffer += text.utf8
        }
        return start..<buffer.count
    }

    /// Reads one field of a binary result. Throws `schema` for types that no column of ours has.
    init(_ field: UnsafeRawBufferPointer, type: Oid) throws {
        switch type {
        case 20, 21, 23, 26:
            // Integers of 8, 2 and 4 bytes, most significant first; object identifiers have no sign.
            var value = Int64(field.first.map { $0 & 0x80 != 0 && type != 26 ? -1 : 0 } ?? 0)
            for byte in field { value = value << 8 | Int64(byte) }
            self = .integer(value)
        case 16: self = .integer(field.first == 1 ? 1 : 0)
        case 701: self = .real(Double(bitPattern: field.reduce(0) { $0 << 8 | UInt64($1) }))
        case 17: self = .bytes([UInt8](field))
        // text, name, "char", varchar, bpchar and a literal without a type.
        case 25, 19, 18, 1043, 1042, 705: self = .text(String(decoding: field, as: UTF8.self))
        default: throw RecordingError(.schema, subject: "the record", detail: "an answer has a column of PostgreSQL's type \(type)")
        }
    }
}

extension Dialect {
    /// PostgreSQL's words: 64 bits for whole numbers, and text in the order of its bytes.
    static let postgreSQL = Dialect(
        words: [
            ("{text}", "TEXT COLLATE \"C\""), ("{int}", "BIGINT"), ("{real}", "DOUBLE PRECISION"), ("{bytes}", "BYTEA"), ("{table}", ""),
            ("{clustered}", ""),
        ],
        position: "strpos")

    /// The statement with `$1`, `$2` … for each `?`.
    static func numbered(_ sql: String) -> String {
        var parts = sql.split(separator: "?", omittingEmptySubsequences: false)[...]
        var text = String(parts.removeFirst())
        for (index, part) in parts.enumerated() { text += "$\(index + 1)\(part)" }
        return text
    }
}
