// Gathers the cells of one column and finds out what they are.
import Vocabulary

/// Keeps the bytes of a column's cells until the type that fits all of them is known, and the totals of each type that it may still be.
struct ColumnBuilder {
    /// What the column may still be; the first of these that is left is what it is.
    private struct Kinds: OptionSet {
        let rawValue: UInt8
        static let integer = Kinds(rawValue: 1)
        static let number = Kinds(rawValue: 2)
        static let boolean = Kinds(rawValue: 4)
        static let date = Kinds(rawValue: 8)
        static let datetime = Kinds(rawValue: 16)
        static let all: Kinds = [.integer, .number, .boolean, .date, .datetime]
    }

    private let decimal: UInt8
    private var kinds = Kinds.all
    private var isEmpty = true
    private var totals = ColumnTotals()
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(decimal: UInt8) { self.decimal = decimal }

    mutating func append(_ row: CSVRow, _ index: Int, keep: Bool) {
        let field = row.fields[index]
        let cell = row.raw(field)
        let missing = ColumnBuilder.isMissing(cell)
        if !missing {
            isEmpty = false
            read(cell)
        }
        // R writes a missing text as NA and the text itself as "NA".
        if !missing || field.quoted {
            if field.escaped {
                let content = row.content(of: field)
                content.withUnsafeBufferPointer { totals.add($0) }
                if keep { bytes += content }
            } else {
                totals.add(cell)
                if keep { bytes += cell }
            }
        }
        if keep { ends.append(bytes.count) }
    }

    /// Takes a cell as everything that the column may still be.
    private mutating func read(_ cell: UnsafeBufferPointer<UInt8>) {
        if kinds.contains(.integer) {
            if let value = NumberParsing.integer(cell) { totals.add(value) } else { kinds.remove(.integer) }
        }
        if kinds.contains(.number) {
            if let value = NumberParsing.number(cell, decimal: decimal) {
                totals.add(value, decimals: NumberParsing.decimals(cell, decimal: decimal))
            } else if !ColumnBuilder.isInfinite(cell) {
                kinds.remove(.number)
            }
        }
        if kinds.contains(.boolean) {
            if let value = ColumnBuilder.boolean(cell) { totals.add(value) } else { kinds.remove(.boolean) }
        }
        if kinds.contains(.date) {
            if let value = TimeParsing.date(cell) { totals.add(value, isMonth: cell.count == 7) } else { kinds.remove(.date) }
        }
        if kinds.contains(.datetime) {
            if let value = TimeParsing.time(cell) { totals.add(value) } else { kinds.remove(.datetime) }
        }
    }

    /// The column, once all rows were seen.
    func column(_ name: String) -> Table.Column { Table.Column(name: name, values: values(), totals: totals) }

    private func values() -> Table.Values {
        if isEmpty || kinds.isEmpty { return .text(cells { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }) }
        if kinds.contains(.integer) { return .integer(cells(NumberParsing.integer)) }
        if kinds.contains(.number) { return .number(cells { NumberParsing.number($0, decimal: decimal) }) }
        if kinds.contains(.boolean) { return .boolean(cells(ColumnBuilder.boolean)) }
        if kinds.contains(.date) { return .date(cells(TimeParsing.date)) }
        return .datetime(cells(TimeParsing.time))
    }

    private func cells<Value>(_ read: (UnsafeBufferPointer<UInt8>) -> Value?) -> [Value?] {
        bytes.withUnsafeBufferPointer { bytes in
            var values: [Value?] = []
            values.reserveCapacity(ends.count)
            var start = 0
            for end in ends {
                values.append(read(UnsafeBufferPointer(rebasing: bytes[start..<end])))
                start = end
            }
            return values
        }
    }

    /// Nothing, `NA`, `NaN` or `nan`.
    private static func isMissing(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        switch cell.count {
        case 0: true
        case 2: cell.elementsEqual("NA".utf8)
        case 3: cell.elementsEqual("NaN".utf8) || cell.elementsEqual("nan".utf8)
        default: false
        }
    }

    /// Infinite values belong to a column of numbers, and are shown as missing.
    private static func isInfinite(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (3...9).contains(cell.count) else { return false }
        var text = cell[...]
        if text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") { text = text.dropFirst() }
        return ["Inf", "inf", "Infinity"].contains { text.elementsEqual($0.utf8) }
    }

    private static func boolean(_ cell: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard cell.count == 4 || cell.count == 5 else { return nil }
        if ["true", "TRUE", "True"].contains(where: { cell.elementsEqual($0.utf8) }) { return true }
        return ["false", "FALSE", "False"].contains { cell.elementsEqual($0.utf8) } ? false : nil
    }
}
