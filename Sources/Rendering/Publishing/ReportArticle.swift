// Makes the article of an edition: report.md with its charts, tables, measures and values, or a page made from the results alone.
package import Artifacts
import Defining
import Markup
import Vocabulary

/// The stored part of a report: no name of a person, no token and no clock in it.
package enum ReportArticle {
    /// Largest report.md.
    private static let mostText = TextFile.largest

    /// Renders the article of a run's results. `clock.now` is when the edition is made; its day is `{{edition.date}}`.
    ///
    /// What the writer should mend comes back as diagnostics, and as a note where the block or the value would stand. Throws when an artifact cannot be read.
    package static func render(_ material: ArticleMaterial, from artifacts: any ArtifactStore, clock: PageClock) async throws -> RenderedArticle {
        let headline = ArticleMeasure.headline(metrics: material.metrics, definition: material.definition)
        let text: String
        if let file = material.manifest.file("report.md"), file.bytes <= mostText {
            text = String(decoding: try await artifacts.read(file.sha256, limit: mostText), as: UTF8.self)
        } else {
            text = try await DefaultArticle.text(material, from: artifacts)
        }
        let path = material.path("report.md")
        let source = ReportSource.read(text, file: path, definition: material.definition, knownColumns: material.knownColumns)
        var wanted = ArticleValues.outputs(in: text)
        for part in source.parts {
            switch part {
            case .chart(let block): wanted.insert(block.data)
            case .table(let block): wanted.insert(block.data)
            case .metric, .markdown: break
            }
        }
        let tables = try await OutputTables(wanted, of: material, from: artifacts)
        let images = try await ArticleImages(in: text, file: "report.md", of: material, from: artifacts)
        var blocks = ArticleBlocks(material: material, tables: tables, file: path)
        for part in source.parts { blocks.add(part) }
        let values = ArticleValues(material: material, tables: tables, date: clock.date(clock.now, zone: material.definition.zone))
        let rendered = try markdown(text, blocks: blocks, values: values, images: images)
        let removed = rendered.removed.map {
            Diagnostic(.warning, file: path, line: $0.line, "\($0.what) cannot stand in a report and is left out")
        }
        return RenderedArticle(
            html: SafeHTML(trusted: images.placed(rendered.html.html)), headline: headline,
            diagnostics: source.diagnostics + tables.diagnostics + blocks.diagnostics + images.diagnostics + removed)
    }

    private static func markdown(
        _ text: String, blocks: ArticleBlocks, values: ArticleValues, images: ArticleImages
    ) throws -> RenderedMarkdown {
        var options = Markdown.Options()
        options.relativeImage = { images.address($0) }
        options.fence = { blocks.html(at: $0.line, language: $0.language) }
        options.value = { values.text($0) ?? "[no value: \($0)]" }
        return try ArticleText.render(text, options: options)
    }
}
