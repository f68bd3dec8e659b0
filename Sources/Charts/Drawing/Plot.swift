// Where everything of a chart stands.
import Vocabulary

/// The room that a chart has and what it is divided into. All lengths are units of the view box.
struct Plot {
    static let lineHeight = 18.0

    let chart: Chart
    let id: String
    let width: Double
    let height: Double
    let yTicks: NumberTicks
    let legend: Legend
    /// Series whose names stand at the end of their lines, with the baseline of each name.
    let endLabels: [(series: Int, y: Double)]
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    /// Positions along the x axis of the first and last thing drawn.
    let xLow: Double
    let xHigh: Double

    init(_ chart: Chart, id: String, width: Double, height: Double) {
        self.chart = chart
        self.id = id
        self.width = width
        self.height = height
        let (low, high) = Plot.range(of: chart)
        yTicks = NumberTicks.around(low, high, target: max(3, Int(height / 70)), unit: chart.unit)
        let labelWidth = yTicks.labels.map { TextWidth.of($0, size: SVG.fontSize) }.max() ?? 0
        left = (labelWidth + 12).rounded(.up)
        let isBanded = chart.kind == .bar || { if case .categories = chart.x { true } else { false } }()
        let positions = isBanded ? chart.x.positions.indices.map(Double.init) : chart.x.positions
        xLow = (positions.first ?? 0) - (isBanded ? 0.5 : 0)
        xHigh = (positions.last ?? 0) + (isBanded ? 0.5 : 0)

        let nameWidth = chart.series.map { TextWidth.of($0.name, size: SVG.fontSize) }.max() ?? 0
        // A name that is cut names nothing: long ones stand in a legend.
        let canEnd = chart.kind == .line && nameWidth <= width * 0.3 && Plot.canLabelEnds(chart, height: height)
        right = canEnd ? (nameWidth + 14).rounded(.up) : 14
        legend = chart.series.count > 1 && !canEnd ? Legend(chart.series.map(\.name), width: width - 8) : Legend([], width: width)
        let caption = Plot.caption(chart, yTicks.note) == nil ? 0 : Plot.lineHeight + 2
        top = 10 + legend.height + caption
        bottom = height - 42 - (chart.xTitle == nil ? 0 : Plot.lineHeight)
        var ends: [(series: Int, y: Double)] = []
        if canEnd {
            for (index, series) in chart.series.enumerated() {
                guard let last = series.values.last(where: { $0 != nil }) ?? nil else { continue }
                ends.append((index, Plot.scaled(last, yTicks, top, bottom) + 4))
            }
            ends = Plot.spread(ends, from: top + 4, to: bottom + 4)
        }
        endLabels = ends
    }

    /// The y coordinate of a value.
    func y(_ value: Double) -> Double { Plot.scaled(value, yTicks, top, bottom) }

    /// The x coordinate of a position.
    func x(_ position: Double) -> Double {
        guard xHigh > xLow else { return (left + width - right) / 2 }
        return left + (position - xLow) / (xHigh - xLow) * (width - right - left)
    }

    private static func scaled(_ value: Double, _ ticks: NumberTicks, _ top: Double, _ bottom: Double) -> Double {
        bottom - (value - ticks.low) / (ticks.high - ticks.low) * (bottom - top)
    }

    /// What stands above the y axis: its title and the unit that is not at the labels.
    static func caption(_ chart: Chart, _ note: String?) -> String? {
        let unit = chart.unit.flatMap { NumberTicks.isOnLabels($0) ? nil : $0 }
        let title = chart.yTitle ?? (chart.series.count == 1 && !isSaid(chart.series[0].name, by: unit) ? chart.series[0].name : nil)
        let parts = [title, unit, note].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Whether a unit says a title already: `thousand passengers` says `Passengers`.
    private static func isSaid(_ title: String, by unit: String?) -> Bool {
        func words(_ text: String) -> [String] {
            text.lowercased().split { !$0.isLetter }.map { String($0.last == "s" ? $0.dropLast() : $0) }
        }
        let (asked, said) = (words(title), unit.map(words) ?? [])
        return !asked.isEmpty && asked.allSatisfy(said.contains)
    }

    /// The lowest and highest value that must be seen; zero belongs to bars, and to lines that come near it.
    static func range(of chart: Chart) -> (Double, Double) {
        var low = Double.infinity
        var high = -Double.infinity
        func take(_ value: Double?) {
            guard let value else { return }
            low = min(low, value)
            high = max(high, value)
        }
        for series in chart.series {
            series.values.forEach(take)
            if chart.kind == .line {
                series.low?.forEach(take)
                series.high?.forEach(take)
            }
        }
        for threshold in chart.thresholds { take(threshold.value) }
        guard low <= high else { return (0, 1) }
        if chart.kind == .bar { return (min(0, low), max(0, high)) }
        if low > 0, low < high * 0.3 { low = 0 }
        if high < 0, high > low * 0.3 { high = 0 }
        return (low, high)
    }

    /// Names can stand at the ends of the lines when there are few and all lines end at the right edge.
    private static func canLabelEnds(_ chart: Chart, height: Double) -> Bool {
        guard (2...6).contains(chart.series.count), chart.x.count > 1, Double(chart.series.count) * lineHeight < height * 0.5 else { return false }
        return chart.series.allSatisfy { $0.values.last ?? nil != nil }
    }

    /// Moves baselines apart until none overlaps, keeping their order and staying inside.
    private static func spread(_ labels: [(series: Int, y: Double)], from top: Double, to bottom: Double) -> [(series: Int, y: Double)] {
        var sorted = labels.sorted { ($0.y, $0.series) < ($1.y, $1.series) }
        for index in sorted.indices { sorted[index].y = max(sorted[index].y, index == 0 ? top : sorted[index - 1].y + lineHeight - 2) }
        for index in sorted.indices.reversed() {
            sorted[index].y = min(sorted[index].y, index == sorted.count - 1 ? bottom : sorted[index + 1].y - lineHeight + 2)
        }
        return sorted
    }
}
