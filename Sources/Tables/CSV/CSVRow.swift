// One row of a CSV file while it is being read.

/// A row whose cells are still bytes of the reader's buffer: valid only inside the closure that receives it.
package struct CSVRow {
    struct Field {
        var start = 0
        var end = 0
        var quoted = false
        /// Holds doubled quotation marks.
        var escaped = false
    }

    /// Counted as a spreadsheet does: the header is row 1.
    package let number: Int64
    let bytes: UnsafeBufferPointer<UInt8>
    let fields: ContiguousArray<Field>

    /// How many cells the row has.
    package var count: Int { fields.count }

    /// The text of a cell, from 0.
    package subscript(_ column: Int) -> String {
        let field = fields[column]
        return field.escaped ? String(decoding: content(of: field), as: UTF8.self) : String(decoding: raw(field), as: UTF8.self)
    }

    /// The bytes between the quotation marks, doubled ones still doubled.
    func raw(_ field: Field) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[field.start..<field.end]) }

    /// The bytes that the cell means.
    func content(of field: Field) -> [UInt8] {
        guard field.escaped else { return Array(raw(field)) }
        var text: [UInt8] = []
        text.reserveCapacity(field.end - field.start)
        var skip = false
        for byte in raw(field) {
            if skip { skip = false; continue }
            text.append(byte)
            skip = byte == UInt8(ascii: "\"")
        }
        return text
    }
}
