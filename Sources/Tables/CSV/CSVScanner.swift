// Splits a stream of CSV bytes into rows and fields: the one state machine that both the summary and the table reader stand on.
import Vocabulary

/// Finds rows in chunks of bytes, RFC 4180 with a chosen delimiter. Keeps at most one unfinished row (1 MiB) between chunks.
struct CSVScanner {
    static let longestRow = 1 << 20

    private enum State { case fieldStart, plain, quoted, quoteSeen, returnSeen }
    private enum Class { static let plain: UInt8 = 0, delimiter: UInt8 = 1, lineFeed: UInt8 = 2, carriageReturn: UInt8 = 3, quote: UInt8 = 4, high: UInt8 = 5, nul: UInt8 = 6 }

    private var classes = [UInt8](repeating: Class.plain, count: 256)
    private var state = State.fieldStart
    /// The unfinished row, from its first byte.
    private var carry: [UInt8] = []
    private var started = false
    private var fields: ContiguousArray<CSVRow.Field> = []
    private var field = CSVRow.Field()
    private var hasHighBytes = false
    private var blankRows: Int64 = 0
    /// Fields of the first row; every other row has as many.
    private var width = 0
    /// Rows seen, the header and blank rows included.
    private(set) var rows: Int64 = 0

    init(format: CSVFormat) throws(TableError) {
        let delimiter = Array(format.delimiter.utf8)
        guard delimiter.count == 1, delimiter[0] < 128, delimiter[0] == 9 || delimiter[0] >= 32, delimiter[0] != UInt8(ascii: "\"") else {
            throw TableError(.badFormat, "the delimiter of a CSV file is one ASCII character such as , or ;")
        }
        guard format.decimal == "." || format.decimal == "," else {
            throw TableError(.badFormat, "the decimal sign of a CSV file is . or ,")
        }
        for byte in 128...255 { classes[byte] = Class.high }
        classes[0] = Class.nul
        classes[10] = Class.lineFeed
        classes[13] = Class.carriageReturn
        classes[Int(UInt8(ascii: "\""))] = Class.quote
        classes[Int(delimiter[0])] = Class.delimiter
    }

    /// Takes the next bytes and hands out each row that they complete.
    mutating func push(_ chunk: [UInt8], row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        guard started else {
            carry += chunk
            guard carry.count >= 3 else { return }
            return try start(row)
        }
        if carry.isEmpty { return try scan(chunk, from: 0, row) }
        var buffer: [UInt8] = []
        swap(&buffer, &carry)
        let resume = buffer.count
        buffer += chunk
        try scan(buffer, from: resume, row)
    }

    /// Ends the file: the last row needs no line end.
    mutating func finish(row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        if !started { try start(row) }
        if !carry.isEmpty || state != .fieldStart || !fields.isEmpty {
            if state == .quoted {
                throw TableError(.unclosedQuote, row: rows + blankRows + 1, column: fields.count + 1, "a quotation mark is opened and never closed")
            }
            if state == .returnSeen { state = .fieldStart; try endCarriedRow(row) } else { try push([10], row: row) }
        }
        guard width > 0 else { throw TableError(.noHeader, "there is no header row: the file is empty") }
    }

    private mutating func start(_ row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        started = true
        var first: [UInt8] = []
        swap(&first, &carry)
        if first.starts(with: [0xEF, 0xBB, 0xBF]) { first.removeFirst(3) }
        try scan(first, from: 0, row)
    }

    private mutating func endCarriedRow(_ row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        let buffer = carry
        carry = []
        try buffer.withUnsafeBufferPointer { bytes throws(TableError) in
            try endRow(UnsafeBufferPointer(rebasing: bytes[..<(bytes.count - 1)]), row)
        }
    }

    /// Scans a buffer that begins with a row, of which `resume` bytes were scanned before, and keeps what is left of it.
    private mutating func scan(_ buffer: [UInt8], from resume: Int, _ row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        let left = try buffer.withUnsafeBufferPointer { bytes throws(TableError) in try scan(bytes, from: resume, row) }
        if left < buffer.count { carry = left == 0 ? buffer : Array(buffer[left...]) }
    }

