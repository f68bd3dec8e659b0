// A table in memory: named columns whose cells all have one type.
package import Vocabulary

/// The first rows of a CSV file as typed columns.
package struct Table: Sendable {
    /// The cells of one column; nil where the file has nothing, `NA` or `NaN`.
    package enum Values: Sendable, Equatable {
        case integer([Int64?])
        case number([Double?])
        case boolean([Bool?])
        case date([LocalDate?])
        case datetime([LocalTime?])
        case text([String?])
    }

    /// A column with the name from the header.
    package struct Column: Sendable {
        package let name: String
        package let values: Values
        /// Decimals that people are shown: the most that any cell of the file is written with, up to four, or up to three digits of the largest value when that is tiny.
        package let decimals: Int
        /// Whether the file says months (`1959-03`), not days.
        package let isMonthly: Bool
        /// What all rows of the file say together.
        let totals: [Aggregate: Cell]

        static let mostDecimals = 4

        init(name: String, values: Values, totals: ColumnTotals) {
            self.name = name
            self.values = values
            self.totals = totals.cells(of: values)
            decimals = totals.decimals
            isMonthly = totals.isMonthly
        }

        /// A column made by hand.
        package init(name: String, values: Values) {
            var totals = ColumnTotals()
            switch values {
            case .integer(let cells): for case let cell? in cells { totals.add(cell); totals.add(Double(cell), decimals: 0) }
            case .number(let cells):
                for case let cell? in cells {
                    let decimals = "\(cell)".utf8.withContiguousStorageIfAvailable { NumberParsing.decimals($0, decimal: UInt8(ascii: ".")) }
                    totals.add(cell, decimals: decimals ?? 0)
                }
            case .boolean(let cells): for case let cell? in cells { totals.add(cell) }
            case .date(let cells): for case let cell? in cells { totals.add(cell, isMonth: false) }
            case .datetime(let cells): for case let cell? in cells { totals.add(cell) }
            case .text(let cells): for case let cell? in cells { Array(cell.utf8).withUnsafeBufferPointer { totals.add($0) } }
            }
            self.init(name: name, values: values, totals: totals)
        }
    }

    package let columns: [Column]
    /// How many rows are here.
    package let rows: Int
    /// How many data rows the file has.
    package let totalRows: Int64

    /// A table made by hand; all columns have the same length.
    package init(columns: [Column], totalRows: Int64? = nil) {
        self.columns = columns
        rows = columns.first?.count ?? 0
        self.totalRows = totalRows ?? Int64(rows)
    }

    /// The column with this name, or nil.
    package subscript(_ name: String) -> Column? { columns.first { $0.name == name } }

    /// Reads a file that is in memory and keeps at most `limitRows` rows; types and totals are found from all rows.
    package static func read(_ bytes: [UInt8], format: CSVFormat = CSVFormat(), limitRows: Int = .max) throws(TableError) -> Table {
        var reader = try TableReader(format: format, limitRows: limitRows)
        try reader.push(bytes)
        return try reader.finish()
    }

    /// Reads a whole file from its chunks; `next` gives nil at the end. Throws `TableError`, or what `next` throws.
    package static func read(
        format: CSVFormat = CSVFormat(), limitRows: Int = .max, next: () async throws -> [UInt8]?
    ) async throws -> Table {
        var reader = try TableReader(format: format, limitRows: limitRows)
        while let chunk = try await next() { try reader.push(chunk) }
        return try reader.finish()
    }
}

/// Makes a `Table` from chunks. Memory grows with the rows that are kept.
package struct TableReader {
    private var reader: CSVReader
    private let limitRows: Int
    private let decimal: UInt8
    private var builders: [ColumnBuilder] = []
    private var rows: Int64 = 0

    /// Keeps at most `limitRows` rows; throws `badFormat`.
    package init(format: CSVFormat = CSVFormat(), limitRows: Int = .max) throws(TableError) {
        reader = try CSVReader(format: format)
        self.limitRows = limitRows
        decimal = format.decimal == "," ? UInt8(ascii: ",") : UInt8(ascii: ".")
    }

    /// Takes the next bytes, as many as there are.
    package mutating func push(_ chunk: [UInt8]) throws(TableError) {
        var part = (builders: builders, rows: rows)
        builders = []
        defer { (builders, rows) = part }
        let (limit, decimal) = (limitRows, decimal)
        try reader.push(chunk) { row throws(TableError) in TableReader.note(row, &part, limit, decimal) }
    }

    /// Ends the file and gives the table.
    package mutating func finish() throws(TableError) -> Table {
        var part = (builders: builders, rows: rows)
        builders = []
        let (limit, decimal) = (limitRows, decimal)
        try reader.finish { row throws(TableError) in TableReader.note(row, &part, limit, decimal) }
        let names = reader.columns ?? []
        if part.builders.isEmpty { part.builders = names.map { _ in ColumnBuilder(decimal: decimal) } }
        return Table(columns: zip(names, part.builders).map { $1.column($0) }, totalRows: part.rows)
    }

    private static func note(_ row: CSVRow, _ part: inout (builders: [ColumnBuilder], rows: Int64), _ limit: Int, _ decimal: UInt8) {
        if part.builders.isEmpty { part.builders = (0..<row.count).map { _ in ColumnBuilder(decimal: decimal) } }
        let keep = part.rows < limit
        for index in 0..<row.count { part.builders[index].append(row, index, keep: keep) }
        part.rows += 1
    }
}
