// Single cells of a table, and the one value that stands for a column.
package import Vocabulary

/// The value of one cell.
package enum Cell: Hashable, Sendable {
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    case date(LocalDate)
    case datetime(LocalTime)
    case text(String)

    /// For people: `1,234`, `12.3`, `yes`, `3 November 2026`.
    package var text: String {
        switch self {
        case .integer(let value): NumberText.integer(value)
        case .number(let value): NumberText.measure(value)
        case .boolean(let value): value ? "yes" : "no"
        case .date(let value): DateText.day(value)
        case .datetime(let value): DateText.time(value)
        case .text(let value): value
        }
    }

    /// The value on a number line, or nil for what is not a number.
    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}

/// What one value can say about a column; the names people write after a column in `{{output.forecast.expected.last}}`.
package enum Aggregate: String, Sendable, CaseIterable { case first, last, min, max, sum, mean }

extension Table.Column {
    /// How many rows the column has.
    package var count: Int {
        switch values {
        case .integer(let cells): cells.count
        case .number(let cells): cells.count
        case .boolean(let cells): cells.count
        case .date(let cells): cells.count
        case .datetime(let cells): cells.count
        case .text(let cells): cells.count
        }
    }

    /// What `expect:` calls the type of these cells.
    package var type: ColumnType {
        switch values {
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        case .date: .date
        case .datetime: .datetime
        case .text: .string
        }
    }

    /// Whether the cells can be read as a type that somebody expects: whole numbers are numbers, days are times, everything is text, and a column
    /// without any value is whatever is expected.
    package func fits(_ expected: ColumnType) -> Bool {
        if type == expected || expected == .string || (0..<count).allSatisfy({ self[$0] == nil }) { return true }
        return (type == .integer && expected == .number) || (type == .date && expected == .datetime)
    }

    /// The cell of a row from 0, or nil where there is none.
    package subscript(_ row: Int) -> Cell? {
        switch values {
        case .integer(let cells): cells[row].map(Cell.integer)
        case .number(let cells): cells[row].map(Cell.number)
        case .boolean(let cells): cells[row].map(Cell.boolean)
        case .date(let cells): cells[row].map(Cell.date)
        case .datetime(let cells): cells[row].map(Cell.datetime)
        case .text(let cells): cells[row].map(Cell.text)
        }
    }

    /// Every cell as a number, or nil when this is not a column of numbers.
    package var numbers: [Double?]? {
        switch values {
        case .integer(let cells): cells.map { $0.map(Double.init) }
        case .number(let cells): cells
        default: nil
        }
    }

    /// One value for the column, found from all rows of the file, missing cells left out: the first and last value of any type, the smallest and largest of what
    /// has an order, the sum and mean of numbers; nil when there is none. The sum of whole numbers is whole unless it exceeds 64 bits.
    package func aggregate(_ aggregate: Aggregate) -> Cell? { totals[aggregate] }

    /// A cell of this column for people: numbers with the column's decimals, the mean (which knows more than one cell) with one more; days as months
    /// or quarters where the file says those.
    package func text(_ cell: Cell, of aggregate: Aggregate? = nil) -> String {
        switch cell {
        case .number(let value): NumberText.cell(value, decimals: aggregate == .mean ? max(decimals, min(decimals + 1, Self.mostDecimals)) : decimals)
        case .date(let day) where precision == .month: DateText.month(day)
        case .date(let day) where precision == .quarter: "Q\((day.month + 2) / 3) \(day.year)"
        default: cell.text
        }
    }
}
