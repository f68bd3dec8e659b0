// Splits the text of a CSV file into rows and cells: the one place that knows quotation marks and line ends.

/// Finds the complete rows at the beginning of a piece of text, RFC 4180 with the delimiter and line end of a dialect.
struct CSVScanner {
    /// Bytes of a row at most, as UTF-8.
    static let longestRow = 1 << 20
    /// Blank rows of a file with one column that are handed on at once.
    private static let blankBatch = 4096

    private enum Class { static let plain: UInt8 = 0, delimiter: UInt8 = 1, lineFeed: UInt8 = 2, carriageReturn: UInt8 = 3, nul: UInt8 = 4 }
    private enum Ending { case row(next: Int), incomplete, failure(TableError) }

    private let delimiter: UInt8
    private var classes = [UInt8](repeating: Class.plain, count: 256)
    /// Cells of the header; every other row has as many.
    private(set) var width = 0
    /// Rows seen, the header included; blank ones once it is known that they do not end the file.
    private(set) var rows: Int64 = 0
    private var blankRows: Int64 = 0

    init(_ dialect: CSVDialect) {
        delimiter = dialect.delimiter
        classes[0] = Class.nul
        classes[10] = Class.lineFeed
        classes[13] = dialect.endsWithReturns ? Class.lineFeed : Class.carriageReturn
        classes[Int(dialect.delimiter)] = Class.delimiter
    }

    /// What one call found.
    struct Found {
        var fields: [CSVField] = []
        var rows = 0
        /// Where the next row begins.
        var consumed = 0
        /// What is wrong behind these rows.
        var failure: TableError?
        /// More rows may follow in the same text.
        var isPaused = false
    }

    /// Finds rows in `count` bytes, behind which `CSVBlock.padding` zeros stand. `isLast` when the file ends there.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, count: Int, isLast: Bool, into fields: consuming [CSVField] = []) -> Found {
        var found = Found(fields: fields, consumed: start)
        let classes = self.classes
        guard let base = bytes.baseAddress else { return found }
        var signs = SignFinder(base, from: start, delimiter: delimiter)
        let isPaused = classes.withUnsafeBufferPointer { classes -> Bool in
            while found.consumed < count {
                let (rowStart, before) = (found.consumed, found.fields.count)
                let ending = row(bytes, from: rowStart, count: count, isLast: isLast, classes, &signs, &found.fields)
                let cells = found.fields.count - before
                guard case .row(let next) = ending else {
                    found.fields.removeLast(cells)
                    if case .failure(let failure) = ending { found.failure = failure }
                    if count - rowStart > CSVScanner.longestRow, found.failure == nil { found.failure = tooLong(column: nil) }
                    return false
                }
                if width == 0 { width = cells }
                let isBlank = cells == 1 && found.fields[before].end == rowStart && !found.fields[before].quoted && rows > 0
                if isBlank {
                    // Blank lines may end the file; only the next row tells whether these do.
                    blankRows += 1
                    found.fields.removeLast()
                    found.consumed = next
                    continue
                }
                if blankRows > 0 {
                    found.fields.removeLast(cells)
                    if width > 1 {
                        found.failure = ragged(cells: 1)
                        return false
                    }
                    let batch = Int(min(blankRows, Int64(CSVScanner.blankBatch)))
                    found.fields.append(contentsOf: repeatElement(CSVField(start: rowStart, end: rowStart), count: batch))
                    found.rows += batch
                    rows += Int64(batch)
                    blankRows -= Int64(batch)
                    if batch == CSVScanner.blankBatch { return true }
                    signs = SignFinder(base, from: rowStart, delimiter: delimiter)
                    continue
                }
                guard cells == width else {
                    found.fields.removeLast(cells)
                    found.failure = ragged(cells: cells)
                    return false
                }
                rows += 1
                found.rows += 1
                found.consumed = next
            }
            return false
        }
        found.isPaused = isPaused
        if isLast, !isPaused, width == 0, found.failure == nil { found.failure = TableError(.noHeader, "there is no header row: the file is empty") }
        return found
    }

    /// Adds the cells of one row.
    @inline(__always)
    private func row(
        _ bytes: UnsafeBufferPointer<UInt8>, from rowStart: Int, count: Int, isLast: Bool, _ classes: UnsafeBufferPointer<UInt8>,
        _ signs: inout SignFinder, _ fields: inout [CSVField]
    ) -> Ending {
        let before = fields.count
        var index = rowStart
        while true {
            if bytes[index] == UInt8(ascii: "\""), index < count {
                let start = index + 1
                var escaped = false
                _ = signs.next()
                while true {
                    repeat { index = signs.next() } while bytes[index] != UInt8(ascii: "\"") && bytes[index] != 0
                    if bytes[index] == 0 {
                        guard index >= count else { return .failure(nul(column: fields.count - before + 1)) }
                        guard isLast else {
                            return count - rowStart > CSVScanner.longestRow ? .failure(tooLong(column: fields.count - before + 1)) : .incomplete
                        }
                        return .failure(TableError(
                            .unclosedQuote, row: rows + blankRows + 1, column: fields.count - before + 1,
                            "a quotation mark is opened and never closed"))
                    }
                    guard index + 1 < count, bytes[index + 1] == UInt8(ascii: "\"") else { break }
                    escaped = true
                    _ = signs.next()
                }
                if index + 1 >= count, !isLast { return .incomplete }
                fields.append(CSVField(start: start, end: index, quoted: true, escaped: escaped))
                index += 1
                if classes[Int(bytes[index])] == Class.plain {
                    return .failure(TableError(
                        .misplacedQuote, row: rows + blankRows + 1, column: fields.count - before,
                        "text follows a closing quotation mark; write a quotation mark inside a quoted cell twice"))
                }
                _ = signs.next()
            } else {
                let start = index
                repeat { index = signs.next() } while classes[Int(bytes[index])] == Class.plain
                fields.append(CSVField(start: start, end: index))
            }
            switch classes[Int(bytes[index])] {
            case Class.delimiter: index += 1
            case Class.lineFeed: return ended(rowStart, index, next: index + 1)
            case Class.carriageReturn:
                if index + 1 < count {
                    guard bytes[index + 1] == 10 else {
                        return .failure(TableError(
                            .loneReturn, row: rows + blankRows + 1, column: fields.count - before,
                            "a carriage return stands without a line feed; end all lines the same way"))
                    }
                    _ = signs.next()
                    return ended(rowStart, index, next: index + 2)
                }
                return isLast ? ended(rowStart, index, next: count) : .incomplete
            default:
                guard index >= count else { return .failure(nul(column: fields.count - before)) }
                return isLast ? ended(rowStart, index, next: count) : .incomplete
            }
        }
    }

    @inline(__always)
    private func ended(_ start: Int, _ end: Int, next: Int) -> Ending {
        end - start > CSVScanner.longestRow ? .failure(tooLong(column: nil)) : .row(next: next)
    }

    private func tooLong(column: Int?) -> TableError {
        TableError(
            .rowTooLong, row: rows + blankRows + 1, column: column,
            column == nil ? "the row is longer than 1 MiB; is a quotation mark missing?" : "a quotation mark is opened and not closed within 1 MiB")
    }

    private func nul(column: Int) -> TableError {
        TableError(.nulByte, row: rows + blankRows + 1, column: column, "there is a NUL byte; write the file as UTF-8 text, not UTF-16")
    }

    private func ragged(cells: Int) -> TableError {
        TableError(
            .raggedRow, row: rows + 1, "the row has \(cells) \(cells == 1 ? "cell" : "cells") where the header has \(width); is the delimiter right?")
    }
}
