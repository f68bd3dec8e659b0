// Gathers the cells of one column and finds out what they are.
import Vocabulary

/// Reads each cell as the narrowest type that has fitted so far, and starts over with a wider one where it does not. The type that is left at the end does
/// not depend on the order of the rows.
struct ColumnBuilder {
    private enum Kind { case open, integer, number, boolean, date, datetime, text }

    private let form: NumberForm
    private var kind = Kind.open
    private var wholes = WholeTotals()
    private var numbers = NumberTotals()
    private var firstBoolean: Bool?
    private var lastBoolean: Bool?
    private var moments = MomentTotals()
    private var texts = TextTotals()
    /// The cells that are kept, while they are numbers; other types are read again from the rows that are kept.
    private var integers: [Int64?] = []
    private var doubles: [Double?] = []
    /// Rows that are kept so far.
    private var kept = 0

    init(_ form: NumberForm) { self.form = form }

    /// Takes the cells of a block, of which the first `keep` rows stay.
    mutating func append(_ cells: ColumnCells, keep: Int) {
        texts.add(cells)
        var row = 0
        while row < cells.rows {
            switch kind {
            case .open: row = skip(cells, from: row)
            case .integer: row = addIntegers(cells, from: row, keep: keep)
            case .number: row = addNumbers(cells, from: row, keep: keep)
            case .boolean: row = addBooleans(cells, from: row)
            case .date, .datetime: row = addMoments(cells, from: row)
            case .text: row = cells.rows
            }
            if row < cells.rows { widen(cells.value(row), kept: kept + min(row, keep)) }
        }
        kept += keep
        if kind == .open, keep > 0 { integers = [] }
    }

    private func skip(_ cells: ColumnCells, from start: Int) -> Int {
        for row in start..<cells.rows where !CellWords.isBlankValue(cells.value(row)) { return row }
        return cells.rows
    }

    private mutating func addIntegers(_ cells: ColumnCells, from start: Int, keep: Int) -> Int {
        // Totals are counted in a variable of our own: fields of self would be written to memory for every cell.
        var totals = wholes
        defer { wholes = totals }
        for row in start..<cells.rows {
            let cell = cells.value(row)
            if let value = NumberParsing.integer(cell) ?? (CellWords.isBlankValue(cell) ? nil : NumberParsing.integer(cell, form)) {
                totals.add(value)
                if row < keep { integers.append(value) }
            } else if CellWords.isBlankValue(cell) {
                if row < keep { integers.append(nil) }
            } else {
                return row
            }
        }
        return cells.rows
    }

    private mutating func addNumbers(_ cells: ColumnCells, from start: Int, keep: Int) -> Int {
        var totals = numbers
        defer { numbers = totals }
        for row in start..<cells.rows {
            let cell = cells.value(row)
            if let reading = NumberParsing.number(cell, form) {
                totals.add(reading.value, decimals: reading.decimals)
                if row < keep { doubles.append(reading.value) }
            } else if CellWords.isBlankValue(cell) || CellWords.isInfinite(cell) {
                if row < keep { doubles.append(nil) }
            } else {
                return row
            }
        }
        return cells.rows
    }

    private mutating func addBooleans(_ cells: ColumnCells, from start: Int) -> Int {
        for row in start..<cells.rows {
            let cell = cells.value(row)
            if let value = CellWords.boolean(cell) {
                firstBoolean = firstBoolean ?? value
                lastBoolean = value
            } else if !CellWords.isBlankValue(cell) {
                return row
            }
        }
        return cells.rows
    }

    private mutating func addMoments(_ cells: ColumnCells, from start: Int) -> Int {
        var totals = moments
        defer { moments = totals }
        let hasTimes = kind == .datetime
        for row in start..<cells.rows {
            let cell = cells.value(row)
            if let moment = Moment.read(cell) {
                guard moment.family == totals.family ?? moment.family, !moment.hasTime || hasTimes, !moment.isMonth || !hasTimes,
                    totals.canBeDayFirst && moment.dayFirst != 0 || totals.canBeMonthFirst && moment.monthFirst != 0
                else { return row }
                totals.add(moment)
            } else if !CellWords.isBlankValue(cell) {
                return row
            }
        }
        return cells.rows
    }

