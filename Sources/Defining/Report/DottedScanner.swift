// Walks over Markdown and finds double braces outside code and formulas.

/// Finds `{{…}}` in Markdown.
struct DottedScanner {
    /// One pair of double braces.
    struct Found {
        /// Bytes of the whole, braces included.
        let range: Range<Int>
        /// What stands between the braces, without blanks at its ends.
        let inner: String
        /// From 1, in the text.
        let line: Int
        /// From 1, in characters.
        let column: Int
    }

    private let bytes: [UInt8]
    private var found: [Found] = []

    /// Every pair of double braces that is not in a fenced or indented code block, a code span or a formula.
    static func scan(_ text: String) -> [Found] {
        guard text.utf8.contains(123) else { return [] }
        var scanner = DottedScanner(bytes: Array(text.utf8))
        scanner.blocks(text)
        return scanner.found
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func blocks(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var fenced: Set<Int> = []
        for fence in FenceScanner.fences(in: lines) { fenced.formUnion(fence.lines) }
        var offset = 0
        var paragraph: (start: Int, line: Int)?
        var inList = false
        var afterBlank = true
        for (index, line) in lines.enumerated() {
            let blank = line.utf8.allSatisfy { $0 == 32 || $0 == 9 }
            let indented = line.hasPrefix("    ") || line.hasPrefix("\t")
            let code = indented && afterBlank && !inList
            if blank || fenced.contains(index) || code {
                if let start = paragraph { inline(start.start..<offset, line: start.line) }
                paragraph = nil
                afterBlank = true
            } else {
                if paragraph == nil { paragraph = (offset, index + 1) }
                if !indented { inList = DottedScanner.isListItem(line) || inList && line.hasPrefix(" ") }
                afterBlank = false
            }
            offset += line.utf8.count + 1
        }
        if let start = paragraph { inline(start.start..<bytes.count, line: start.line) }
    }

    private static func isListItem(_ line: Substring) -> Bool {
        let rest = line.drop { $0 == " " }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let mark = rest.dropFirst(digits.count).first
        let bullet = digits.isEmpty ? mark == "-" || mark == "*" || mark == "+" : mark == "." || mark == ")"
        let after = rest.dropFirst(digits.count + 1).first
        return bullet && (after == nil || after == " " || after == "\t")
    }

    /// Scans one paragraph. What has no end is remembered, so that a text full of beginnings costs no more than its length.
    private mutating func inline(_ range: Range<Int>, line firstLine: Int) {
        var index = range.lowerBound
        var (line, column) = (firstLine, 1)
        var unclosedRuns: Set<Int> = []
        var (noSingle, noDouble, noBraceBefore, lineEnd) = (false, false, 0, range.lowerBound)
        func moved(to end: Int) {
            while index < end {
                if bytes[index] == 10 { (line, column) = (line + 1, 1) } else if bytes[index] & 0xC0 != 0x80 { column += 1 }
                index += 1
            }
        }
        while index < range.upperBound {
            switch bytes[index] {
            case 92: moved(to: min(index + (index + 2 < range.upperBound && bytes[index + 1] == 123 && bytes[index + 2] == 123 ? 3 : 2), range.upperBound))
            case 96:
                let length = run(of: 96, at: index, before: range.upperBound)
                if !unclosedRuns.contains(length), let end = closingRun(length, after: index + length, before: range.upperBound) {
                    moved(to: end)
                } else {
                    unclosedRuns.insert(length)
                    moved(to: index + length)
                }
            case 36:
                let double = index + 1 < range.upperBound && bytes[index + 1] == 36
                if let end = formulaEnd(at: index, double: double, before: range.upperBound, &noSingle, &noDouble) {
                    moved(to: end)
                } else {
                    moved(to: index + (double ? 2 : 1))
                }
            case 123 where index + 1 < range.upperBound && bytes[index + 1] == 123 && index >= noBraceBefore:
                if lineEnd <= index { lineEnd = bytes[index..<range.upperBound].firstIndex(of: 10) ?? range.upperBound }
                guard let close = closingBraces(after: index + 2, before: lineEnd) else {
                    noBraceBefore = lineEnd
                    moved(to: index + 2)
                    continue
                }
                let inner = String(decoding: bytes[(index + 2)..<close], as: UTF8.self).trimmingBlanks()
                found.append(Found(range: index..<(close + 2), inner: inner, line: line, column: column))
                moved(to: close + 2)
            default: moved(to: index + 1)
            }
        }
    }

    private func run(of byte: UInt8, at index: Int, before end: Int) -> Int {
        var length = 0
        while index + length < end, bytes[index + length] == byte { length += 1 }
        return length
    }

    private func closingRun(_ length: Int, after start: Int, before end: Int) -> Int? {
        var index = start
        while index < end {
            guard bytes[index] == 96 else { index += 1; continue }
            let found = run(of: 96, at: index, before: end)
            index += found
            if found == length { return index }
        }
        return nil
    }

    /// The end of a formula that begins here. A single `$` opens before no blank, and closes after no blank and before no digit, so that
    /// amounts of money are not formulas (as Pandoc reads it).
    private func formulaEnd(at index: Int, double: Bool, before end: Int, _ noSingle: inout Bool, _ noDouble: inout Bool) -> Int? {
        if double {
            guard !noDouble else { return nil }
            var close = index + 2
            while close + 1 < end {
                if bytes[close] == 36, bytes[close + 1] == 36 { return close + 2 }
                close += 1
            }
            noDouble = true
            return nil
        }
        guard !noSingle, index + 1 < end, bytes[index + 1] > 32 else { return nil }
        var close = index + 2
        while close < end {
            let digitAfter = close + 1 < end && (48...57).contains(bytes[close + 1])
            if bytes[close] == 36, bytes[close - 1] > 32, bytes[close - 1] != 92, !digitAfter { return close + 1 }
            close += 1
        }
        noSingle = true
        return nil
    }

    private func closingBraces(after start: Int, before end: Int) -> Int? {
        var index = start
        while index + 1 < end {
            if bytes[index] == 125, bytes[index + 1] == 125 { return index }
            index += 1
        }
        return nil
    }
}
