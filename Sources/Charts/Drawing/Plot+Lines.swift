// Lines, bands and markers.

extension Plot {
    /// Markers are drawn up to this many points.
    private static let fewPoints = 30

    static func path(_ data: String, _ series: Int, _ svg: inout SVG) {
        let kind = "line \(Styles.kind(series))"
        if let dash = Styles.dash(series) {
            svg.leaf("path", ["class": kind, "d": data, "fill": "none", "stroke-dasharray": dash])
        } else {
            svg.leaf("path", ["class": kind, "d": data, "fill": "none"])
        }
    }

    func drawLines(_ svg: inout SVG) {
        let places = chart.x.positions.map(x)
        for (index, series) in chart.series.enumerated() {
            guard let low = series.low, let high = series.high else { continue }
            for run in runs(zip(low, high).map { $0 != nil && $1 != nil }) {
                let upper = Thinning.thinned(run.map { Point(x: places[$0], y: y(high[$0] ?? 0)) })
                let lower = Thinning.thinned(run.map { Point(x: places[$0], y: y(low[$0] ?? 0)) })
                svg.leaf("path", ["class": "band \(Styles.kind(index))", "d": data(upper + lower.reversed()) + "Z", "fill-opacity": "0.18"])
            }
        }
        for (index, series) in chart.series.enumerated() {
            let isSparse = series.values.lazy.filter { $0 != nil }.count <= Plot.fewPoints
            for run in runs(series.values.map { $0 != nil }) {
                let points = Thinning.thinned(run.map { Point(x: places[$0], y: y(series.values[$0] ?? 0)) })
                if points.count > 1 { Plot.path(data(points), index, &svg) }
                // A point between two gaps has no line to show it.
                if isSparse || points.count == 1 { for point in points { Styles.marker(index, at: point, &svg) } }
            }
        }
        for label in endLabels {
            svg.label(chart.series[label.series].name, x: width - right + 9, y: label.y, kind: "label \(Styles.kind(label.series))")
        }
    }

    /// The stretches of places that have a value.
    private func runs(_ present: [Bool]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for (index, isThere) in present.enumerated() {
            if isThere { start = start ?? index } else if let begin = start {
                runs.append(begin..<index)
                start = nil
            }
        }
        if let start { runs.append(start..<present.count) }
        return runs
    }

    private func data(_ points: [Point]) -> String {
        var text = ""
        for (index, point) in points.enumerated() { text += (index == 0 ? "M" : "L") + SVG.number(point.x) + " " + SVG.number(point.y) }
        return text
    }
}
