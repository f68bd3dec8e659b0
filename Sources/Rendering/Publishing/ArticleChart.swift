// A chart of a report: a figure with its title, its words, its data and its download.
import Charts
import Defining
import Markup
import Tables
import Vocabulary

/// Charts for articles.
enum ArticleChart {
    /// Positions of bars and categories that a chart takes; more is a diagnostic. Lines over times and numbers are thinned instead.
    private static let mostPoints = 5_000
    /// Values up to which a chart is drawn a second time for phones; beyond them a page would be too heavy.
    private static let mostNarrowMarks = 2_000
    /// Rows of the table under "Show the data".
    private static let mostRows = 200

    /// The figure for a block. Throws a sentence for the page when a column is missing or holds no numbers.
    static func figure(_ block: ChartBlock, table: Table, output: Output, definition: OutputDefinition?, id: String) throws(BlockProblem) -> String {
        let chart = try chart(block, table: table, definition: definition)
        return figure(chart, output: output, id: id, note: partNote(table))
    }

    /// What to say about a chart of a file that is longer than what is read of it.
    private static func partNote(_ table: Table) -> String {
        guard Int64(table.rows) < table.totalRows else { return "" }
        return "<p class=\"table-note\">Drawn from the first \(NumberText.integer(Int64(table.rows))) of \(Amounts.count(table.totalRows, "row")).</p>"
    }

    /// The drawing in its box: with a narrow twin for phones, or scrolling by itself. A style sheet shows one of the two and hides the other from everybody.
    private static func box(_ chart: Chart, id: String) -> String {
        let wide = chart.svg(id: id)
        guard chart.marks <= mostNarrowMarks else {
            return "<div class=\"chart-box chart-scrolls\" role=\"region\" aria-label=\"Chart: \(escaped(chart.title))\" tabindex=\"0\">\(wide)</div>"
        }
        let narrow = chart.svg(id: "\(id)-narrow", width: 360, height: 300)
        return "<div class=\"chart-box\"><div class=\"chart-wide\">\(wide)</div><div class=\"chart-narrow\">\(narrow)</div></div>"
    }

    /// The figure for a chart.
    static func figure(_ chart: Chart, output: Output, id: String, note: String = "") -> String {
        let data = chart.dataTable(limit: mostRows)
        let hasShortNames = if case .categories = chart.x { false } else { true }
        let heads = data.header.enumerated().map { place, title in
            ArticleTable.Head(title: title, unit: place == 0 ? nil : chart.unit, isNumber: place > 0, isShort: place == 0 && hasShortNames)
        }
        let rows = chart.x.count
        let cut = rows > mostRows ? "<p class=\"table-note\">The first \(mostRows) of \(NumberText.integer(Int64(rows))) rows; the file has them all.</p>" : ""
        return """
            <figure class="chart-figure"><figcaption>\(escaped(chart.title))</figcaption>\
            \(box(chart, id: id))\(note)\
            <details><summary>Show the data</summary>\
            \(ArticleTable.html(header: heads, rows: data.rows, label: chart.title, firstIsLabel: true))\(cut)\
            <p><a href="\(StoredArticle.filesMark)\(escaped(output.fileName))" download>Download \(escaped(output.fileName))</a></p></details></figure>
            """
    }

