// A SHA-256 digest: the address of every immutable thing.

/// A SHA-256 digest, written as 64 lower-case hexadecimal characters.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 64 lower-case hexadecimal characters.
    package let hex: String

    /// The digest with this hexadecimal form, or nil when it is not one (64 characters of 0-9a-f).
    package init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else { return nil }
        self.hex = hex
    }

    /// The digest with these 32 raw bytes.
    package init(bytes: some Sequence<UInt8>) {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        precondition(text.count == 64, "a SHA-256 digest has 32 bytes")
        hex = String(decoding: text, as: UTF8.self)
    }

    package var description: String { hex }
    /// The first twelve characters: enough for a person to tell two apart.
    package var short: String { String(hex.prefix(12)) }
    package static func < (left: Digest, right: Digest) -> Bool { left.hex < right.hex }
}

extension Digest: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let digest = Digest(hex: text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a SHA-256 digest"))
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
