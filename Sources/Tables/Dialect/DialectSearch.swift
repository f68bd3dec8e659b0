// Finds out from the first part of a file how it is written.
import Vocabulary

/// The search for a dialect. What is declared stays; of what is not, the first part of the file decides.
enum DialectSearch {
    private static let delimiters: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|")]

    /// The dialect of a file that begins with these bytes (UTF-8, without a mark); `isWhole` when nothing follows. Throws `badFormat`.
    static func dialect(of head: [UInt8], isWhole: Bool, format: CSVFormat) throws(TableError) -> CSVDialect {
        let (declaredDelimiter, declaredDecimal) = try declared(format)
        var dialect = CSVDialect(
            delimiter: UInt8(ascii: ","), delimiterFound: .usual, decimal: UInt8(ascii: "."), decimalFound: .usual)
        dialect.endsWithReturns = endsWithReturns(head, isWhole: isWhole)
        func sample(_ delimiter: UInt8) -> DialectSample { DialectSample(head, delimiter: delimiter, isWhole: isWhole) }
        var chosen: DialectSample
        if let declaredDelimiter {
            (dialect.delimiter, dialect.delimiterFound) = (declaredDelimiter, .declared)
            chosen = sample(declaredDelimiter)
        } else {
            chosen = sample(dialect.delimiter)
            var best = chosen.width > 1 ? chosen.merit : (evenness: 0, values: 0)
            if chosen.width > 1 { dialect.delimiterFound = .detected }
            for delimiter in delimiters.dropFirst() {
                let other = sample(delimiter)
                guard other.width > 1, other.merit > best else { continue }
                (chosen, best, dialect.delimiter, dialect.delimiterFound) = (other, other.merit, delimiter, .detected)
            }
        }
        if let declaredDecimal {
            (dialect.decimal, dialect.decimalFound) = (declaredDecimal, .declared)
        } else {
            settleDecimal(&dialect, chosen.decimals())
        }
        return dialect
    }

    /// What the job says, checked.
    static func declared(_ format: CSVFormat) throws(TableError) -> (delimiter: UInt8?, decimal: UInt8?) {
        var delimiter: UInt8?
        if let text = format.delimiter {
            let bytes = Array(text.utf8)
            guard bytes.count == 1, bytes[0] < 127, bytes[0] == 9 || bytes[0] >= 32, bytes[0] != UInt8(ascii: "\"") else {
                throw TableError(.badFormat, "the delimiter of a CSV file is one ASCII character such as , or ;")
            }
            delimiter = bytes[0]
        }
        guard let decimal = format.decimal else { return (delimiter, nil) }
        guard decimal == "." || decimal == "," else { throw TableError(.badFormat, "the decimal sign of a CSV file is . or ,") }
        return (delimiter, decimal == "," ? UInt8(ascii: ",") : UInt8(ascii: "."))
    }

    /// A column that can be read with one decimal sign only is a vote for it. Without any vote a comma is a decimal sign where semicolons divide
    /// (that is why they do), and thousands where commas divide; elsewhere `1,234` stays text, for it would be wrong by a factor of a thousand.
    private static func settleDecimal(_ dialect: inout CSVDialect, _ votes: DialectSample.Decimals) {
        if votes.commas > votes.points || votes.commas == votes.points && votes.commas > 0 && dialect.delimiter == UInt8(ascii: ";") {
            (dialect.decimal, dialect.decimalFound) = (UInt8(ascii: ","), .detected)
        } else if votes.points > 0 {
            dialect.decimalFound = .detected
        } else if votes.unclearCommas > 0 {
            switch dialect.delimiter {
            case UInt8(ascii: ";"): (dialect.decimal, dialect.decimalFound) = (UInt8(ascii: ","), .detected)
            case UInt8(ascii: ","): break
            default: dialect.hasClearThousands = false
            }
        }
    }

    /// Whether carriage returns are the only line ends outside quotation marks.
    private static func endsWithReturns(_ head: [UInt8], isWhole: Bool) -> Bool {
        var isQuoted = false
        var returns = 0
        for byte in head {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 10 { return false }
            if byte == 13 { returns += 1 }
        }
        // A single one at the very end ends the file, or waits for its line feed.
        return returns > (head.last == 13 ? 1 : 0)
    }
}