    /// The chart that a block describes.
    static func chart(_ block: ChartBlock, table: Table, definition: OutputDefinition?) throws(BlockProblem) -> Chart {
        guard let kind = Chart.Kind(rawValue: block.kind.rawValue) else { throw BlockProblem("charts of the type \(block.kind.rawValue) cannot be drawn yet") }
        guard let x = table[block.x] else { throw BlockProblem.noColumn(block.x, table) }
        guard table.rows > 0 else { throw BlockProblem("the file \(block.data) has no rows") }
        func title(_ column: String) -> String { definition?.columns.first { $0.name == column }?.title ?? spoken(column) }
        func numbers(_ name: String) throws(BlockProblem) -> (values: [Double?], decimals: Int) {
            guard let column = table[name] else { throw BlockProblem.noColumn(name, table) }
            guard let numbers = column.numbers else { throw BlockProblem("the column \(name) does not hold numbers") }
            return (numbers, column.decimals)
        }
        var series: [Chart.Series] = []
        var axis = axis(x, kind: kind)
        if let split = block.series, let y = block.y.first {
            guard let names = table[split] else { throw BlockProblem.noColumn(split, table) }
            (axis, series) = try pivoted(x, kind: kind, names: names, values: numbers(y))
        } else {
            for name in block.y {
                let column = try numbers(name)
                series.append(Chart.Series(name: title(name), values: column.values, decimals: column.decimals))
            }
            if let band = block.band {
                // The range belongs to the last series: what was measured comes first, what is expected last.
                let place = series.count - 1
                let (low, high) = (try numbers(band.low), try numbers(band.high))
                (series[place].low, series[place].high) = (low.values, high.values)
                series[place].decimals = max(series[place].decimals ?? 0, low.decimals, high.decimals)
            }
        }
        let isThinned = if case .categories = axis { false } else { kind == .line }
        guard isThinned || axis.count <= mostPoints else {
            throw BlockProblem("the file \(block.data) has more than \(NumberText.integer(Int64(mostPoints))) rows; let the job write fewer")
        }
        let unit = block.unit ?? (block.y.count == 1 ? definition?.columns.first { $0.name == block.y[0] }?.unit : nil)
        return Chart(
            kind: kind, title: block.title ?? block.y.map(title).joined(separator: ", "), description: block.description, x: axis, series: series,
            unit: unit, xTitle: block.xTitle ?? (definition?.columns.first { $0.name == block.x }?.title), yTitle: block.yTitle)
    }

    /// The axis that a column makes: days, times and numbers as such, everything else as categories; bars stand over categories unless over days.
    private static func axis(_ column: Table.Column, kind: Chart.Kind) -> Chart.Axis {
        let missing = (0..<column.count).contains { column[$0] == nil }
        switch column.values {
        case .date(let days) where !missing: return .dates(days.compactMap { $0 })
        case .datetime(let times) where !missing: return .datetimes(times.compactMap { $0 })
        case .integer where !missing && (kind == .line || CellText.isYears(column.name)): return .numbers((column.numbers ?? []).compactMap { $0 })
        case .number where !missing && kind == .line: return .numbers((column.numbers ?? []).compactMap { $0 })
        default: return .categories((0..<column.count).map { column[$0].map { CellText.text($0, in: column) } ?? "none" })
        }
    }

    /// One series per value of a column: positions in the order in which they come first.
    private static func pivoted(
        _ x: Table.Column, kind: Chart.Kind, names: Table.Column, values: (values: [Double?], decimals: Int)
    ) throws(BlockProblem) -> (Chart.Axis, [Chart.Series]) {
        var positions: [Cell: Int] = [:]
        var order: [Int] = []
        var places: [String: Int] = [:]
        var series: [Chart.Series] = []
        for row in 0..<x.count {
            guard let cell = x[row], positions[cell] == nil else { continue }
            positions[cell] = order.count
            order.append(row)
        }
        for row in 0..<x.count {
            guard let cell = x[row], let position = positions[cell] else { continue }
            let name = names[row].map { CellText.text($0, in: names) } ?? "none"
            if places[name] == nil {
                guard series.count < 8 else { throw BlockProblem("the column \(names.name) has more than eight values, too many for one chart") }
                places[name] = series.count
                series.append(Chart.Series(name: name, values: Array(repeating: nil, count: order.count), decimals: values.decimals))
            }
            if let place = places[name] { series[place].values[position] = values.values[row] }
        }
        return (axis(x.rows(order), kind: kind), series)
    }

    /// `late_after` as `Late after`.
    static func spoken(_ column: String) -> String {
        let words = String(column.map { $0 == "_" ? " " : $0 })
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

/// Why a block shows a note instead of what its writer meant.
struct BlockProblem: Error {
    let message: String

    init(_ message: String) { self.message = message }

    static func noColumn(_ name: String, _ table: Table) -> BlockProblem {
        BlockProblem("there is no column \(name); the file has \(table.columns.map(\.name).joined(separator: ", "))")
    }
}

/// A text as HTML.
func escaped(_ text: String) -> String { SafeHTML(escaping: text).html }
