// One row of a CSV file while it is being read.

/// A row whose cells are still bytes of the reader's buffer: valid only inside the closure that receives it.
package struct CSVRow {
    /// Counted as a spreadsheet does: the header is row 1.
    package let number: Int64
    let bytes: UnsafeBufferPointer<UInt8>
    let fields: UnsafeBufferPointer<CSVField>

    /// How many cells the row has.
    package var count: Int { fields.count }

    /// The text of a cell, from 0.
    package subscript(_ column: Int) -> String { CSVRow.text(of: fields[column], in: bytes) }

    /// The bytes between the quotation marks, doubled ones still doubled.
    func raw(_ field: CSVField) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[Int(field.start)..<field.end]) }

    /// The text that a cell means.
    static func text(of field: CSVField, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        field.escaped
            ? String(decoding: content(of: field, in: bytes), as: UTF8.self)
            : String(decoding: UnsafeBufferPointer(rebasing: bytes[Int(field.start)..<field.end]), as: UTF8.self)
    }

    /// The bytes that a cell means.
    static func content(of field: CSVField, in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let raw = bytes[Int(field.start)..<field.end]
        guard field.escaped else { return Array(raw) }
        var text: [UInt8] = []
        text.reserveCapacity(raw.count)
        var skip = false
        for byte in raw {
            if skip { skip = false; continue }
            text.append(byte)
            skip = byte == UInt8(ascii: "\"")
        }
        return text
    }
}
