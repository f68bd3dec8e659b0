// What is wrong with a table's bytes, and in which cell.

/// Why bytes could not be read as a table. The words are for the person who wrote the file; no cell's content is repeated in them.
package struct TableError: Error, Hashable, CustomStringConvertible {
    /// What kind of mistake it is.
    package enum Code: String, Sendable {
        case noHeader, emptyName, duplicateName, raggedRow, unclosedQuote, misplacedQuote, loneReturn, nulByte, invalidUTF8, rowTooLong, badFormat
    }
    package let code: Code
    /// Counted as a spreadsheet does: the header is row 1. Nil when the whole file is meant.
    package let row: Int64?
    /// From 1; nil when the whole row is meant.
    package let column: Int?
    /// A sentence without a full stop at its end, with what to do about it.
    package let detail: String

    /// A mistake at a place.
    package init(_ code: Code, row: Int64? = nil, column: Int? = nil, _ detail: String) {
        self.code = code
        self.row = row
        self.column = column
        self.detail = detail
    }

    /// Where in the file: `row 7, column 3`, or `the file`.
    package var subject: String {
        guard let row else { return "the file" }
        guard let column else { return "row \(row)" }
        return "row \(row), column \(column)"
    }

    package var description: String { "\(subject): \(detail)" }
}
