// `outputs` and `metrics`: what a run gives.
internal import Vocabulary

extension JobFileReader {
    /// Endings that are read, checked and shown; others are kept as they are.
    static let recognised: Set<String> = ["csv", "html", "png", "svg", "pdf", "json", "ipynb", "xlsx", "parquet"]

    func readOutputs(_ owner: MappingReader) -> [OutputDefinition] {
        var seen: [String: String] = [:]
        return owner.namedMappings("outputs", example: "forecast: { path: forecast.csv }").compactMap { name, place, item in
            let columns = readColumns(item)
            let key = item.texts("key", example: "key: [month]").map(\.value)
            let csv = readFormat(item)
            guard item.has("path") else {
                findings.error(place, "the output \(quoted(name)) has no `path`", "write `path: \(name).csv`")
                return nil
            }
            guard let path = item.text("path") else { return OutputDefinition(name: name, path: "") }
            if let broken = Rules.insidePath(path) {
                item.error("path", broken.message, broken.suggestion)
            } else if let other = seen[path] {
                item.error("path", "\(quoted(name)) and \(quoted(other)) have the same path", "give each output its own file")
            }
            seen[path] = name
            checkEnding(path, item)
            return OutputDefinition(
                name: name, path: path, title: item.text("title"), description: item.text("description"), key: key, columns: columns, csv: csv)
        }
    }

    private func checkEnding(_ path: String, _ item: MappingReader) {
        let file = path.split(separator: "/").last.map(String.init) ?? ""
        let ending = file.contains(".") ? file.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
        if !JobFileReader.recognised.contains(ending) {
            item.warn(
                "path", "\(quoted(path)) has no ending that Almanac recognises, so it can only be downloaded",
                "use \(listed(JobFileReader.recognised.sorted().map { "." + $0 }, last: "or")) where it fits")
        }
        if ending != "csv" {
            for key in ["csv", "key", "columns"] where item.has(key) {
                item.warn(key, "`\(key)` only means something for a .csv file", "remove it")
            }
        }
    }

    private func readColumns(_ item: MappingReader) -> [OutputDefinition.Column] {
        guard let node = item.entry("columns")?.value, !node.isNull else { return [] }
        let example = "columns: { month: { title: Month } }"
        guard let entries = node.entries else {
            item.error("columns", "`columns` must hold named columns, not \(node.words)", "write `\(example)`")
            return []
        }
        return entries.map { entry in
            let node = entry.value.isNull ? YAMLNode(content: .mapping([]), place: entry.value.place) : entry.value
            let column = MappingReader(node, path: item.path + ".columns.*", place: entry.place, example: example, keys: item.keys, into: findings)
            return OutputDefinition.Column(
                name: entry.key, title: column?.text("title"), unit: column?.text("unit"), description: column?.text("description"))
        }
    }

    private func readFormat(_ item: MappingReader) -> CSVFormat? {
        guard let csv = item.mapping("csv", example: "csv: { delimiter: \";\", decimal: \",\" }") else { return nil }
        var format = CSVFormat()
        if let node = csv.entry("delimiter")?.value {
            // A tab is white space, so this text is not trimmed as others are.
            let text = node.scalar?.text ?? ""
            let byte = text.utf8.first ?? 0
            let letter = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if text.utf8.count == 1, byte == 9 || (32...126).contains(byte), !letter, byte != 34, byte != 46 {
                format.delimiter = text
            } else {
                csv.error("delimiter", "`delimiter` must be one character that is no letter, digit, full stop or quotation mark", "write `\";\"`, `\",\"` or `\"\\t\"`")
            }
        }
        if let text = csv.text("decimal") {
            if text == "." || text == "," { format.decimal = text } else { csv.error("decimal", "`decimal` must be a point or a comma", "write `\".\"` or `\",\"`") }
        }
        if let delimiter = format.delimiter, delimiter == format.decimal {
            csv.error("decimal", "`delimiter` and `decimal` are the same character", "write `delimiter: \";\"`")
        }
        return format
    }

    func readMetrics() -> [MetricDefinition] {
        reader.namedMappings("metrics", example: "mape: { title: Typical error, better: lower }", optional: true).map { name, _, item in
            let metric = MetricDefinition(
                name: name, title: item.text("title"), unit: item.text("unit"), better: item.choice("better", MetricDefinition.Better.self),
                warnAbove: item.number("warn_above"), warnBelow: item.number("warn_below"), holdAbove: item.number("hold_above"),
                holdBelow: item.number("hold_below"))
            if let warn = metric.warnAbove, let hold = metric.holdAbove, warn > hold {
                item.error("warn_above", "`warn_above` is above `hold_above`, so nobody would be warned", "exchange them")
            }
            if let warn = metric.warnBelow, let hold = metric.holdBelow, warn < hold {
                item.error("warn_below", "`warn_below` is below `hold_below`, so nobody would be warned", "exchange them")
            }
            if let above = metric.holdAbove, let below = metric.holdBelow, below >= above {
                item.error("hold_below", "`hold_below` is not below `hold_above`, so every edition would be held", "exchange them")
            }
            return metric
        }
    }
}
