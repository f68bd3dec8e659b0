// What all rows of a column say together, found while the file passes by.
import Vocabulary

/// The ends and extremes of a column as each type that it may be; memory does not grow with the rows.
struct ColumnTotals {
    /// The first, last, smallest and largest of some values.
    struct Ends<Value> {
        private(set) var first: Value?
        private(set) var last: Value?
        private(set) var min: Value?
        private(set) var max: Value?

        mutating func add(_ value: Value) where Value: Comparable {
            last = value
            guard let low = min, let high = max else {
                (first, min, max) = (value, value, value)
                return
            }
            if value < low { min = value }
            if value > high { max = value }
        }

        func cells(_ cell: (Value) -> Cell) -> [Aggregate: Cell] {
            [Aggregate.first: first, .last: last, .min: min, .max: max].compactMapValues { $0.map(cell) }
        }
    }

    private var integers = Ends<Int64>()
    /// Nil once it exceeds 64 bits.
    private var wholeSum: Int64? = 0
    private var numbers = Ends<Double>()
    private var count = 0
    private var sum = 0.0
    private var lost = 0.0
    private var mostDecimals = 0
    private var firstBoolean: Bool?
    private var lastBoolean: Bool?
    private var dates = Ends<LocalDate>()
    private var months = 0
    private var days = 0
    private var times = Ends<LocalTime>()
    private var texts = TextEnds()

    mutating func add(_ value: Int64) {
        integers.add(value)
        guard let sum = wholeSum else { return }
        let (next, overflow) = sum.addingReportingOverflow(value)
        wholeSum = overflow ? nil : next
    }

    /// Adds by Neumaier's compensated summation (ZAMM 54, 1974): the error does not grow with the number of rows.
    mutating func add(_ value: Double, decimals: Int) {
        numbers.add(value)
        mostDecimals = max(mostDecimals, decimals)
        count += 1
        let next = sum + value
        lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
        sum = next
    }

    mutating func add(_ value: Bool) {
        firstBoolean = firstBoolean ?? value
        lastBoolean = value
    }

    mutating func add(_ value: LocalDate, isMonth: Bool) {
        dates.add(value)
        if isMonth { months += 1 } else { days += 1 }
    }

    mutating func add(_ value: LocalTime) { times.add(value) }

    /// Adds a text; an empty one is no text.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>) { if !text.isEmpty { texts.add(text) } }

    /// Whether every day was written as a month.
    var isMonthly: Bool { months > 0 && days == 0 }

    /// Decimals to show: as many as are written, up to four, or up to three digits of the largest value when that is tiny.
    var decimals: Int {
        let size = max(abs(numbers.min ?? 0), abs(numbers.max ?? 0))
        return min(mostDecimals, max(Table.Column.mostDecimals, size < 0.1 ? NumberText.decimals(for: [size]) : 0))
    }

    /// One cell for each question, once the type of the column is known.
    func cells(of values: Table.Values) -> [Aggregate: Cell] {
        switch values {
        case .integer:
            var cells = integers.cells(Cell.integer)
            cells[.mean] = mean
            cells[.sum] = integers.first == nil ? nil : wholeSum.map(Cell.integer) ?? total
            return cells
        case .number:
            var cells = numbers.cells(Cell.number)
            cells[.mean] = mean
            cells[.sum] = total
            return cells
        case .boolean: return [Aggregate.first: firstBoolean, .last: lastBoolean].compactMapValues { $0.map(Cell.boolean) }
        case .date: return dates.cells(Cell.date)
        case .datetime: return times.cells(Cell.datetime)
        case .text: return texts.cells
        }
    }

    private var exactSum: Double { lost.isFinite ? sum + lost : sum }
    private var total: Cell? { count == 0 ? nil : .number(exactSum) }
    private var mean: Cell? { count == 0 ? nil : .number(exactSum / Double(count)) }
}

/// The ends and extremes of texts, in the order of their bytes, which is that of their code points.
private struct TextEnds {
    private var isEmpty = true
    private var first: [UInt8] = []
    private var last: [UInt8] = []
    private var min: [UInt8] = []
    private var max: [UInt8] = []

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        last.removeAll(keepingCapacity: true)
        last += text
        if isEmpty {
            isEmpty = false
            (first, min, max) = (last, last, last)
        } else if text.lexicographicallyPrecedes(min) {
            min = Array(text)
        } else if max.lexicographicallyPrecedes(text) {
            max = Array(text)
        }
    }

    var cells: [Aggregate: Cell] {
        if isEmpty { return [:] }
        return [.first: first, .last: last, .min: min, .max: max].mapValues { Cell.text(String(decoding: $0, as: UTF8.self)) }
    }
}
