// The fields of a query or a form: flat names and values, so many and no more.

/// Names and values in the order in which they came.
struct Fields: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    init() {}

    /// The fields of `a=1&b=2`, or nil when there are more than `most`, or one is not UTF-8 or holds a NUL.
    init?(_ bytes: some Collection<UInt8>, most: Int) {
        if bytes.isEmpty { return }
        let parts = bytes.split(separator: UInt8(ascii: "&"), maxSplits: most, omittingEmptySubsequences: true)
        guard parts.count <= most else { return nil }
        for part in parts {
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            guard let name = PercentCoding.decode(part[..<(equals ?? part.endIndex)], plusIsSpace: true),
                let value = PercentCoding.decode(equals.map { part[part.index(after: $0)...] } ?? part[part.endIndex...], plusIsSpace: true),
                !name.utf8.contains(0), !value.utf8.contains(0)
            else { return nil }
            pairs.append((name, value))
        }
    }

    /// The first value of a name, or nil.
    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// The first value of a name without space round it, or nil when nothing is left.
    func text(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        let trimmed = value.drop(while: isSpace)
        let end = trimmed.lastIndex { !$0.isWhitespace }
        return end.map { String(trimmed[...$0]) }
    }
}
