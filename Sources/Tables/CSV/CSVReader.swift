// Reads CSV row by row, with the names of its columns checked first.
package import Vocabulary

/// A streaming reader of CSV: push chunks of any size, take rows out. Rows come some time after their bytes, at the latest with `finish`.
package struct CSVReader {
    private var stream: CSVStream
    /// The names of the columns, once the header was read.
    package var columns: [String]? { stream.columns }
    /// How the file is written, as far as it was read.
    package var dialect: CSVDialect { stream.dialect }

    /// Throws `badFormat` when the delimiter is not one ASCII character or the decimal sign is neither `.` nor `,`.
    package init(format: CSVFormat = CSVFormat()) throws(TableError) { stream = try CSVStream(format: format) }

    /// Takes the next bytes and hands out data rows; the header becomes `columns`.
    package mutating func push(_ chunk: [UInt8], row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        try stream.push(chunk) { (block: inout CSVBlock, _) throws(TableError) in try block.forEachRow(row) }
    }

    /// Ends the file and hands out what is left of its rows.
    package mutating func finish(row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        try stream.finish { (block: inout CSVBlock, _) throws(TableError) in try block.forEachRow(row) }
    }
}
