// The YAML inside the blocks of report.md.
internal import Vocabulary

/// Reads one block.
struct ReportBlocks {
    let fence: Fence
    let names: ReportNames

    private var findings: Findings { names.findings }
    private var line: Int { fence.lines.lowerBound + 1 }
    private var place: Place { Place(line: line, column: fence.indent + 1) }

    /// The block, or nil when it has an error.
    func read() -> ReportPart? {
        let errors = findings.list.count { $0.severity == .error }
        let part = parse()
        return findings.list.count { $0.severity == .error } == errors ? part : nil
    }

    private func parse() -> ReportPart? {
        let before = findings.list.count
        guard let root = YAMLText.read(fence.content, from: Place(line: line + 1, column: fence.indent + 1), into: findings) else {
            if findings.list.count == before { findings.error(place, "the \(fence.word) block is empty", "write `\(fence.word == "metric" ? "name: " : "data: ")` and a name") }
            return nil
        }
        let keys = fence.word == "chart" ? ReportSource.chartKeys : fence.word == "table" ? ReportSource.tableKeys : ReportSource.metricKeys
        guard let reader = MappingReader(root, path: "", place: nil, example: "key: value", keys: KeyTable(keys), into: findings) else { return nil }
        let block = MappingReader(reader, place: place)
        switch fence.word {
        case "chart": return chart(block, root)
        case "table": return table(block)
        default: return metric(block)
        }
    }

    private func output(_ block: MappingReader) -> String? {
        if !block.has("data") {
            block.missing("data", write: "data: " + (names.outputs.first?.name ?? "forecast"))
            return nil
        }
        guard let name = block.text("data"), names.table(name, at: block.valuePlace("data")) else { return nil }
        return name
    }

    /// One column's name, or a list of them.
    private func columns(_ key: String, _ block: MappingReader, of output: String?) -> [String] {
        guard let node = block.entry(key)?.value else { return [] }
        let found: [Placed<String>]
        if node.items != nil {
            found = block.texts(key, example: "\(key): [month]")
        } else {
            found = block.text(key).map { [Placed(value: $0, place: node.place)] } ?? []
        }
        if let output { for item in found { names.column(item.value, of: output, at: item.place) } }
        return found.map(\.value)
    }

    private func column(_ key: String, _ block: MappingReader, of output: String?) -> String? {
        guard let name = block.text(key) else { return nil }
        if let output { names.column(name, of: output, at: block.valuePlace(key)) }
        return name
    }

    private func chart(_ block: MappingReader, _ root: YAMLNode) -> ReportPart? {
        let data = output(block)
        for (key, example) in [("type", "type: line"), ("x", "x: month"), ("y", "y: expected")] where !block.has(key) {
            block.missing(key, write: example)
        }
        let kind = block.choice("type", ChartBlock.Kind.self)
        LaterKeys.refuse(LaterKeys.chart, in: root, into: findings)
        let x = column("x", block, of: data)
        let y = columns("y", block, of: data)
        let band = columns("band", block, of: data)
        if block.has("band"), band.count != 2 { block.error("band", "`band` must name two columns, the low one and the high one", "write `band: [low, high]`") }
        if band.count == 2, y.count > 1 { block.error("band", "`band` needs one column under `y`, not \(y.count)", "write one column, or remove `band`") }
        let series = column("series", block, of: data)
        if series != nil, y.count > 1 { block.error("series", "`series` needs one column under `y`, not \(y.count)", "write one column, or remove `series`") }
        if block.entry("y")?.value.items?.isEmpty == true { block.error("y", "`y` is an empty list", "write at least one column") }
        let (title, unit) = (block.text("title"), block.text("unit"))
        let (xTitle, yTitle, description) = (block.text("x_title"), block.text("y_title"), block.text("description"))
        guard let data, let kind, let x, !y.isEmpty else { return nil }
        return .chart(
            ChartBlock(
                data: data, kind: kind, x: x, y: y, band: band.count == 2 ? .init(low: band[0], high: band[1]) : nil, series: series,
                title: title, unit: unit, xTitle: xTitle, yTitle: yTitle, description: description, line: line))
    }

    private func table(_ block: MappingReader) -> ReportPart? {
        let data = output(block)
        let shown = columns("columns", block, of: data)
        let rows = block.integer("rows", in: 1...100_000).map(Int.init)
        var sort: [TableBlock.Order] = []
        if let node = block.entry("sort")?.value {
            let written = node.items != nil ? block.texts("sort", example: "sort: -expected") : block.text("sort").map { [Placed(value: $0, place: node.place)] } ?? []
            for item in written {
                let descending = item.value.hasPrefix("-")
                let name = descending ? String(item.value.dropFirst()) : item.value
                if let data { names.column(name, of: data, at: item.place) }
                sort.append(.init(column: name, descending: descending))
            }
        }
        let (title, description) = (block.text("title"), block.text("description"))
        guard let data else { return nil }
        return .table(TableBlock(data: data, columns: shown, rows: rows, sort: sort, title: title, description: description, line: line))
    }

    private func metric(_ block: MappingReader) -> ReportPart? {
        if !block.has("name") { block.missing("name", write: "name: " + (names.definition.metrics.first?.name ?? "mape")) }
        guard let name = block.text("name") else { return nil }
        names.metric(name, at: block.valuePlace("name"))
        return .metric(MetricBlock(name: name, line: line))
    }
}

extension MappingReader {
    /// The same mapping, pointed at where its block begins.
    fileprivate init(_ other: MappingReader, place: Place) {
        self.init(path: other.path, entries: other.entries, place: place, keys: other.keys, findings: other.findings)
    }
}
