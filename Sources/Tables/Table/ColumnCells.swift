// The cells of one column in a block of rows.

/// Valid only inside the closure that receives it.
struct ColumnCells {
    let bytes: UnsafeBufferPointer<UInt8>
    private let fields: UnsafeBufferPointer<CSVField>
    private let width: Int
    private let column: Int
    let rows: Int

    /// Calls `body` with the cells of a column.
    @inline(__always)
    static func with<Result>(_ block: borrowing CSVBlock, _ column: Int, rows: Int? = nil, _ body: (ColumnCells) -> Result) -> Result {
        let (width, count) = (block.width, rows ?? block.rows)
        return block.bytes.withUnsafeBufferPointer { bytes in
            block.fields.withUnsafeBufferPointer { fields in
                body(ColumnCells(bytes: bytes, fields: fields, width: width, column: column, rows: count))
            }
        }
    }

    @inline(__always)
    func field(_ row: Int) -> CSVField { fields[row &* width &+ column] }

    @inline(__always)
    func raw(_ field: CSVField) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes.baseAddress.map { $0 + Int(field.start) }, count: field.count)
    }

    /// The cell of a row without the blanks around it.
    @inline(__always)
    func value(_ row: Int) -> UnsafeBufferPointer<UInt8> { CellWords.trimmed(raw(field(row))) }

    /// The first eight bytes as a number that sorts as they do; a block has as many behind its last cell.
    @inline(__always)
    func key(_ field: CSVField) -> UInt64 {
        let word = UInt64(bigEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: Int(field.start), as: UInt64.self))
        return field.count >= 8 ? word : word & ~(UInt64.max >> UInt64(8 &* field.count))
    }

    /// The text of a row, or nil where it has nothing, or `NA` without quotation marks.
    func text(_ row: Int) -> String? {
        let field = field(row)
        if field.count == 0 || !field.quoted && CellWords.isMissing(raw(field)) { return nil }
        return CSVRow.text(of: field, in: bytes)
    }
}
