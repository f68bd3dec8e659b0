// Identifiers: UUIDv7 text, typed by what they name.

/// The identifier of a `Subject`: a UUID version 7 (RFC 9562 section 5.7) in lower-case text, so that identifiers sort by creation.
package struct Identifier<Subject>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 36 characters, lower case.
    package let text: String

    /// The identifier that stands in a row or an address, or nil when the text is not a UUID.
    package init?(_ text: String) {
        guard text.utf8.count == 36 else { return nil }
        for (index, byte) in text.utf8.enumerated() {
            let dash = index == 8 || index == 13 || index == 18 || index == 23
            let digit = (48...57).contains(byte) || (97...102).contains(byte)
            guard dash ? byte == 45 : digit else { return nil }
        }
        self.text = text
    }

    /// A new identifier made at `instant` from 74 random bits.
    package init(at instant: Instant, using generator: inout some RandomNumberGenerator) {
        let time = UInt64(bitPattern: instant.milliseconds) & 0xFFFF_FFFF_FFFF
        let high = time << 16 | 0x7000 | UInt64.random(in: 0...0xFFF, using: &generator)
        let low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3FFF_FFFF_FFFF_FFFF, using: &generator)
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for (word, dashes) in [(high, [32, 48]), (low, [0, 16])] {
            for nibble in 0..<16 {
                if dashes.contains(nibble * 4) { bytes.append(45) }
                bytes.append(digits[Int(word >> UInt64(60 - nibble * 4) & 15)])
            }
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// A new identifier made at `instant` from the system's random numbers.
    package init(at instant: Instant) {
        var generator = SystemRandomNumberGenerator()
        self.init(at: instant, using: &generator)
    }

    package var description: String { text }
    /// The last eight characters: what pages and logs show where the whole is a link.
    package var short: String { String(text.suffix(8)) }
    package static func < (left: Identifier, right: Identifier) -> Bool { left.text < right.text }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let identifier = Identifier(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a UUID"))
        }
        self = identifier
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// What identifiers can name.
package enum Subjects {
    /// A job.
    package enum Job: Sendable {}
    /// A job version.
    package enum JobVersion: Sendable {}
    /// A run.
    package enum Run: Sendable {}
    /// A attempt.
    package enum Attempt: Sendable {}
    /// A edition.
    package enum Edition: Sendable {}
    /// A user.
    package enum User: Sendable {}
    /// A grant.
    package enum Grant: Sendable {}
    /// A token.
    package enum Token: Sendable {}
}

package typealias JobID = Identifier<Subjects.Job>
package typealias JobVersionID = Identifier<Subjects.JobVersion>
package typealias RunID = Identifier<Subjects.Run>
package typealias AttemptID = Identifier<Subjects.Attempt>
package typealias EditionID = Identifier<Subjects.Edition>
package typealias UserID = Identifier<Subjects.User>
package typealias GrantID = Identifier<Subjects.Grant>
package typealias TokenID = Identifier<Subjects.Token>
