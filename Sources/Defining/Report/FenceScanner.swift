// Finds the fenced blocks of a Markdown text by CommonMark's rules.

/// A fenced block (CommonMark 0.31, section 4.5).
struct Fence {
    /// First word of the info string: the language.
    let word: String
    /// Lines of the text from 0: the opening fence, and the one after the closing fence.
    let lines: Range<Int>
    /// Whether a closing fence stands there.
    let closed: Bool
    /// Spaces before the opening fence, which are taken off each line inside.
    let indent: Int
    /// What stands between the fences.
    let content: String
}

/// Reads fences.
enum FenceScanner {
    /// The top-level fenced blocks of a text that was split at `\n`.
    static func fences(in lines: [Substring]) -> [Fence] {
        var fences: [Fence] = []
        var index = 0
        while index < lines.count {
            guard let open = opening(lines[index]) else { index += 1; continue }
            var end = index + 1
            while end < lines.count, !closes(lines[end], open) { end += 1 }
            let closed = end < lines.count
            let content = lines[(index + 1)..<min(end, lines.count)].map { line in
                line.dropFirst(line.prefix(open.indent).prefix { $0 == " " }.count)
            }
            let after = min(end + 1, lines.count)
            fences.append(
                Fence(word: open.word, lines: index..<after, closed: closed, indent: open.indent, content: content.map { $0 + "\n" }.joined()))
            index = after
        }
        return fences
    }

    private struct Opening {
        let mark: Character
        let length: Int
        let indent: Int
        let word: String
    }

    private static func opening(_ line: Substring) -> Opening? {
        let indent = line.prefix { $0 == " " }.count
        let rest = line.dropFirst(indent)
        guard indent <= 3, let mark = rest.first, mark == "`" || mark == "~" else { return nil }
        let length = rest.prefix { $0 == mark }.count
        let info = rest.dropFirst(length)
        guard length >= 3, mark == "~" || !info.contains("`") else { return nil }
        let word = info.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
        return Opening(mark: mark, length: length, indent: indent, word: String(word))
    }

    private static func closes(_ line: Substring, _ open: Opening) -> Bool {
        let indent = line.prefix { $0 == " " }.count
        let rest = line.dropFirst(indent)
        let length = rest.prefix { $0 == open.mark }.count
        return indent <= 3 && length >= open.length && rest.dropFirst(length).allSatisfy { $0 == " " || $0 == "\t" }
    }
}
