// The blocks of a report.md, rendered before the text that they stand in.
import Defining
import Markup
import Tables
import Vocabulary

/// HTML for the charts, tables and measures of a report, by the line of their fences.
struct ArticleBlocks: Sendable {
    private(set) var diagnostics: [Diagnostic] = []
    private var rendered: [Int: SafeHTML] = [:]
    private let material: ArticleMaterial
    private let tables: OutputTables
    private let file: String

    init(material: ArticleMaterial, tables: OutputTables, file: String) {
        self.material = material
        self.tables = tables
        self.file = file
    }

    /// Renders a block; what cannot be shown is a note for the reader and a diagnostic for the writer.
    mutating func add(_ part: ReportPart) {
        switch part {
        case .markdown: break
        case .chart(let block):
            let id = "line-\(block.line)"
            show(block.data, line: block.line, what: "chart") { table, output, definition throws(BlockProblem) in
                try ArticleChart.figure(block, table: table, output: output, definition: definition, id: id)
            }
        case .table(let block):
            show(block.data, line: block.line, what: "table") { table, output, definition throws(BlockProblem) in
                try ArticleTable.html(block, table: table, output: output, definition: definition)
            }
        case .metric(let block):
            if let html = ArticleMeasure.html(block.name, metrics: material.metrics, definition: material.definition) {
                rendered[block.line] = SafeHTML(trusted: html)
            } else {
                fail("measure", BlockProblem("the run did not report \(block.name)"), line: block.line)
            }
        }
    }

    /// The HTML in place of a fence, or nil for code; a block that could not be read is a note.
    func html(at line: Int, language: String) -> SafeHTML? {
        if let html = rendered[line] { return html }
        guard ["chart", "table", "metric"].contains(language) else { return nil }
        return Self.note("This \(language == "metric" ? "measure" : language) cannot be shown: its description has a mistake.")
    }

    private mutating func show(
        _ data: String, line: Int, what: String, _ body: (Table, Output, OutputDefinition?) throws(BlockProblem) -> String
    ) {
        guard let output = material.output(data), let table = tables[data] else {
            fail(what, BlockProblem("the run left no table \(data)"), line: line)
            return
        }
        do throws(BlockProblem) {
            rendered[line] = SafeHTML(trusted: try body(table, output, material.definition.output(data)))
        } catch {
            fail(what, error, line: line)
        }
    }

    private mutating func fail(_ what: String, _ problem: BlockProblem, line: Int) {
        diagnostics.append(Diagnostic(.warning, file: file, line: line, problem.message))
        rendered[line] = Self.note("This \(what) cannot be shown: \(problem.message).")
    }

    private static func note(_ text: String) -> SafeHTML {
        SafeHTML(trusted: "<p class=\"note-block\">") + SafeHTML(escaping: text) + SafeHTML(trusted: "</p>")
    }
}
