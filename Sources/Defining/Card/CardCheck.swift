// What a model card still lacks.
package import Vocabulary

/// The completeness of a card: never an error, for a card grows.
package struct CardCheck: Hashable, Sendable {
    /// A part that every card should have.
    package enum Section: String, Hashable, Sendable, CaseIterable {
        case intendedUse = "Intended use"
        case limitations = "Limitations"
        case data = "Data"
        case evaluation = "Evaluation"

        /// Words in a heading that mean the section, as Hugging Face's template and others write them.
        fileprivate var words: [String] {
            switch self {
            case .intendedUse: ["use", "uses", "usage", "purpose"]
            case .limitations: ["limitation", "limitations", "limits", "risks", "bias", "biases", "caveats"]
            case .data: ["data", "dataset", "datasets"]
            case .evaluation: ["evaluation", "performance", "metrics", "results", "accuracy"]
            }
        }
    }

    /// Sections that have no heading, or nothing below it.
    package let missing: [Section]
    /// Lines of the file on which `[More Information Needed]` still stands.
    package let unfilled: [Int]
    /// Whether the front matter names a licence.
    package let hasLicense: Bool

    /// Whether nothing is missing.
    package var isComplete: Bool { missing.isEmpty && unfilled.isEmpty && hasLicense }

    /// Looks a card over.
    package init(_ card: FrontMatter) {
        let lines = card.body.split(separator: "\n", omittingEmptySubsequences: false)
        var fenced: Set<Int> = []
        for fence in FenceScanner.fences(in: lines) { fenced.formUnion(fence.lines) }
        var filled: Set<Section> = []
        var open: [(level: Int, sections: [Section])] = []
        var unfilled: [Int] = []
        for (index, line) in lines.enumerated() {
            if line.lowercased().contains("[more information needed]") { unfilled.append(card.bodyLine + index); continue }
            if !fenced.contains(index), let heading = CardCheck.heading(lines, index) {
                open.removeAll { $0.level >= heading.level }
                open.append((heading.level, CardCheck.sections(in: heading.text)))
            } else if line.contains(where: { $0.isLetter || $0.isNumber }) {
                for item in open { filled.formUnion(item.sections) }
            }
        }
        missing = Section.allCases.filter { !filled.contains($0) }
        self.unfilled = unfilled
        hasLicense = card.value("license").map { !$0.displayed.isEmpty } ?? false
    }

    /// The same as warnings.
    package func diagnostics(file: String) -> [Diagnostic] {
        var list = missing.map { Diagnostic(.warning, file: file, "the card says nothing about \(quoted($0.rawValue))", suggestion: "write a section `## \($0.rawValue)`") }
        if !hasLicense { list.append(Diagnostic(.warning, file: file, "the front matter names no licence", suggestion: "write `license: ` and its name")) }
        list += unfilled.map { Diagnostic(.warning, file: file, line: $0, column: 1, "`[More Information Needed]` still stands here", suggestion: "write what is known, or that nothing is") }
        return list
    }

    /// The heading at a line: `## Text`, or a line that is underlined.
    private static func heading(_ lines: [Substring], _ index: Int) -> (level: Int, text: String)? {
        let line = lines[index]
        let level = line.prefix { $0 == "#" }.count
        if (1...6).contains(level), line.dropFirst(level).first == " " { return (level, String(line.dropFirst(level))) }
        guard index + 1 < lines.count, line.contains(where: \.isLetter) else { return nil }
        let under = String(lines[index + 1]).trimmingBlanks()
        guard under.utf8.count >= 3 else { return nil }
        return under.allSatisfy { $0 == "=" } ? (1, String(line)) : under.allSatisfy { $0 == "-" } ? (2, String(line)) : nil
    }

    private static func sections(in heading: String) -> [Section] {
        let words = heading.lowercased().split { !$0.isLetter }.map(String.init)
        return Section.allCases.filter { section in words.contains { section.words.contains($0) } }
    }
}
