// A report.md for a job that has none: its measures, a chart guessed from the columns, its tables and pictures.
import Artifacts
import Tables
import Vocabulary

/// Writes the report that the results alone make.
enum DefaultArticle {
    /// Tables that are shown; the others are only files.
    private static let mostTables = 3
    /// Rows of each.
    private static let tableRows = 20
    /// Measures at the top.
    private static let mostMeasures = 6

    /// The text, in the form that people write.
    static func text(_ material: ArticleMaterial, from artifacts: any ArtifactStore) async throws -> String {
        let order = Dictionary(material.definition.outputs.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        let outputs = material.outputs.filter { $0.declared && order[$0.name] != nil }.sorted { order[$0.name, default: 0] < order[$1.name, default: 0] }
        let csv = outputs.filter { $0.ending == "csv" }.prefix(mostTables)
        let tables = try await OutputTables(Set(csv.map(\.name)), of: material, from: artifacts)
        var text = ""
        let reported = Set(material.metrics.filter { $0.slice == nil }.map(\.name))
        for metric in material.definition.metrics.filter({ reported.contains($0.name) }).prefix(mostMeasures) {
            text += "```metric\nname: \(metric.name)\n```\n\n"
        }
        for (place, output) in csv.enumerated() {
            guard let table = tables[output.name] else { continue }
            let definition = material.definition.output(output.name)
            text += "## \(plain(definition?.title ?? ArticleChart.spoken(output.name)))\n\n"
            if let words = definition?.description { text += "\(plain(words))\n\n" }
            if place == 0, let chart = guess(table, of: output.name) { text += chart }
            text += "```table\ndata: \(output.name)\nrows: \(tableRows)\n```\n\n"
        }
        for output in outputs where ArticleImages.endings.contains(output.ending) {
            let definition = material.definition.output(output.name)
            let title = definition?.title ?? ArticleChart.spoken(output.name)
            text += "## \(plain(title))\n\n![\(plain(definition?.description ?? title))](\(output.fileName))\n\n"
        }
        return text.isEmpty ? "This report consists of files; they stand below.\n" : text
    }

    /// A line over the first column of days, times or years, or bars over the first column of few texts, as a block; nil when nothing suits.
    static func guess(_ table: Table, of output: String) -> String? {
        guard (2...5_000).contains(table.rows) else { return nil }
        let numbers = table.columns.filter { $0.numbers != nil && !CellText.isYears($0.name) }
        let time = table.columns.first { column in
            switch column.values {
            case .date, .datetime: true
            case .integer: CellText.isYears(column.name)
            case .number, .boolean, .text: false
            }
        }
        let text = table.columns.first { column in if case .text = column.values { table.rows <= 40 } else { false } }
        guard let x = time ?? text, let first = numbers.first(where: { $0.name != x.name }) else { return nil }
        func edge(_ names: Set<String>) -> String? { numbers.first { names.contains($0.name.lowercased()) && $0.name != first.name }?.name }
        var block = "```chart\ndata: \(output)\ntype: \(time == nil ? "bar" : "line")\nx: \(quoted(x.name))\ny: \(quoted(first.name))\n"
        if time != nil, let low = edge(["low", "lower"]), let high = edge(["high", "upper"]) {
            block += "band: [\(quoted(low)), \(quoted(high))]\n"
        }
        return block + "```\n\n"
    }

    /// A text as a YAML string in double quotes.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar.value < 32 ? " " : scalar)
        }
        return result + "\""
    }

    /// A text as one line of Markdown that means only itself.
    private static func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII, !(scalar.properties.isAlphabetic || (48...57).contains(scalar.value) || scalar.value <= 32) { result += "\\" }
            result.unicodeScalars.append(scalar.value < 32 ? " " : scalar)
        }
        return result
    }
}
