// Reads CSV row by row, with the names of its columns checked first.
package import Vocabulary

/// A streaming reader of UTF-8 CSV: push chunks of any size, take rows out. Memory stays below one row and one chunk.
package struct CSVReader {
    private var scanner: CSVScanner
    /// The names of the columns, once the first row is complete.
    package private(set) var columns: [String]?

    /// Throws `badFormat` when the delimiter is not one ASCII character or the decimal sign is neither `.` nor `,`.
    package init(format: CSVFormat = CSVFormat()) throws(TableError) { scanner = try CSVScanner(format: format) }

    /// Takes the next bytes and hands out each data row that they complete; the header becomes `columns`.
    package mutating func push(_ chunk: [UInt8], row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        var names = columns
        defer { columns = names }
        try scanner.push(chunk) { next throws(TableError) in
            if names == nil { names = try CSVReader.names(of: next) } else { try row(next) }
        }
    }

    /// Ends the file and hands out its last row when no line end followed it.
    package mutating func finish(row: (CSVRow) throws(TableError) -> Void) throws(TableError) {
        var names = columns
        defer { columns = names }
        try scanner.finish { next throws(TableError) in
            if names == nil { names = try CSVReader.names(of: next) } else { try row(next) }
        }
    }

    /// The names in a header row; throws when one is empty or stands twice.
    static func names(of header: CSVRow) throws(TableError) -> [String] {
        var names: [String] = []
        var seen: [String: Int] = [:]
        for column in 0..<header.count {
            let name = header[column]
            if name.utf8.allSatisfy({ $0 == 32 || $0 == 9 }) {
                throw TableError(
                    .emptyName, row: 1, column: column + 1,
                    "the column has no name; name it, or leave row numbers out (row.names = FALSE in R, index=False in pandas)")
            }
            if let earlier = seen.updateValue(column + 1, forKey: name) {
                throw TableError(.duplicateName, row: 1, column: column + 1, "the column has the same name as column \(earlier)")
            }
            names.append(name)
        }
        return names
    }
}