    /// Chooses the next type that fits this cell as well as those before it; `kept` of them are kept.
    private mutating func widen(_ cell: UnsafeBufferPointer<UInt8>, kept: Int) {
        let isNumber = NumberParsing.number(cell, form) != nil || CellWords.isInfinite(cell)
        switch kind {
        case .open:
            if NumberParsing.integer(cell, form) != nil {
                kind = .integer
                integers = Array(repeating: nil, count: kept)
            } else if isNumber {
                kind = .number
                doubles = Array(repeating: nil, count: kept)
            } else if CellWords.boolean(cell) != nil {
                kind = .boolean
            } else if let moment = Moment.read(cell) {
                kind = moment.hasTime ? .datetime : .date
            } else {
                kind = .text
            }
        case .integer:
            kind = isNumber ? .number : .text
            if isNumber {
                numbers = NumberTotals(wholes)
                doubles = integers.map { $0.map(Double.init) }
            }
            integers = []
        case .number:
            kind = .text
            doubles = []
        case .date:
            // A day among times is its midnight; a month is not.
            let moment = Moment.read(cell)
            kind = moment?.hasTime == true && moment?.family == moments.family && moments.months == 0 && fits(moment) ? .datetime : .text
        case .boolean, .datetime, .text: kind = .text
        }
    }

    private func fits(_ moment: Moment?) -> Bool {
        guard let moment else { return false }
        return moments.canBeDayFirst && moment.dayFirst != 0 || moments.canBeMonthFirst && moment.monthFirst != 0
    }

    /// The column, once all rows were seen; `blocks` hold the rows that are kept, `place` is its own in them.
    consuming func column(_ name: String, in blocks: [CSVBlock], at place: Int) -> Table.Column {
        func cells<Value>(_ read: (ColumnCells, Int) -> Value?) -> [Value?] {
            var values: [Value?] = []
            values.reserveCapacity(kept)
            for block in blocks { ColumnCells.with(block, place) { cells in for row in 0..<cells.rows { values.append(read(cells, row)) } } }
            return values
        }
        func column(_ values: Table.Values, _ totals: [Aggregate: Cell], decimals: Int = 0) -> Table.Column {
            Table.Column(name: name, values: values, totals: totals, decimals: decimals)
        }
        let dayFirst = moments.canBeDayFirst
        func moment(_ cells: ColumnCells, _ row: Int) -> Int64? { Moment.read(cells.value(row)).map { dayFirst ? $0.dayFirst : $0.monthFirst } }
        switch kind {
        case .integer: return column(.integer(integers), wholes.cells)
        case .number: return column(.number(doubles), numbers.cells, decimals: numbers.decimals)
        case .boolean:
            let totals = [Aggregate.first: firstBoolean, .last: lastBoolean].compactMapValues { $0.map(Cell.boolean) }
            return column(.boolean(cells { CellWords.boolean($0.value($1)) }), totals)
        case .date where !moments.isAmbiguous:
            var result = column(.date(cells { moment($0, $1).map(Moment.date) }), moments.cells { .date(Moment.date($0)) })
            if moments.months > 0, moments.days == 0 { result.precision = moments.family == .quarter ? .quarter : .month }
            return result
        case .datetime where !moments.isAmbiguous:
            return column(.datetime(cells { moment($0, $1).map(Moment.time) }), moments.cells { .datetime(Moment.time($0)) })
        case .open, .text, .date, .datetime:
            var result = column(.text(cells { $0.text($1) }), texts.cells)
            if kind == .date || kind == .datetime {
                result.doubt = "every day could also be the month; write days as 2026-03-08, or at least one row after the 12th of a month"
            }
            return result
        }
    }
}
