// How a CSV file turned out to be written.

/// What a reader found out about a file, or was told about it, before it read the cells.
package struct CSVDialect: Hashable, Sendable, CustomStringConvertible {
    /// Where an answer comes from.
    package enum Found: Hashable, Sendable {
        /// The job says so.
        case declared
        /// The first part of the file shows it.
        case detected
        /// Nothing in the first part of the file tells, so it is what most files have.
        case usual
    }

    /// How letters beyond ASCII are written.
    package enum Encoding: String, Hashable, Sendable {
        case utf8 = "UTF-8"
        /// ISO 8859-1, which has no typographic quotation marks and no euro sign.
        case latin1 = "Latin-1"
        /// Latin-1 with Microsoft's additions.
        case windows1252 = "Windows-1252"
    }

    /// What stands between cells: one ASCII character.
    package var delimiter: UInt8
    package var delimiterFound: Found
    /// `.` or `,`.
    package var decimal: UInt8
    package var decimalFound: Found
    /// Whether a sign in front of three digits can only divide thousands; where it may as well be a decimal sign, such cells stay text.
    package var hasClearThousands = true
    package var encoding = Encoding.utf8
    /// Whether the file begins with a byte order mark.
    package var hasMark = false
    /// Whether lines end with a carriage return alone, as on very old computers.
    package var endsWithReturns = false

    /// Whether the file is what most programs write: UTF-8, commas, decimal points.
    package var isPlain: Bool { delimiter == UInt8(ascii: ",") && decimal == UInt8(ascii: ".") && encoding == .utf8 && !endsWithReturns }

    /// For people: `semicolons between columns, decimal commas, Latin-1`.
    package var description: String {
        var words = ["\(Self.name(of: delimiter)) between columns" + (delimiterFound == .declared ? " (declared)" : "")]
        if decimalFound != .usual {
            words.append((decimal == UInt8(ascii: ",") ? "decimal commas" : "decimal points") + (decimalFound == .declared ? " (declared)" : ""))
        }
        words.append(encoding.rawValue)
        if endsWithReturns { words.append("lines that end with a carriage return") }
        return words.joined(separator: ", ")
    }

    private static func name(of delimiter: UInt8) -> String {
        switch delimiter {
        case UInt8(ascii: ","): "commas"
        case UInt8(ascii: ";"): "semicolons"
        case 9: "tabs"
        case UInt8(ascii: "|"): "vertical bars"
        case 32: "spaces"
        default: "the signs \(String(UnicodeScalar(delimiter)))"
        }
    }
}
