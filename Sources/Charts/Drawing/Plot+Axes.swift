// Grid, axes and their labels.
import Vocabulary

extension Plot {
    func drawGrid(_ svg: inout SVG) {
        for (value, label) in zip(yTicks.values, yTicks.labels) {
            let at = y(value)
            let isBase = value == 0 || value == yTicks.low && !yTicks.values.contains(0)
            svg.line(left, at, width - right, at, kind: isBase ? "axis" : "grid")
            svg.label(label, x: left - 8, y: at + 4.5, anchor: "end", kind: "tick")
        }
        if let caption = Plot.caption(chart, yTicks.note) {
            svg.label(TextWidth.cut(caption, size: SVG.fontSize, limit: width - 8), x: 4, y: top - 12, kind: "caption")
        }
        if let title = chart.xTitle {
            let short = TextWidth.cut(title, size: SVG.fontSize, limit: width - left - right)
            svg.label(short, x: (left + width - right) / 2, y: height - 6, anchor: "middle", kind: "caption")
        }
    }

    func drawThresholds(_ svg: inout SVG) {
        var taken: [Double] = []
        for threshold in chart.thresholds.sorted(by: { $0.value > $1.value }) {
            let at = y(threshold.value)
            svg.line(left, at, width - right, at, kind: "threshold")
            let words = TextWidth.cut(threshold.label, size: SVG.fontSize, limit: (width - left - right) * 0.6)
            // Above the line, unless there is no room or another label.
            let above = at - 5
            let isFree = above - 12 > top && !taken.contains { abs($0 - above) < Plot.lineHeight - 2 }
            let baseline = isFree ? above : at + 15
            if taken.contains(where: { abs($0 - baseline) < Plot.lineHeight - 4 }) { continue }
            taken.append(baseline)
            svg.label(words, x: left + 6, y: baseline, kind: "threshold-label")
        }
    }

    func drawXAxis(_ svg: inout SVG) {
        guard chart.x.count > 0 else { return }
        let room = width - left - right
        switch chart.x {
        case .numbers(let values) where chart.kind == .line:
            let whole = values.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
            let ticks = NumberTicks.inside(xLow, xHigh, target: Int(room / 80), whole: whole, plain: chart.x.isYears)
            draw(zip(ticks.values, ticks.labels).map { TimeTick(position: $0, label: $1) }, &svg)
        case .dates where chart.kind == .line:
            draw(TimeTicks.inside(xLow, xHigh, maximum: max(2, Int(room / 70)), wholeDays: true), &svg)
        case .datetimes where chart.kind == .line:
            draw(TimeTicks.inside(xLow, xHigh, maximum: max(2, Int(room / 70)), wholeDays: false), &svg)
        default: drawNames(&svg)
        }
    }

    private func draw(_ ticks: [TimeTick], _ svg: inout SVG) {
        var end = -Double.infinity
        var contextEnd = -Double.infinity
        for tick in ticks {
            let at = x(tick.position)
            svg.line(at, bottom, at, bottom + 5, kind: "axis")
            let size = TextWidth.of(tick.label, size: SVG.fontSize)
            let center = centered(at, size)
            if center - size / 2 > end + 6 {
                svg.label(tick.label, x: center, y: bottom + 19, anchor: "middle", kind: "tick")
                end = center + size / 2
            }
            guard let context = tick.context else { continue }
            let width = TextWidth.of(context, size: SVG.fontSize)
            let middle = centered(at, width)
            if middle - width / 2 > contextEnd + 6 {
                svg.label(context, x: middle, y: bottom + 35, anchor: "middle", kind: "tick context")
                contextEnd = middle + width / 2
            }
        }
    }

    /// The middle of a text that is wanted at a place and must not leave the picture.
    private func centered(_ at: Double, _ size: Double) -> Double { min(max(at, size / 2 + 2), width - size / 2 - 2) }

    /// Names under their places; when they are too many, every second, third … is written.
    private func drawNames(_ svg: inout SVG) {
        let count = chart.x.count
        let slot = (width - left - right) / Double(count)
        let isTime = { if case .categories = chart.x { false } else { true } }()
        let limit = isTime ? Double.infinity : max(slot - 6, 60)
        let names = (0..<count).map { TextWidth.cut(chart.x.shortText($0), size: SVG.fontSize, limit: limit) }
        let longest = names.map { TextWidth.of($0, size: SVG.fontSize) }.max() ?? 0
        var every = max(1, Int(((longest + 8) / slot).rounded(.up)))
        // The same months of every year.
        if chart.x.isMonthly { every = [1, 2, 3, 6, 12, 24, 60, 120].first { $0 >= every } ?? every }
        for index in stride(from: 0, to: count, by: every) {
            let center = centered(x(Double(index)), TextWidth.of(names[index], size: SVG.fontSize))
            svg.label(names[index], x: center, y: bottom + 19, anchor: "middle", kind: "tick")
        }
    }
}
