// The way of a CSV file from bytes to blocks of rows: decoded, its dialect found, its header checked, split.
import Vocabulary

/// Takes chunks of any size and hands out blocks of data rows. Memory does not grow with the file: a piece of 256 KiB and at most one row of 1 MiB.
struct CSVStream {
    /// The dialect is found from this many bytes, and this many are split at once.
    static let piece = 256 << 10

    private let format: CSVFormat
    private var decoder = TextDecoder()
    private var text: [UInt8] = []
    /// Memory of the block before, for the next one: new memory costs more than what is done with it.
    private var spare = CSVBlock(bytes: [], fields: [], width: 0, rows: 0, firstRow: 0)
    private var scanner: CSVScanner?
    private var wanted = CSVStream.piece
    private var mostFields = 0
    private var found: CSVDialect
    /// The names of the columns, once the header was read.
    private(set) var columns: [String]?

    /// Throws `badFormat`.
    init(format: CSVFormat) throws(TableError) {
        self.format = format
        found = try DialectSearch.dialect(of: [], isWhole: true, format: format)
    }

    /// How the file is written, as far as it was read.
    var dialect: CSVDialect {
        var dialect = found
        dialect.encoding = decoder.encoding
        dialect.hasMark = decoder.hasMark
        return dialect
    }

    /// Bytes of memory that are held between two calls.
    var held: Int { text.capacity + spare.bytes.capacity + spare.fields.capacity * MemoryLayout<CSVField>.stride }

    /// Takes the next bytes, as many as there are.
    mutating func push(_ chunk: [UInt8], _ take: (inout CSVBlock, CSVDialect) throws(TableError) -> Void) throws(TableError) {
        var start = 0
        while start < chunk.count {
            let end = min(chunk.count, start + CSVStream.piece)
            chunk.withUnsafeBufferPointer { decoder.decode(UnsafeBufferPointer(rebasing: $0[start..<end]), into: &text) }
            start = end
            if text.count >= wanted { try split(isLast: false, take) }
        }
    }

    /// Ends the file.
    mutating func finish(_ take: (inout CSVBlock, CSVDialect) throws(TableError) -> Void) throws(TableError) {
        decoder.finish(into: &text)
        try split(isLast: true, take)
    }

    private mutating func split(isLast: Bool, _ take: (inout CSVBlock, CSVDialect) throws(TableError) -> Void) throws(TableError) {
        if scanner == nil {
            found = try DialectSearch.dialect(of: text, isWhole: isLast, format: format)
            scanner = CSVScanner(found)
        }
        guard var scanner else { return }
        var bytes: [UInt8] = []
        swap(&bytes, &text)
        let count = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: CSVBlock.padding))
        var consumed = 0
        var isPaused = true
        while isPaused {
            let firstRow = scanner.rows + 1
            var fields: [CSVField] = []
            swap(&fields, &spare.fields)
            fields.removeAll(keepingCapacity: true)
            // As many as a block of this file needs, when the memory of the one before was kept.
            if fields.capacity == 0 { fields.reserveCapacity(mostFields + mostFields / 16) }
            var part = bytes.withUnsafeBufferPointer { scanner.scan($0, from: consumed, count: count, isLast: isLast, into: fields) }
            if decoder.mustBeChecked { CSVStream.check(bytes, from: consumed, &part, firstRow: firstRow, width: scanner.width) }
            consumed = part.consumed
            isPaused = part.isPaused
            // What follows the rows is kept before the bytes are given away.
            if !isPaused {
                swap(&text, &spare.bytes)
                text.removeAll(keepingCapacity: true)
                text.reserveCapacity(count - consumed + 2 * CSVStream.piece + CSVBlock.padding)
                text += bytes[consumed..<count]
            }
            spare = CSVBlock(bytes: bytes, fields: part.fields, width: scanner.width, rows: part.rows, firstRow: firstRow)
            part.fields = []
            if !isPaused { bytes = [] }
            mostFields = max(mostFields, spare.fields.count)
            try hand(take)
            if let failure = part.failure { throw failure }
        }
        self.scanner = scanner
        wanted = text.count + CSVStream.piece
    }

    private mutating func hand(_ take: (inout CSVBlock, CSVDialect) throws(TableError) -> Void) throws(TableError) {
        guard spare.rows > 0 else { return }
        if columns == nil {
            var header: [String] = []
            for field in spare.fields[..<spare.width] { header.append(spare.bytes.withUnsafeBufferPointer { CSVRow.text(of: field, in: $0) }) }
            columns = try CSVStream.checked(header)
            spare.fields.removeFirst(spare.width)
            spare.rows -= 1
            spare.firstRow += 1
        }
        if spare.rows > 0 { try take(&spare, found) }
    }

    /// Cuts off the rows from the first one that is not UTF-8 on.
    private static func check(_ bytes: [UInt8], from start: Int, _ part: inout CSVScanner.Found, firstRow: Int64, width: Int) {
        guard let bad = bytes.withUnsafeBufferPointer({ UTF8Check.firstInvalid(UnsafeBufferPointer(rebasing: $0[start..<part.consumed])) }) else { return }
        guard let place = part.fields.firstIndex(where: { $0.end > start + bad }) else { return }
        part.rows = place / width
        part.fields.removeLast(part.fields.count - part.rows * width)
        part.isPaused = false
        part.failure = TableError(
            .invalidUTF8, row: firstRow + Int64(part.rows), column: place % width + 1,
            "the text is not UTF-8, as the text before it is; write the whole file with the encoding UTF-8")
    }

    /// The names in a header row; throws when one is empty or stands twice.
    private static func checked(_ header: [String]) throws(TableError) -> [String] {
        var seen: [String: Int] = [:]
        for (column, name) in header.enumerated() {
            if name.utf8.allSatisfy({ $0 == 32 || $0 == 9 }) {
                throw TableError(
                    .emptyName, row: 1, column: column + 1,
                    "the column has no name; name it, or leave row numbers out (row.names = FALSE in R, index=False in pandas)")
            }
            if let earlier = seen.updateValue(column + 1, forKey: name) {
                throw TableError(.duplicateName, row: 1, column: column + 1, "the column has the same name as column \(earlier)")
            }
        }
        return header
    }
}