    private mutating func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, from resume: Int, _ row: (CSVRow) throws(TableError) -> Void
    ) throws(TableError) -> Int {
        let classes = self.classes
        return try classes.withUnsafeBufferPointer { classes throws(TableError) in
            var rowStart = 0
            var index = resume
            let count = bytes.count
            while index < count {
                switch state {
                case .fieldStart:
                    let quoted = classes[Int(bytes[index])] == Class.quote
                    if quoted { index += 1 }
                    field = CSVRow.Field(start: index - rowStart, quoted: quoted)
                    state = quoted ? .quoted : .plain
                case .plain:
                    while index < count, classes[Int(bytes[index])] == Class.plain { index += 1 }
                    guard index < count else { break }
                    let found = classes[Int(bytes[index])]
                    if found == Class.high { hasHighBytes = true } else if found != Class.quote {
                        try endField(at: index - rowStart, with: found)
                        if found == Class.lineFeed {
                            try endRow(UnsafeBufferPointer(rebasing: bytes[rowStart..<index]), row)
                            rowStart = index + 1
                        }
                    }
                    index += 1
                case .quoted:
                    var found = Class.plain
                    while index < count {
                        found = classes[Int(bytes[index])]
                        if found >= Class.quote { break }
                        index += 1
                    }
                    guard index < count else { break }
                    if found == Class.high { hasHighBytes = true } else if found == Class.nul { try endField(at: 0, with: found) } else { state = .quoteSeen }
                    index += 1
                case .quoteSeen:
                    let found = classes[Int(bytes[index])]
                    if found == Class.quote {
                        field.escaped = true
                        state = .quoted
                    } else if found == Class.plain || found == Class.high {
                        throw TableError(
                            .misplacedQuote, row: rows + blankRows + 1, column: fields.count + 1,
                            "text follows a closing quotation mark; write a quotation mark inside a quoted cell twice")
                    } else {
                        try endField(at: index - rowStart - 1, with: found)
                        if found == Class.lineFeed {
                            try endRow(UnsafeBufferPointer(rebasing: bytes[rowStart..<index]), row)
                            rowStart = index + 1
                        }
                    }
                    index += 1
                case .returnSeen:
                    guard classes[Int(bytes[index])] == Class.lineFeed else {
                        throw TableError(
                            .loneReturn, row: rows + blankRows + 1, column: fields.count,
                            "a carriage return stands without a line feed; end lines with LF or CRLF")
                    }
                    try endRow(UnsafeBufferPointer(rebasing: bytes[rowStart..<(index - 1)]), row)
                    state = .fieldStart
                    index += 1
                    rowStart = index
                }
            }
            if count - rowStart > CSVScanner.longestRow { throw tooLong() }
            return rowStart
        }
    }

    private func tooLong() -> TableError {
        TableError(.rowTooLong, row: rows + blankRows + 1, "the row is longer than 1 MiB; is a quotation mark missing?")
    }

    private mutating func endField(at end: Int, with found: UInt8) throws(TableError) {
        if found == Class.nul {
            throw TableError(.nulByte, row: rows + blankRows + 1, column: fields.count + 1, "there is a NUL byte; write the file as UTF-8 text, not UTF-16")
        }
        field.end = end
        fields.append(field)
        state = found == Class.carriageReturn ? .returnSeen : .fieldStart
    }

    private mutating func endRow(_ bytes: UnsafeBufferPointer<UInt8>, _ row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        if bytes.count > CSVScanner.longestRow { throw tooLong() }
        if width == 0 {
            width = fields.count
        } else if bytes.isEmpty {
            // Blank lines may end the file; only the next row tells whether these do.
            blankRows += 1
            fields.removeAll(keepingCapacity: true)
            return
        } else if blankRows > 0 {
            guard width == 1 else { throw ragged(fields: 1) }
            let blank: ContiguousArray<CSVRow.Field> = [CSVRow.Field()]
            for _ in 0..<blankRows {
                rows += 1
                try row(CSVRow(number: rows, bytes: UnsafeBufferPointer(rebasing: bytes[..<0]), fields: blank))
            }
            blankRows = 0
        }
        guard fields.count == width else { throw ragged(fields: fields.count) }
        rows += 1
        if hasHighBytes {
            hasHighBytes = false
            if let bad = UTF8Check.firstInvalid(bytes) {
                let column = fields.firstIndex { $0.end > bad } ?? fields.count - 1
                throw TableError(.invalidUTF8, row: rows, column: column + 1, "the text is not UTF-8; write the file with the encoding UTF-8")
            }
        }
        try row(CSVRow(number: rows, bytes: bytes, fields: fields))
        fields.removeAll(keepingCapacity: true)
    }

    private func ragged(fields count: Int) -> TableError {
        TableError(
            .raggedRow, row: rows + 1, "the row has \(count) \(count == 1 ? "cell" : "cells") where the header has \(width); is the delimiter right?")
    }
}
