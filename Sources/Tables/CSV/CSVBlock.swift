// Some rows of a CSV file: their bytes, and where each cell is in them.

/// Where a cell is, without its quotation marks, and how it is written, in eight bytes.
struct CSVField {
    let start: UInt32
    private let extent: UInt32

    /// `escaped` says that the cell holds doubled quotation marks.
    @inline(__always)
    init(start: Int, end: Int, quoted: Bool = false, escaped: Bool = false) {
        self.start = UInt32(truncatingIfNeeded: start)
        extent = UInt32(truncatingIfNeeded: end &- start) &<< 2 | (quoted ? 1 : 0) | (escaped ? 2 : 0)
    }

    @inline(__always) var count: Int { Int(extent &>> 2) }
    @inline(__always) var end: Int { Int(start) &+ count }
    @inline(__always) var quoted: Bool { extent & 1 != 0 }
    @inline(__always) var escaped: Bool { extent & 2 != 0 }
}

/// Complete rows with the same number of cells. Behind the bytes of the text stand `padding` zeros, so that 64 bytes can be read at every cell.
struct CSVBlock {
    static let padding = 72

    var bytes: [UInt8]
    /// `width` cells for each row.
    var fields: [CSVField]
    var width: Int
    var rows: Int
    /// The number of the first row; the header is row 1.
    var firstRow: Int64

    /// Every row, for a closure that may keep nothing of it.
    func forEachRow(_ body: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        try bytes.withUnsafeBufferPointer { bytes throws(TableError) in
            try fields.withUnsafeBufferPointer { fields throws(TableError) in
                for row in 0..<rows {
                    let cells = UnsafeBufferPointer(rebasing: fields[row * width..<(row + 1) * width])
                    try body(CSVRow(number: firstRow + Int64(row), bytes: bytes, fields: cells))
                }
            }
        }
    }
}
