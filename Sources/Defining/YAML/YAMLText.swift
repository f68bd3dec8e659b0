// YAML as Almanac reads it: one document, no aliases, YAML 1.2 core, everything with its place. The only file that knows Yams.
internal import Vocabulary
internal import Yams

/// Reads YAML into nodes.
enum YAMLText {
    /// Bytes of the largest YAML text that is read.
    static let largest = 256 << 10
    /// Stands before a key that was already there, so that the rest can be read; a private-use character, refused in what people write.
    private static let repeated = "\u{E000}"

    /// The document in `text`, whose line breaks are `\n`, or nil: empty (without a diagnostic) or not readable (with one). A text that
    /// stands inside another file says where it begins.
    static func read(_ text: String, from start: Place = Place(line: 1, column: 1), into findings: Findings) -> YAMLNode? {
        func place(_ line: Int, _ column: Int) -> Place { Place(line: line + start.line - 1, column: max(1, column) + start.column - 1) }
        guard text.utf8.count <= largest else {
            findings.error(start, "the text is larger than 256 KiB", "keep data in files of their own")
            return nil
        }
        if let odd = firstOdd(text) {
            findings.error(place(odd.line, odd.column), "a character that YAML does not allow stands here", "remove it")
            return nil
        }
        let problems = YAMLScan.problems(in: text)
        for problem in problems { findings.error(place(problem.place.line, problem.place.column), problem.message, problem.suggestion) }
        guard problems.isEmpty else { return nil }
        return parse(text, place, findings)
    }

    private static func parse(_ text: String, _ place: (Int, Int) -> Place, _ findings: Findings) -> YAMLNode? {
        var text = text
        for _ in 0..<20 {
            do {
                let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
                let root = try parser.singleRoot()
                // Yams forgets anchors when its parser goes, so it stays until the tree has been copied.
                return withExtendedLifetime(parser) { root.flatMap { node($0, key: nil, place, findings) } }
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let first = context.mark
                guard let key = keys.first, let again = nextKey(key, after: first, in: text) else {
                    findings.error(place(first.line, first.column), "the key \(quoted(keys.first ?? "")) stands here twice", "keep one of them")
                    return nil
                }
                findings.error(
                    place(again.line, again.column), "the key \(quoted(key)) already stands in line \(place(first.line, 1).line)",
                    "keep one of them")
                text = mark(again, in: text)
            } catch {
                report(error, place, findings)
                return nil
            }
        }
        return nil
    }

    private static func node(_ node: Node, key: Place?, _ place: (Int, Int) -> Place, _ findings: Findings) -> YAMLNode? {
        var here = node.mark.map { place($0.line, $0.column) } ?? place(1, 1)
        if node.anchor != nil { findings.error(here, "anchors (`&name`) are refused", "write the value out") }
        switch node {
        case .scalar(let scalar):
            let style: YAMLScalar.Style =
                switch scalar.style {
                case .plain, .any: .plain
                case .singleQuoted, .doubleQuoted: .quoted
                case .literal, .folded: .block
                }
            if style == .plain, scalar.string.isEmpty, let key { here = key }
            return YAMLNode(content: .scalar(YAMLScalar(text: scalar.string, style: style)), place: here)
        case .sequence(let items):
            return YAMLNode(content: .sequence(items.compactMap { self.node($0, key: nil, place, findings) }), place: here)
        case .mapping(let pairs):
            var entries: [YAMLEntry] = []
            for (key, value) in pairs {
                let keyPlace = key.mark.map { place($0.line, $0.column) } ?? here
                guard case .scalar(let name) = key else {
                    findings.error(keyPlace, "a key must be a word", "write `name: value`")
                    continue
                }
                if name.string.hasPrefix(repeated) { continue }
                guard let value = self.node(value, key: keyPlace, place, findings) else { continue }
                entries.append(YAMLEntry(key: name.string, place: keyPlace, value: value))
            }
            return YAMLNode(content: .mapping(entries), place: here)
        case .alias: return nil
        }
    }

    private static func report(_ error: any Error, _ place: (Int, Int) -> Place, _ findings: Findings) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _), YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let opened = context.map { place($0.mark.line, $0.mark.column) }
            let (message, suggestion) = YAMLWords.explain(problem, context: context?.text, openedIn: opened?.line)
            // An open quotation is mended where it begins, not at the end of the file.
            let end = problem == "found unexpected end of stream"
            findings.error(end ? opened : place(mark.line, mark.column), message, suggestion)
        default: findings.error(place(1, 1), "this is not YAML", "see https://yaml.org")
        }
    }

    /// The first character that cannot stand in YAML, or that libyaml would count as a line break where editors do not.
    private static func firstOdd(_ text: String) -> Place? {
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 10: (line, column) = (line + 1, 0)
            case 9: break
            case 0..<32, 127...159, 0x2028, 0x2029, 0xE000, 0xFEFF, 0xFFFE, 0xFFFF: return Place(line: line, column: column)
            default: break
            }
            column += 1
        }
        return nil
    }

    /// Where a key stands again in the same column below, or later in the same line.
    private static func nextKey(_ key: String, after first: Mark, in text: String) -> Place? {
        let wanted = Array(key.unicodeScalars)
        for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().dropFirst(first.line - 1) {
            let scalars = Array(line.unicodeScalars)
            let columns = offset == first.line - 1 ? Array(first.column..<max(first.column, scalars.count)) : [first.column - 1]
            for column in columns where column + wanted.count < scalars.count {
                let before = column == 0 ? " " : scalars[column - 1]
                guard before == " " || before == "{" || before == ",", scalars[column..<(column + wanted.count)].elementsEqual(wanted) else { continue }
                let rest = scalars[(column + wanted.count)...].drop { $0 == " " }
                if rest.first == ":" { return Place(line: offset + 1, column: column + 1) }
            }
        }
        return nil
    }

    /// The text with the first character of a key made private, so that the key is another one of the same length.
    private static func mark(_ place: Place, in text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var scalars = Array(lines[place.line - 1].unicodeScalars)
        scalars[place.column - 1] = "\u{E000}"
        var line = String.UnicodeScalarView()
        line.append(contentsOf: scalars)
        lines[place.line - 1] = String(line)
        return lines.joined(separator: "\n")
    }
}
