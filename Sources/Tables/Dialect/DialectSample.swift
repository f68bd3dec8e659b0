// The first rows of a file as one delimiter would divide them.

/// Rows of cells, and how much sense they make.
struct DialectSample {
    /// What the columns say about the decimal sign.
    struct Decimals {
        var points = 0
        var commas = 0
        /// Columns with commas that may divide thousands or decimals.
        var unclearCommas = 0
    }

    private static let mostRows = 1000
    /// Cells of each row, the header first. A cell may hold doubled quotation marks.
    private var rows: [[ArraySlice<UInt8>]] = []

    /// Divides the head of a file; its last row is left out when more may follow.
    init(_ head: [UInt8], delimiter: UInt8, isWhole: Bool) {
        var row: [ArraySlice<UInt8>] = []
        var index = 0
        while index < head.count, rows.count < Self.mostRows {
            var start = index
            var end = index
            if head[index] == UInt8(ascii: "\"") {
                start += 1
                index += 1
                while index < head.count {
                    if head[index] == UInt8(ascii: "\"") {
                        guard index + 1 < head.count, head[index + 1] == UInt8(ascii: "\"") else { break }
                        index += 1
                    }
                    index += 1
                }
                end = index
                while index < head.count, head[index] != delimiter, head[index] != 10, head[index] != 13 { index += 1 }
            } else {
                while index < head.count, head[index] != delimiter, head[index] != 10, head[index] != 13 { index += 1 }
                end = index
            }
            row.append(head[min(start, head.count)..<min(end, head.count)])
            guard index < head.count else { break }
            if head[index] != delimiter {
                if head[index] == 13, index + 1 < head.count, head[index + 1] == 10 { index += 1 }
                if row.count > 1 || !row[0].isEmpty { rows.append(row) }
                row = []
            }
            index += 1
        }
        if !row.isEmpty, isWhole || rows.isEmpty { rows.append(row) }
    }

    /// Cells of the header.
    var width: Int { rows.first?.count ?? 0 }

    /// How many rows in a thousand are as wide as the header, and how many cells in a hundred are values and not words.
    var merit: (evenness: Int, values: Int) {
        let even = rows.count { $0.count == width }
        let cells = rows.dropFirst().prefix(100).joined()
        let values = cells.count { cell in
            cell.isEmpty || Self.reads(cell, .points) || Self.reads(cell, .commas) || cell.withUnsafeBufferPointer { Moment.read($0) != nil }
        }
        return (even * 1000 / max(1, rows.count), values * 100 / max(1, cells.count))
    }

    /// Asks each column whether its numbers can be read with points, with commas, or with both.
    func decimals() -> Decimals {
        var votes = Decimals()
        for column in 0..<width {
            var (points, commas, signs, unclear) = (true, true, false, false)
            for row in rows.dropFirst() where column < row.count && (points || commas) {
                let cell = row[column]
                if cell.withUnsafeBufferPointer({ CellWords.isMissing($0) || CellWords.isInfinite($0) }) { continue }
                if cell.contains(UInt8(ascii: ",")) { (signs, unclear) = (true, true) }
                if cell.contains(UInt8(ascii: ".")) { signs = true }
                points = points && Self.reads(cell, .points)
                commas = commas && Self.reads(cell, .commas)
            }
            guard signs else { continue }
            if points && !commas { votes.points += 1 }
            if commas && !points { votes.commas += 1 }
            if points && commas && unclear { votes.unclearCommas += 1 }
        }
        return votes
    }

    private static func reads(_ cell: ArraySlice<UInt8>, _ form: NumberForm) -> Bool {
        cell.withUnsafeBufferPointer { NumberParsing.number(CellWords.trimmed($0), form) != nil }
    }
}
