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

    /// One value for the column, missing cells left out: the first and last value of any type, the smallest and largest of what has an order, the sum and mean
    /// of numbers; nil when there is none. The sum of whole numbers is whole unless it exceeds 64 bits.
    package func aggregate(_ aggregate: Aggregate) -> Cell? {
        switch values {
        case .integer(let cells):
            let values = cells.compactMap { $0 }
            if aggregate == .sum, !values.isEmpty {
                var total: Int64 = 0
                for value in values {
                    let (next, overflow) = total.addingReportingOverflow(value)
                    if overflow { return numeric(values.map(Double.init), aggregate) }
                    total = next
                }
                return .integer(total)
            }
            return aggregate == .mean ? numeric(values.map(Double.init), aggregate) : ordered(values, aggregate).map(Cell.integer)
        case .number(let cells):
            let values = cells.compactMap { $0 }
            return aggregate == .mean || aggregate == .sum ? numeric(values, aggregate) : ordered(values, aggregate).map(Cell.number)
        case .boolean(let cells):
            let values = cells.compactMap { $0 }
            return (aggregate == .first ? values.first : aggregate == .last ? values.last : nil).map(Cell.boolean)
        case .date(let cells): return ordered(cells.compactMap { $0 }, aggregate).map(Cell.date)
        case .datetime(let cells): return ordered(cells.compactMap { $0 }, aggregate).map(Cell.datetime)
        case .text(let cells): return ordered(cells.compactMap { $0 }, aggregate).map(Cell.text)
        }
    }

    private func ordered<Value: Comparable>(_ values: [Value], _ aggregate: Aggregate) -> Value? {
        switch aggregate {
        case .first: values.first
        case .last: values.last
        case .min: values.min()
        case .max: values.max()
        case .sum, .mean: nil
        }
    }

    private func numeric(_ values: [Double], _ aggregate: Aggregate) -> Cell? {
        guard !values.isEmpty else { return nil }
        let total = compensatedSum(values)
        return .number(aggregate == .mean ? total / Double(values.count) : total)
    }

    /// Neumaier's compensated summation (ZAMM 54, 1974): the error does not grow with the number of rows.
    private func compensatedSum(_ values: [Double]) -> Double {
        var sum = 0.0
        var lost = 0.0
        for value in values {
            let next = sum + value
            lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
            sum = next
        }
        return lost.isFinite ? sum + lost : sum
    }
}
