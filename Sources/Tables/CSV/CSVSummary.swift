// What is recorded of a CSV file: its columns, its rows, how it is written, and whether a spreadsheet would run one of its cells.
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
    /// How the file is written.
    package let dialect: CSVDialect
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
    private(set) var stream: CSVStream
    private var rows: Int64 = 0
    private var formula: CSVSummary.Place?

    /// Throws `badFormat`.
    package init(format: CSVFormat = CSVFormat()) throws(TableError) { stream = try CSVStream(format: format) }

    /// Takes the next bytes, as many as there are.
    package mutating func push(_ chunk: [UInt8]) throws(TableError) {
        var part = (rows: rows, formula: formula)
        defer { (rows, formula) = part }
        try stream.push(chunk) { (block: inout CSVBlock, dialect) throws(TableError) in CSVSummariser.note(block, &part, dialect) }
    }

    /// Ends the file and gives what was found.
    package mutating func finish() throws(TableError) -> CSVSummary {
        var part = (rows: rows, formula: formula)
        try stream.finish { (block: inout CSVBlock, dialect) throws(TableError) in CSVSummariser.note(block, &part, dialect) }
        let columns = stream.columns ?? []
        let header = columns.firstIndex { name in Array(name.utf8).withUnsafeBufferPointer { CSVSummariser.isFormula($0, NumberForm(stream.dialect)) } }
        return CSVSummary(
            columns: columns, rows: part.rows, dialect: stream.dialect,
            firstFormulaCell: header.map { CSVSummary.Place(row: 1, column: $0 + 1) } ?? part.formula)
    }

    private static func note(_ block: borrowing CSVBlock, _ part: inout (rows: Int64, formula: CSVSummary.Place?), _ dialect: CSVDialect) {
        part.rows += Int64(block.rows)
        guard part.formula == nil else { return }
        let form = NumberForm(dialect)
        let place = block.bytes.withUnsafeBufferPointer { bytes in
            block.fields.withUnsafeBufferPointer { fields in
                fields.firstIndex { field in
                    let start = Int(field.start)
                    // Only these begin a formula, and few cells begin with them.
                    guard field.count > 0, bytes[start] <= UInt8(ascii: "@"), !(UInt8(ascii: ".")...UInt8(ascii: "9")).contains(bytes[start]) else { return false }
                    return isFormula(UnsafeBufferPointer(rebasing: bytes[start..<field.end]), form)
                }
            }
        }
        if let place { part.formula = CSVSummary.Place(row: block.firstRow + Int64(place / block.width), column: place % block.width + 1) }
    }

    private static func isFormula(_ cell: UnsafeBufferPointer<UInt8>, _ form: NumberForm) -> Bool {
        switch cell.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13: NumberParsing.number(cell, form) == nil
        default: false
        }
    }
}
