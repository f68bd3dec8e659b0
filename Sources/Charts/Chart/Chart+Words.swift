// A chart in words and as a table.
import Vocabulary

extension Chart {
    /// One plain sentence: what is shown, its range, where each series begins and ends, its lowest and highest value.
    package var textAlternative: String {
        var text = "\(kind == .line ? "Line" : "Bar") chart"
        if !title.isEmpty { text += ", \(title)" }
        let known = series.filter { $0.values.contains { $0 != nil } }
        guard x.count > 0, !known.isEmpty else { return text + ": no data." }
        if case .categories = x, kind == .bar {
            text += ": \(x.count) \(x.count == 1 ? "category" : "categories")"
        } else {
            text += x.count == 1 ? ": \(x.text(0))" : ": from \(x.text(0)) to \(x.text(x.count - 1))"
        }
        text += known.prefix(4).map { "; " + words(for: $0, named: known.count > 1) }.joined()
        if known.count > 4 { text += "; and \(known.count - 4) more series" }
        for threshold in thresholds.prefix(3) { text += "; \(threshold.label) at \(NumberText.measure(threshold.value, unit: unit))" }
        text += "."
        if let description, !description.isEmpty { text += " " + description }
        return text
    }

    private func words(for series: Series, named: Bool) -> String {
        let present = series.values.indices.filter { series.values[$0] != nil }
        func value(_ index: Int) -> Double { series.values[index] ?? 0 }
        func text(_ index: Int) -> String {
            guard let decimals = series.decimals else { return NumberText.measure(value(index), unit: unit) }
            return NumberText.cell(value(index), decimals: decimals, unit: unit)
        }
        guard let first = present.first, let last = present.last else { return "" }
        var parts: [String] = []
        if first == last {
            parts.append("\(text(first)) at \(x.text(first))")
        } else {
            if case .categories = x {} else { parts.append("from \(text(first)) to \(text(last))") }
            let lowest = present.min { value($0) < value($1) } ?? first
            let highest = present.max { value($0) < value($1) } ?? first
            parts.append("lowest \(text(lowest)) (\(x.text(lowest)))")
            parts.append("highest \(text(highest)) (\(x.text(highest)))")
        }
        return (named ? series.name + " " : "") + parts.joined(separator: ", ")
    }

    /// The chart's data as texts: a header and a row for each position, at most `limit` rows. All columns but the first are in the unit of the chart.
    package func dataTable(limit: Int = .max) -> (header: [String], rows: [[String]]) {
        var header = [xTitle ?? xWord]
        var columns: [(values: [Double?], decimals: Int)] = []
        for one in series {
            header.append(one.name)
            columns.append((one.values, one.decimals ?? NumberText.decimals(for: one.values)))
            for (edge, word) in [(one.low, "low"), (one.high, "high")] {
                guard let edge else { continue }
                header.append("\(one.name), \(word)")
                columns.append((edge, one.decimals ?? NumberText.decimals(for: edge)))
            }
        }
        let rows = (0..<min(limit, x.count)).map { row in
            [x.text(row)] + columns.map { column in column.values[row].map { NumberText.cell($0, decimals: column.decimals) } ?? "" }
        }
        return (header, rows)
    }

    private var xWord: String {
        switch x {
        case .numbers: x.isYears ? "Year" : "Value"
        case .dates: x.isMonthly ? "Month" : "Day"
        case .datetimes: "Time"
        case .categories: "Category"
        }
    }
}
