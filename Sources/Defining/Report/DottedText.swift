// Finds the dotted values of a Markdown text, and leaves code and formulas alone.
package import Vocabulary

/// Markdown with values in it.
package enum DottedText {
    /// A stretch of Markdown, or a value that stands between two.
    package enum Piece: Hashable, Sendable {
        case text(String)
        case value(DottedValue)
    }

    /// The text in pieces. What stands in code, in formulas or behind a backslash, and what names nothing, stays text.
    package static func pieces(_ text: String) -> [Piece] {
        let bytes = Array(text.utf8)
        var pieces: [Piece] = []
        var end = 0
        for found in DottedScanner.scan(text) {
            guard let value = DottedValue(found.inner) else { continue }
            if found.range.lowerBound > end { pieces.append(.text(String(decoding: bytes[end..<found.range.lowerBound], as: UTF8.self))) }
            pieces.append(.value(value))
            end = found.range.upperBound
        }
        if end < bytes.count { pieces.append(.text(String(decoding: bytes[end...], as: UTF8.self))) }
        return pieces
    }

    /// What is wrong with the values of a text whose first line has this number in its file. Columns are checked against
    /// `knownColumns` (headers by output), else loosely against those that the definition describes.
    package static func check(
        _ text: String, firstLine: Int, file: String, definition: JobDefinition, knownColumns: [String: [String]] = [:]
    ) -> [Diagnostic] {
        let findings = Findings(file: file)
        let names = ReportNames(definition: definition, knownColumns: knownColumns, findings: findings)
        for found in DottedScanner.scan(text) {
            let place = Place(line: found.line + firstLine - 1, column: found.column)
            guard let value = DottedValue(found.inner) else {
                findings.error(place, "\(quoted("{{" + found.inner + "}}")) names no value", suggestion(for: found.inner))
                continue
            }
            switch value {
            case .metric(let name): names.metric(name, at: place)
            case .parameter(let name): names.parameter(name, at: place)
            case .edition: break
            case .rows(let output): names.table(output, at: place)
            case .column(let output, let column, _): if names.table(output, at: place) { names.column(column, of: output, at: place) }
            }
        }
        return findings.list
    }

    private static func suggestion(for inner: String) -> String {
        let parts = inner.split(separator: ".").map(String.init)
        switch parts.first {
        case "edition": return "write `edition.number` or `edition.date`"
        case "metric": return "write `metric.` and the name of a metric"
        case "parameter": return "write `parameter.` and the name of a parameter"
        case "output":
            let words = DottedValue.Reduction.allCases.map(\.rawValue)
            return "write `output.NAME.rows`, or `output.NAME.COLUMN.` and \(listed(words, last: "or"))"
        default:
            let near = parts.first.flatMap { Nearest.word(to: $0, among: ["metric", "parameter", "edition", "output"]) }
            return near.map { "did you mean \(quoted($0 + "." + parts.dropFirst().joined(separator: ".")))?" }
                ?? "begin it with `metric.`, `parameter.`, `edition.` or `output.`, or put a backslash before the braces"
        }
    }
}
