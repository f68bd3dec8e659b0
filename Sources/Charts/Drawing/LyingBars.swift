// Bars from left to right, for categories whose names are long.
import Vocabulary

/// A bar chart turned on its side: a row for each category, as high as it needs to be.
struct LyingBars {
    static let mostCategories = 60

    let chart: Chart
    let id: String
    let width: Double
    private let names: [String]
    private let ticks: NumberTicks
    private let legend: Legend
    private let left: Double
    private let right: Double
    private let top: Double
    private let row: Double

    /// Whether upright bars would leave too little room for the names under them.
    static func suit(_ chart: Chart, width: Double) -> Bool {
        guard chart.kind == .bar, case .categories(let names) = chart.x, (1...mostCategories).contains(names.count) else { return false }
        let slot = (width - 70) / Double(names.count)
        return names.contains { TextWidth.of($0, size: SVG.fontSize) > slot - 8 }
    }

    init(_ chart: Chart, id: String, width: Double) {
        self.chart = chart
        self.id = id
        self.width = width
        names = (0..<chart.x.count).map { TextWidth.cut(chart.x.text($0), size: SVG.fontSize, limit: width * 0.4) }
        let (low, high) = Plot.range(of: chart)
        ticks = NumberTicks.around(low, high, target: max(3, Int(width / 130)), unit: chart.unit)
        legend = Legend(chart.series.count > 1 ? chart.series.map(\.name) : [], width: width - 8)
        left = ((names.map { TextWidth.of($0, size: SVG.fontSize) }.max() ?? 0) + 14).rounded(.up)
        right = max(14, (TextWidth.of(ticks.labels.last ?? "", size: SVG.fontSize) / 2 + 4).rounded(.up))
        top = 8 + legend.height
        row = max(26, Double(chart.series.count) * 14 + 8)
    }

    private var bottom: Double { top + row * Double(names.count) + 4 }
    var height: Double { bottom + 28 + (Plot.caption(chart, ticks.note) == nil ? 0 : Plot.lineHeight) }

    private func x(_ value: Double) -> Double { left + (value - ticks.low) / (ticks.high - ticks.low) * (width - left - right) }

    func draw(_ svg: inout SVG) {
        for (value, label) in zip(ticks.values, ticks.labels) {
            svg.line(x(value), top, x(value), bottom, kind: value == 0 ? "axis" : "grid")
            svg.label(label, x: x(value), y: bottom + 18, anchor: "middle", kind: "tick")
        }
        let bar = (row - 8) / Double(chart.series.count)
        for (place, name) in names.enumerated() {
            let start = top + Double(place) * row + 4
            svg.label(name, x: left - 8, y: start + (row - 8) / 2 + 4.5, anchor: "end", kind: "tick")
            for (index, series) in chart.series.enumerated() {
                guard let value = series.values[place] else { continue }
                let (zero, end) = (x(0), x(value))
                Styles.bar(
                    index, id, x: min(zero, end), y: start + Double(index) * bar, width: max(abs(end - zero), value == 0 ? 0 : 0.5), height: bar - 1, &svg)
            }
        }
        for threshold in chart.thresholds {
            svg.line(x(threshold.value), top, x(threshold.value), bottom, kind: "threshold")
            let words = TextWidth.cut(threshold.label, size: SVG.fontSize, limit: (width - left) * 0.5)
            let isRight = x(threshold.value) + TextWidth.of(words, size: SVG.fontSize) + 6 > width
            svg.label(words, x: x(threshold.value) + (isRight ? -6 : 6), y: top + 10, anchor: isRight ? "end" : "start", kind: "threshold-label")
        }
        if let caption = Plot.caption(chart, ticks.note) {
            svg.label(TextWidth.cut(caption, size: SVG.fontSize, limit: width - left), x: (left + width - right) / 2, y: bottom + 38, anchor: "middle", kind: "caption")
        }
        legend.draw(.bar, id: id, &svg)
    }
}
