// What all rows of a column say together, found while the file passes by.
import Vocabulary

/// The first, last, smallest and largest of some values.
struct Ends<Value: Comparable> {
    private(set) var first: Value?
    private(set) var last: Value?
    private(set) var min: Value?
    private(set) var max: Value?

    @inline(__always)
    mutating func add(_ value: Value) {
        last = value
        guard let low = min, let high = max else {
            (first, min, max) = (value, value, value)
            return
        }
        if value < low { min = value }
        if value > high { max = value }
    }

    /// The same of other values in the same order.
    func map<Other: Comparable>(_ other: (Value) -> Other) -> Ends<Other> {
        var ends = Ends<Other>()
        (ends.first, ends.last, ends.min, ends.max) = (first.map(other), last.map(other), min.map(other), max.map(other))
        return ends
    }

    func cells(_ cell: (Value) -> Cell) -> [Aggregate: Cell] {
        [Aggregate.first: first, .last: last, .min: min, .max: max].compactMapValues { $0.map(cell) }
    }
}

/// Whole numbers.
struct WholeTotals {
    private(set) var ends = Ends<Int64>()
    private(set) var sum: Int128 = 0
    private(set) var count = 0

    @inline(__always)
    mutating func add(_ value: Int64) {
        ends.add(value)
        sum &+= Int128(value)
        count &+= 1
    }

    var cells: [Aggregate: Cell] {
        var cells = ends.cells(Cell.integer)
        guard count > 0 else { return cells }
        cells[.sum] = Int64(exactly: sum).map(Cell.integer) ?? .number(Double(sum))
        cells[.mean] = .number(Double(sum) / Double(count))
        return cells
    }
}

/// Numbers.
struct NumberTotals {
    private(set) var ends = Ends<Double>()
    private var count = 0
    private var sum = 0.0
    private var lost = 0.0
    private var mostDecimals = 0

    init() {}

    /// Goes on with numbers where whole ones were seen.
    init(_ wholes: WholeTotals) {
        ends = wholes.ends.map(Double.init)
        count = wholes.count
        sum = Double(wholes.sum)
    }

    /// Adds by Neumaier's compensated summation (ZAMM 54, 1974): the error does not grow with the number of rows.
    @inline(__always)
    mutating func add(_ value: Double, decimals: Int) {
        ends.add(value)
        if decimals > mostDecimals { mostDecimals = decimals }
        count &+= 1
        let next = sum + value
        lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
        sum = next
    }

    /// Decimals to show: as many as are written, up to four, or up to three digits of the largest value when that is tiny.
    var decimals: Int {
        let size = max(abs(ends.min ?? 0), abs(ends.max ?? 0))
        return min(mostDecimals, max(Table.Column.mostDecimals, size < 0.1 ? NumberText.decimals(for: [size]) : 0))
    }

    var cells: [Aggregate: Cell] {
        var cells = ends.cells(Cell.number)
        guard count > 0 else { return cells }
        let total = lost.isFinite ? sum + lost : sum
        cells[.sum] = .number(total)
        cells[.mean] = .number(total / Double(count))
        return cells
    }
}

/// Days and times, with both readings of those that have two.
struct MomentTotals {
    private var dayFirst = Ends<Int64>()
    private var monthFirst = Ends<Int64>()
    /// Whether every cell can be read with the day, and with the month, in front.
    private(set) var canBeDayFirst = true
    private(set) var canBeMonthFirst = true
    /// Whether some cell means two different days.
    private var differ = false
    private(set) var months = 0
    private(set) var days = 0
    private(set) var family: Moment.Family?

    @inline(__always)
    mutating func add(_ moment: Moment) {
        family = moment.family
        if moment.dayFirst == 0 { canBeDayFirst = false } else { dayFirst.add(moment.dayFirst) }
        if moment.monthFirst == 0 { canBeMonthFirst = false } else { monthFirst.add(moment.monthFirst) }
        if moment.dayFirst != moment.monthFirst { differ = true }
        if moment.isMonth { months &+= 1 } else { days &+= 1 }
    }

    /// Whether no row tells the days from the months.
    var isAmbiguous: Bool { differ && canBeDayFirst && canBeMonthFirst }

    func cells(_ cell: (Int64) -> Cell) -> [Aggregate: Cell] { (canBeDayFirst ? dayFirst : monthFirst).cells(cell) }
}

/// Texts, in the order of their bytes, which is that of their code points.
struct TextTotals {
    private var isEmpty = true
    private var first: [UInt8] = []
    private var last: [UInt8] = []
    private var low: [UInt8] = []
    private var high: [UInt8] = []
    /// Their first eight bytes, which nearly always decide.
    private var lowKey: UInt64 = 0
    private var highKey: UInt64 = 0

    /// Adds the cells of a column: all that are something, and those in quotation marks that look like nothing.
    mutating func add(_ cells: ColumnCells) {
        var lastRow = -1
        for row in 0..<cells.rows {
            let field = cells.field(row)
            if field.count == 0 || !field.quoted && CellWords.isMissing(cells.raw(field)) { continue }
            if field.escaped {
                CSVRow.content(of: field, in: cells.bytes).withUnsafeBufferPointer { note($0, key: TextTotals.key($0)) }
            } else {
                note(cells.raw(field), key: cells.key(field))
            }
            lastRow = row
        }
        if lastRow >= 0 { last = CSVRow.content(of: cells.field(lastRow), in: cells.bytes) }
    }

    /// Adds a text; an empty one is no text.
    mutating func add(_ text: [UInt8]) {
        if text.isEmpty { return }
        text.withUnsafeBufferPointer { note($0, key: TextTotals.key($0)) }
        last = text
    }

    @inline(__always)
    private mutating func note(_ text: UnsafeBufferPointer<UInt8>, key: UInt64) {
        if isEmpty {
            isEmpty = false
            first = Array(text)
            (low, high, lowKey, highKey) = (first, first, key, key)
        } else if key < lowKey || key == lowKey && text.lexicographicallyPrecedes(low) {
            low.removeAll(keepingCapacity: true)
            low += text
            lowKey = key
        } else if key > highKey || key == highKey && high.lexicographicallyPrecedes(text) {
            high.removeAll(keepingCapacity: true)
            high += text
            highKey = key
        }
    }

    /// The first eight bytes as a number that sorts as they do.
    private static func key(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var key: UInt64 = 0
        for index in 0..<8 { key = key << 8 | (index < text.count ? UInt64(text[index]) : 0) }
        return key
    }

    var cells: [Aggregate: Cell] {
        if isEmpty { return [:] }
        return [.first: first, .last: last, .min: low, .max: high].mapValues { Cell.text(String(decoding: $0, as: UTF8.self)) }
    }
}
