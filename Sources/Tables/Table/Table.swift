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

    /// What the days of a column stand for.
    package enum Precision: Sendable { case day, month, quarter }

    /// A column with the name from the header.
    package struct Column: Sendable {
        package let name: String
        package let values: Values
        /// Decimals that people are shown: the most that any cell of the file is written with, up to four, or up to three digits of the largest value when that is tiny.
        package let decimals: Int
        /// Whether the file says days, months (`1959-03`) or quarters (`1959Q1`).
        package internal(set) var precision = Precision.day
        /// Why a column stays text though it looks like something else, as a sentence without a full stop; nil for most.
        package internal(set) var doubt: String?
        /// What all rows of the file say together.
        let totals: [Aggregate: Cell]

        static let mostDecimals = 4

        init(name: String, values: Values, totals: [Aggregate: Cell], decimals: Int) {
            self.name = name
            self.values = values
            self.totals = totals
            self.decimals = decimals
        }

        /// A column made by hand.
        package init(name: String, values: Values) {
            var decimals = 0
            let totals: [Aggregate: Cell]
            switch values {
            case .integer(let cells):
                var whole = WholeTotals()
                for case let cell? in cells { whole.add(cell) }
                totals = whole.cells
            case .number(let cells):
                var numbers = NumberTotals()
                for case let cell? in cells {
                    let text = Array("\(cell)".utf8)
                    numbers.add(cell, decimals: text.withUnsafeBufferPointer { NumberParsing.number($0, .points) }?.decimals ?? 0)
                }
                (totals, decimals) = (numbers.cells, numbers.decimals)
            case .boolean(let cells):
                let known = cells.compactMap(\.self)
                totals = [Aggregate.first: known.first, .last: known.last].compactMapValues { $0.map(Cell.boolean) }
            case .date(let cells):
                var ends = Ends<LocalDate>()
                for case let cell? in cells { ends.add(cell) }
                totals = ends.cells(Cell.date)
            case .datetime(let cells):
                var ends = Ends<LocalTime>()
                for case let cell? in cells { ends.add(cell) }
                totals = ends.cells(Cell.datetime)
            case .text(let cells):
                var texts = TextTotals()
                for case let cell? in cells { texts.add(Array(cell.utf8)) }
                totals = texts.cells
            }
            self.init(name: name, values: values, totals: totals, decimals: decimals)
        }
    }

    package let columns: [Column]
    /// How many rows are here.
    package let rows: Int
    /// How many data rows the file has.
    package let totalRows: Int64
    /// How the file is written; nil for a table made by hand.
    package let dialect: CSVDialect?

    /// A table made by hand; all columns have the same length.
    package init(columns: [Column], totalRows: Int64? = nil, dialect: CSVDialect? = nil) {
        self.columns = columns
        rows = columns.first?.count ?? 0
        self.totalRows = totalRows ?? Int64(rows)
        self.dialect = dialect
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
