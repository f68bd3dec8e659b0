// Reads one mapping key by key; whatever is wrong with a value becomes a diagnostic at its place.
internal import Vocabulary

/// A mapping of a YAML file with the keys it may have. Each reading function answers nil when the key is absent or its value is wrong,
/// and has then written down why.
struct MappingReader {
    /// Path of the mapping in the key table; empty for the file itself.
    let path: String
    let entries: [YAMLEntry]
    /// Where the mapping stands: its key, or its beginning.
    let place: Place
    let keys: KeyTable
    let findings: Findings

    /// Nil, with a diagnostic, when `node` is not a mapping. Unknown keys are written down at once.
    init?(_ node: YAMLNode, path: String, place: Place? = nil, example: String? = nil, keys: KeyTable, into findings: Findings) {
        guard let entries = node.entries else {
            let name = path.split(separator: ".").last { $0 != "*" }.map { quoted(String($0)) } ?? "the file"
            findings.error(
                place ?? node.place, "\(name) must hold `key: value` pairs here, not \(node.words)", example.map { "write `\($0)`" })
            return nil
        }
        self.init(path: path, entries: entries, place: place ?? node.place, keys: keys, findings: findings)
        reportUnknown()
    }

    init(path: String, entries: [YAMLEntry], place: Place, keys: KeyTable, findings: Findings) {
        self.path = path
        self.entries = entries
        self.place = place
        self.keys = keys
        self.findings = findings
    }

    private func reportUnknown() {
        let known = keys.keys(under: path)
        for entry in entries where !known.contains(entry.key) {
            let message = "unknown key \(quoted(entry.key))"
            if let near = Nearest.word(to: entry.key, among: known) {
                findings.error(entry.place, message, "did you mean \(quoted(near))?")
            } else if let home = keys.home(of: entry.key), !path.split(separator: ".").contains(Substring(home)) {
                findings.error(entry.place, message, "\(quoted(entry.key)) belongs under \(quoted(home))")
            } else {
                findings.error(entry.place, message, "the keys here are \(listed(known))")
            }
        }
    }

    func entry(_ key: String) -> YAMLEntry? { entries.first { $0.key == key } }
    func has(_ key: String) -> Bool { entry(key) != nil }
    /// Where to point when a key's value is meant; the mapping when the key is absent.
    func valuePlace(_ key: String) -> Place { entry(key)?.value.place ?? place }
    func path(of key: String) -> String { path.isEmpty ? key : path + "." + key }

    func error(_ key: String, _ message: String, _ suggestion: String? = nil) { findings.error(valuePlace(key), message, suggestion) }
    func warn(_ key: String, _ message: String, _ suggestion: String? = nil) { findings.warn(valuePlace(key), message, suggestion) }

    /// Writes down that a key is missing, with what to write.
    func missing(_ key: String, write: String) { findings.error(place, "the key \(quoted(key)) is missing", "write `\(write)`") }

    // MARK: Scalars

    /// Text that is not empty; numbers and true or false are refused, because they may read differently than they were written.
    func text(_ key: String) -> String? { entry(key).flatMap { readText($0.value, of: key) } }

    /// Text that a rule holds for.
    func text(_ key: String, rule: TextRule) -> String? {
        guard let text = text(key) else { return nil }
        guard let broken = rule(text) else { return text }
        error(key, broken.message, broken.suggestion)
        return nil
    }

    func readText(_ node: YAMLNode, of key: String) -> String? {
        guard let scalar = node.scalar else { return wrong(node, key, "text", nil) }
        switch scalar.value {
        case .text(let text):
            let trimmed = text.trimmingBlanks()
            return trimmed.isEmpty ? wrong(node, key, "text", nil, found: "an empty text") : trimmed
        case .null: return wrong(node, key, "text", nil)
        case .boolean, .integer, .number: return wrong(node, key, "text", "write `\"\(scalar.text)\"` with quotation marks")
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int64> = .min ... .max) -> Int64? {
        guard let node = entry(key)?.value else { return nil }
        guard case .integer(let value)? = node.scalar?.value else { return wrong(node, key, "a whole number", nil) }
        guard range.contains(value) else {
            if range.upperBound == .max {
                return wrong(node, key, "a whole number that is at least \(range.lowerBound)", nil)
            }
            return wrong(node, key, "a whole number from \(range.lowerBound) to \(range.upperBound)", nil)
        }
        return value
    }

    func number(_ key: String) -> Double? {
        guard let node = entry(key)?.value else { return nil }
        switch node.scalar?.value {
        case .integer(let value)?: return Double(value)
        case .number(let value)? where value.isFinite: return value
        default: return wrong(node, key, "a number", numberSuggestion(node))
        }
    }

    private func numberSuggestion(_ node: YAMLNode) -> String? {
        guard case .text(let text)? = node.scalar?.value else { return nil }
        let dotted = text.replacing(",", with: ".")
        return Double(dotted) != nil ? "write `\(dotted)`" : nil
    }

    func span(_ key: String, positive: Bool = true) -> Span? {
        guard let node = entry(key)?.value else { return nil }
        switch node.scalar?.value {
        case .text(let text)?:
            if let span = Span(text), span.milliseconds > 0 || !positive { return span }
            return wrong(node, key, "a length of time", "write it like `90s`, `10m`, `2h` or `1h30m`")
        case .integer(let value)?: return wrong(node, key, "a length of time", "write `\(value)s` for seconds or `\(value)m` for minutes")
        default: return wrong(node, key, "a length of time", "write it like `90s`, `10m`, `2h` or `1h30m`")
        }
    }

    func byteCount(_ key: String) -> ByteCount? {
        guard let node = entry(key)?.value else { return nil }
        switch node.scalar?.value {
        case .text(let text)?: if let size = ByteCount(text), size.bytes > 0 { return size }
        case .integer(let value)? where value > 0: return ByteCount(value)
        default: break
        }
        return wrong(node, key, "a number of bytes", "write it like `500MB` or `2GiB`")
    }

    /// One of the words of a type.
    func choice<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) -> Word? where Word.RawValue == String {
        guard let node = entry(key)?.value else { return nil }
        let words = Word.allCases.map(\.rawValue)
        guard case .text(let text)? = node.scalar?.value else { return wrong(node, key, "one of the words \(listed(words, last: "or"))", nil) }
        if let word = Word(rawValue: text) { return word }
        findings.error(
            node.place, "\(quoted(text)) is not known for \(quoted(key))",
            Nearest.word(to: text, among: words).map { "did you mean \(quoted($0))?" } ?? "write \(listed(words, last: "or"))")
        return nil
    }

    /// Writes down what a value must be; always nil.
    @discardableResult
    func wrong<Value>(_ node: YAMLNode, _ key: String, _ expected: String, _ suggestion: String?, found: String? = nil) -> Value? {
        findings.error(node.place, "\(quoted(key)) must be \(expected), not \(found ?? node.words)", suggestion)
        return nil
    }
}

extension String {
    /// The text without spaces, tabs and line breaks at both ends.
    func trimmingBlanks() -> String {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\t" }
        guard let first = firstIndex(where: { !blank($0) }), let last = lastIndex(where: { !blank($0) }) else { return "" }
        return String(self[first...last])
    }
}
