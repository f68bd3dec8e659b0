// report.md in parts: Markdown, charts, tables and metrics.
package import Vocabulary

/// Reads report.md.
package enum ReportSource {
    /// Keys of the blocks, for reading and for documentation.
    package static let chartKeys = ["data", "type", "x", "y", "band", "series", "title", "unit", "x_title", "y_title", "description"]
    package static let tableKeys = ["data", "columns", "rows", "sort", "title", "description"]
    package static let metricKeys = ["name"]

    /// The parts of a report in their order, and what is wrong with it. `file` is the path that diagnostics show; `knownColumns` are the
    /// headers of the outputs where a run has left them, by output. A block with an error is left out of the parts.
    package static func read(
        _ text: String, file: String, definition: JobDefinition, knownColumns: [String: [String]] = [:]
    ) -> (parts: [ReportPart], diagnostics: [Diagnostic]) {
        let findings = Findings(file: file)
        let lines = SourceText.normalised(text).split(separator: "\n", omittingEmptySubsequences: false)
        let names = ReportNames(definition: definition, knownColumns: knownColumns, findings: findings)
        var parts: [ReportPart] = []
        var next = 0
        func markdown(upTo end: Int) {
            let stretch = lines[next..<end]
            if stretch.contains(where: { !$0.utf8.allSatisfy { $0 == 32 || $0 == 9 } }) {
                let text = stretch.joined(separator: "\n") + (end < lines.count ? "\n" : "")
                parts.append(.markdown(text, line: next + 1))
                findings.add(DottedText.check(text, firstLine: next + 1, file: file, definition: definition, knownColumns: knownColumns))
            }
        }
        for fence in FenceScanner.fences(in: lines) where ["chart", "table", "metric"].contains(fence.word) {
            markdown(upTo: fence.lines.lowerBound)
            next = fence.lines.upperBound
            if !fence.closed {
                findings.error(
                    Place(line: fence.lines.lowerBound + 1, column: fence.indent + 1), "the \(fence.word) block is never closed",
                    "end it with a line of the same three marks")
            }
            if let part = ReportBlocks(fence: fence, names: names).read() { parts.append(part) }
        }
        markdown(upTo: lines.count)
        return (parts, findings.sorted)
    }
}
