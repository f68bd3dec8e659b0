// The front matter of README.md: the YAML between two `---` lines, in which every key is welcome.
package import Vocabulary

/// What stands before the text of a model card.
package struct FrontMatter: Hashable, Sendable {
    /// A value as it was written: nothing is made of its type.
    package indirect enum Value: Hashable, Sendable {
        case text(String)
        case list([Value])
        case mapping([Entry])

        /// For a fact box: lists with commas, mappings as `key: value` with semicolons.
        package var displayed: String {
            switch self {
            case .text(let text): text
            case .list(let items): items.map(\.displayed).joined(separator: ", ")
            case .mapping(let entries): entries.map { "\($0.key): \($0.value.displayed)" }.joined(separator: "; ")
            }
        }
    }

    /// One key with its value.
    package struct Entry: Hashable, Sendable {
        package let key: String
        package let value: Value
        /// Line in the file, from 1.
        package let line: Int

        package init(key: String, value: Value, line: Int) {
            self.key = key
            self.value = value
            self.line = line
        }
    }

    /// In the order of the file, unknown keys too.
    package let entries: [Entry]
    /// The Markdown after the front matter.
    package let body: String
    /// Line in the file at which the body begins, from 1.
    package let bodyLine: Int

    package init(entries: [Entry], body: String, bodyLine: Int) {
        self.entries = entries
        self.body = body
        self.bodyLine = bodyLine
    }

    /// The value of a key.
    package func value(_ key: String) -> Value? { entries.first { $0.key == key }?.value }

    /// Splits a card into front matter and text. Front matter that is not YAML is a diagnostic, and the card then has none.
    package static func read(_ text: String, file: String) -> (FrontMatter, [Diagnostic]) {
        let findings = Findings(file: file)
        let text = SourceText.normalised(text)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, isFence(first, "---") else { return (FrontMatter(entries: [], body: text, bodyLine: 1), []) }
        guard let end = lines.indices.dropFirst().first(where: { isFence(lines[$0], "---") || isFence(lines[$0], "...") }) else {
            findings.error(Place(line: 1, column: 1), "the front matter is never closed", "end it with a line `---`")
            return (FrontMatter(entries: [], body: text, bodyLine: 1), findings.list)
        }
        let yaml = lines[1..<end].joined(separator: "\n") + "\n"
        let body = lines[(end + 1)...].joined(separator: "\n")
        let root = YAMLText.read(yaml, from: Place(line: 2, column: 1), into: findings)
        if let root, root.entries == nil {
            findings.error(root.place, "the front matter must hold `key: value` pairs, not \(root.words)", "write it like `license: mit`")
        }
        return (FrontMatter(entries: entries(root?.entries ?? []), body: body, bodyLine: end + 2), findings.list)
    }

    private static func isFence(_ line: Substring, _ mark: String) -> Bool {
        line.hasPrefix(mark) && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" }
    }

    private static func entries(_ list: [YAMLEntry]) -> [Entry] {
        list.map { Entry(key: $0.key, value: value($0.value), line: $0.place.line) }
    }

    private static func value(_ node: YAMLNode) -> Value {
        switch node.content {
        case .scalar(let scalar): .text(scalar.value == .null ? "" : scalar.text)
        case .sequence(let items): .list(items.map(value))
        case .mapping(let entries): .mapping(self.entries(entries))
        }
    }
}
