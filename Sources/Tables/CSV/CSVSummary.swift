// What is recorded of a CSV file: its columns, its rows, and whether a spreadsheet would run one of its cells.
package import Vocabulary

/// A CSV file that was read from end to end and is sound.
package struct CSVSummary: Hashable, Sendable {
    /// A cell by its place; rows as a spreadsheet counts them (the header is row 1), columns from 1.
    package struct Place: Hashable, Sendable {
        package let row: Int64
        package let column: Int
    }
    package let columns: [String]
    /// Data rows; the header is not counted.
    package let rows: Int64
    /// The first cell that a spreadsheet would run as a formula: it begins with `=`, `+`, `-`, `@`, a tab or a carriage return and is not a number.
    package let firstFormulaCell: Place?

    /// Reads a whole file from its chunks; `next` gives nil at the end. Throws `TableError`, or what `next` throws.
    package static func read(format: CSVFormat = CSVFormat(), next: () async throws -> [UInt8]?) async throws -> CSVSummary {
        var summariser = try CSVSummariser(format: format)
        while let chunk = try await next() { try summariser.push(chunk) }
        return try summariser.finish()
    }

    /// Reads a file that is in memory.
    package static func of(_ bytes: [UInt8], format: CSVFormat = CSVFormat()) throws(TableError) -> CSVSummary {
        var summariser = try CSVSummariser(format: format)
        try summariser.push(bytes)
        return try summariser.finish()
    }
}

/// Makes a `CSVSummary` from chunks, in constant memory, without making a text of any cell.
package struct CSVSummariser {
    private var scanner: CSVScanner
    private let decimal: UInt8
    private var columns: [String]?
    private var rows: Int64 = 0
    private var formula: CSVSummary.Place?

    /// Throws `badFormat`.
    package init(format: CSVFormat = CSVFormat()) throws(TableError) {
        scanner = try CSVScanner(format: format)
        decimal = format.decimal == "," ? UInt8(ascii: ",") : UInt8(ascii: ".")
    }

    /// Takes the next bytes, as many as there are.
    package mutating func push(_ chunk: [UInt8]) throws(TableError) {
        var part = (columns: columns, rows: rows, formula: formula)
        defer { (columns, rows, formula) = part }
        let decimal = self.decimal
        try scanner.push(chunk) { row throws(TableError) in try CSVSummariser.note(row, &part, decimal) }
    }

    /// Ends the file and gives what was found.
    package mutating func finish() throws(TableError) -> CSVSummary {
        var part = (columns: columns, rows: rows, formula: formula)
        let decimal = self.decimal
        try scanner.finish { row throws(TableError) in try CSVSummariser.note(row, &part, decimal) }
        return CSVSummary(columns: part.columns ?? [], rows: part.rows, firstFormulaCell: part.formula)
    }

    private static func note(
        _ row: CSVRow, _ part: inout (columns: [String]?, rows: Int64, formula: CSVSummary.Place?), _ decimal: UInt8
    ) throws(TableError) {
        if part.columns == nil { part.columns = try CSVReader.names(of: row) } else { part.rows += 1 }
        guard part.formula == nil else { return }
        for (column, field) in row.fields.enumerated() where field.start < field.end {
            switch row.bytes[field.start] {
            case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13:
                if NumberParsing.number(row.raw(field), decimal: decimal) == nil {
                    part.formula = CSVSummary.Place(row: row.number, column: column + 1)
                    return
                }
            default: continue
            }
        }
    }
}
