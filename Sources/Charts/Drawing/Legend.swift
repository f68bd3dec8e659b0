// The names of the series in rows above a chart.

struct Legend {
    private static let rowHeight = 20.0
    private static let sample = 26.0

    /// Each entry with its row and where it begins.
    let entries: [(name: String, row: Int, x: Double)]
    let height: Double

    init(_ names: [String], width: Double) {
        var entries: [(name: String, row: Int, x: Double)] = []
        var x = 4.0
        var row = 0
        for name in names {
            let short = TextWidth.cut(name, size: SVG.fontSize, limit: width - Legend.sample - 24)
            let length = Legend.sample + 6 + TextWidth.of(short, size: SVG.fontSize) + 18
            if x > 4, x + length > width {
                x = 4
                row += 1
            }
            entries.append((short, row, x))
            x += length
        }
        self.entries = entries
        height = entries.isEmpty ? 0 : Double(row + 1) * Legend.rowHeight + 4
    }

    func draw(_ kind: Chart.Kind, id: String, _ svg: inout SVG) {
        for (series, entry) in entries.enumerated() {
            let middle = Double(entry.row) * Legend.rowHeight + 12
            if kind == .bar {
                Styles.bar(series, id, x: entry.x + 6, y: middle - 6, width: 14, height: 12, &svg)
            } else {
                Plot.path("M\(SVG.number(entry.x)) \(SVG.number(middle))h\(SVG.number(Legend.sample))", series, &svg)
                Styles.marker(series, at: Point(x: entry.x + Legend.sample / 2, y: middle), &svg)
            }
            svg.label(entry.name, x: entry.x + Legend.sample + 6, y: middle + 4.5, kind: "legend")
        }
    }
}
