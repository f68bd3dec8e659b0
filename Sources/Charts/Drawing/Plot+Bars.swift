// Upright bars.

extension Plot {
    func drawBars(_ svg: inout SVG) {
        let count = chart.x.count
        guard count > 0 else { return }
        let slot = (width - left - right) / Double(count)
        if slot * 0.8 / Double(chart.series.count) < 1 { return drawHairlines(&svg) }
        let bar = min(48, slot * 0.8 / Double(chart.series.count))
        for (index, series) in chart.series.enumerated() {
            for (place, value) in series.values.enumerated() {
                guard let value else { continue }
                let start = x(Double(place)) + (Double(index) - Double(chart.series.count) / 2) * bar
                draw(value, index, start + (bar > 3 ? 0.5 : 0), bar > 3 ? bar - 1 : bar, &svg)
            }
        }
    }

    /// More bars than the picture has columns: each column shows the tallest that falls into it.
    private func drawHairlines(_ svg: inout SVG) {
        for (index, series) in chart.series.enumerated() {
            var tallest: [Int: Double] = [:]
            for (place, value) in series.values.enumerated() {
                guard let value else { continue }
                let column = Int(x(Double(place)))
                if abs(value) > abs(tallest[column] ?? 0) { tallest[column] = value }
            }
            for (column, value) in tallest.sorted(by: { $0.key < $1.key }) { draw(value, index, Double(column), 1, &svg) }
        }
    }

    private func draw(_ value: Double, _ series: Int, _ start: Double, _ width: Double, _ svg: inout SVG) {
        let (zero, end) = (y(0), y(value))
        Styles.bar(series, id, x: start, y: min(zero, end), width: width, height: max(abs(zero - end), value == 0 ? 0 : 0.5), &svg)
    }
}
