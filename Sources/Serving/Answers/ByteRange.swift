// `Range` of one part, as RFC 9110 section 14 says.

enum ByteRange: Equatable {
    /// No range, several, or one that cannot be read: the whole is sent.
    case whole
    case part(Range<Int64>)
    /// Asked for bytes that are not there: 416.
    case unsatisfiable

    /// What a `Range` header asks of a file of `length` bytes.
    init(_ header: String?, length: Int64) {
        self = .whole
        guard let header, header.lowercased().hasPrefix("bytes=") else { return }
        let spec = header.dropFirst(6).filter { $0 != " " && $0 != "\t" }
        let ends = spec.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, let first = ByteRange.number(ends[0]), let last = ByteRange.number(ends[1]) else { return }
        switch (first, last) {
        case (nil, nil): return
        case (nil, .some(let count)):
            self = count == 0 || length == 0 ? .unsatisfiable : .part(max(0, length - count)..<length)
        case (.some(let start), let end):
            if let end, end < start { return }
            self = start >= length ? .unsatisfiable : .part(start..<(end.map { min($0, length - 1) + 1 } ?? length))
        }
    }

    /// `.some(nil)` for nothing, nil for what is not a number; a number beyond Int64 is as large as can be.
    private static func number(_ text: Substring) -> Int64?? {
        if text.isEmpty { return .some(nil) }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return .some(Int64(text).map { min($0, Int64.max - 1) } ?? Int64.max - 1)
    }
}
