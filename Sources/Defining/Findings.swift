// Where a reading writes down what is wrong, so that everything is told at once.
internal import Vocabulary

/// The diagnostics of one file while it is read. A class, because the readers of nested mappings write into one list.
final class Findings {
    /// Path as a person would open it.
    let file: String
    private(set) var list: [Diagnostic] = []

    init(file: String) { self.file = file }

    /// Whether something stands there that keeps the file from being used.
    var hasErrors: Bool { list.contains { $0.severity == .error } }

    func error(_ place: Place?, _ message: String, _ suggestion: String? = nil) {
        list.append(Diagnostic(.error, file: file, line: place?.line, column: place?.column, message, suggestion: suggestion))
    }

    func warn(_ place: Place?, _ message: String, _ suggestion: String? = nil) {
        list.append(Diagnostic(.warning, file: file, line: place?.line, column: place?.column, message, suggestion: suggestion))
    }

    func add(_ more: [Diagnostic]) { list.append(contentsOf: more) }

    /// The list in the order of the file, the whole file's first; equal ones once.
    var sorted: [Diagnostic] { Findings.sorted(list) }

    /// Diagnostics by file, line and column, in which those of one place keep their order; equal ones once.
    static func sorted(_ list: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        let single = list.filter { seen.insert($0).inserted }
        return single.enumerated().sorted { left, right in
            let (one, two) = (left.element, right.element)
            if one.file != two.file { return one.file < two.file }
            return (one.line ?? 0, one.column ?? 0, left.offset) < (two.line ?? 0, two.column ?? 0, right.offset)
        }.map(\.element)
    }
}

/// A place in a text file, counted from 1.
struct Place: Hashable, Sendable {
    let line: Int
    let column: Int
}

/// A text as it may stand in a diagnostic: one line, at most sixty characters, without control characters.
func quoted(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for (count, scalar) in text.unicodeScalars.enumerated() {
        if count == 60 {
            shown.append("…")
            break
        }
        let control = scalar.value < 32 || (127...159).contains(scalar.value) || (0x2028...0x202E).contains(scalar.value)
        shown.append(control || scalar == "`" ? " " : scalar)
    }
    return "`\(String(shown))`"
}

/// Names as a sentence lists them: `a`, `b` and `c`.
func listed(_ names: [String], last word: String = "and") -> String {
    let all = names.map { quoted($0) }
    guard all.count > 1, let last = all.last else { return all.first ?? "" }
    return all.dropLast().joined(separator: ", ") + " \(word) " + last
}
