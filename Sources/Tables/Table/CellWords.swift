// Words in cells that are not text: what stands for nothing, for infinity, for yes and no.

enum CellWords {
    /// A cell without the blanks around it.
    @inline(__always)
    static func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard let first = cell.first, first <= 32 || cell[cell.count - 1] <= 32 else { return cell }
        var (start, end) = (0, cell.count)
        while start < end, cell[start] <= 32 { start += 1 }
        while end > start, cell[end - 1] <= 32 { end -= 1 }
        return UnsafeBufferPointer(rebasing: cell[start..<end])
    }

    /// Whether a cell stands for nothing in a column of any type: nothing, `NA`, `NaN`, `NULL`, `N/A` and how programs write them.
    @inline(__always)
    static func isMissing(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard cell.count <= 4 else { return false }
        guard let first = cell.first else { return true }
        // Most short cells are numbers.
        return first &- 48 >= 10 && isMissingWord(cell)
    }

    private static func isMissingWord(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        switch cell.count {
        case 2: has(cell, "NA") || has(cell, "\\N")
        case 3: has(cell, "NaN") || has(cell, "nan") || has(cell, "N/A") || has(cell, "n/a")
        case 4: has(cell, "NULL") || has(cell, "null") || has(cell, "#N/A")
        default: false
        }
    }

    /// Whether a cell stands for nothing among values, though it is a text among texts: blanks, and a hyphen.
    @inline(__always)
    static func isBlankValue(_ trimmed: UnsafeBufferPointer<UInt8>) -> Bool {
        trimmed.isEmpty || trimmed.count == 1 && trimmed[0] == UInt8(ascii: "-") || isMissing(trimmed)
    }

    /// Infinite values belong to a column of numbers, and are shown as missing.
    static func isInfinite(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (3...9).contains(cell.count) else { return false }
        var start = 0
        if cell[0] == UInt8(ascii: "-") || cell[0] == UInt8(ascii: "+") { start = 1 }
        let word = UnsafeBufferPointer(rebasing: cell[start...])
        return has(word, "Inf") || has(word, "inf") || has(word, "Infinity") || has(word, "infinity")
    }

    /// Yes or no, or nil.
    static func boolean(_ cell: UnsafeBufferPointer<UInt8>) -> Bool? {
        switch cell.count {
        case 2: has(cell, "no") || has(cell, "No") || has(cell, "NO") ? false : nil
        case 3: has(cell, "yes") || has(cell, "Yes") || has(cell, "YES") ? true : nil
        case 4: has(cell, "true") || has(cell, "TRUE") || has(cell, "True") ? true : nil
        case 5: has(cell, "false") || has(cell, "FALSE") || has(cell, "False") ? false : nil
        default: nil
        }
    }

    private static func has(_ cell: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
        guard cell.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<cell.count where cell[index] != word.utf8Start[index] { return false }
        return true
    }
}
