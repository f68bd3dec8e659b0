// Gathers the cells of one column and finds out what they are.
import Vocabulary

/// Keeps the bytes of a column's cells until the type that fits all of them is known.
struct ColumnBuilder {
    /// What the column may still be, the narrowest first.
    private enum Kind: CaseIterable { case integer, number, boolean, date, datetime }

    private let decimal: UInt8
    private var candidates = Kind.allCases
    private var isEmpty = true
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(decimal: UInt8) { self.decimal = decimal }

    mutating func append(_ row: CSVRow, _ index: Int, keep: Bool) {
        let field = row.fields[index]
        let cell = row.raw(field)
        let missing = ColumnBuilder.isMissing(cell)
        if !missing {
            isEmpty = false
            let decimal = self.decimal
            if candidates.contains(where: { !ColumnBuilder.fits($0, cell, decimal) }) { candidates.removeAll { !ColumnBuilder.fits($0, cell, decimal) } }
        }
        guard keep else { return }
        // R writes a missing text as NA and the text itself as "NA".
        if !missing || field.quoted {
            if field.escaped { bytes += row.content(of: field) } else { bytes += cell }
        }
        ends.append(bytes.count)
    }

    private static func fits(_ kind: Kind, _ cell: UnsafeBufferPointer<UInt8>, _ decimal: UInt8) -> Bool {
        switch kind {
        case .integer: NumberParsing.integer(cell) != nil
        case .number: NumberParsing.number(cell, decimal: decimal) != nil || isInfinite(cell)
        case .boolean: boolean(cell) != nil
        case .date: TimeParsing.date(cell) != nil
        case .datetime: TimeParsing.time(cell) != nil
        }
    }

    func values() -> Table.Values {
        guard !isEmpty, let kind = candidates.first else {
            return .text(cells { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) })
        }
        switch kind {
        case .integer: return .integer(cells(NumberParsing.integer))
        case .number: return .number(cells { NumberParsing.number($0, decimal: decimal) })
        case .boolean: return .boolean(cells(ColumnBuilder.boolean))
        case .date: return .date(cells(TimeParsing.date))
        case .datetime: return .datetime(cells(TimeParsing.time))
        }
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
