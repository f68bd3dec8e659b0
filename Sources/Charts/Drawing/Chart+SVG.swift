// A chart as one inline SVG element.

extension Chart {
    /// How many values there are to draw.
    package var marks: Int {
        series.reduce(0) { total, one in total + [one.values, one.low ?? [], one.high ?? []].reduce(0) { $0 + $1.count { $0 != nil } } }
    }

    /// Draws the chart as one `<svg>` element without styles or scripts: colours come from the page by class (`chart`, `grid`, `axis`, `tick`, `caption`, `legend`,
    /// `label`, `line`, `band`, `marker`, `bar`, `hatch`, `threshold`, `threshold-label`, `series-1` to `series-8`). `id` begins all ids inside and must be unique on the
    /// page; letters, digits, `-` and `_` of it are used. `width` and `height` are units of the view box, at a text size of 13; bars with long names take the
    /// height they need. The same chart always gives the same text.
    package func svg(id: String, width: Int = 720, height: Int = 360) -> String {
        let clean = id.utf8.filter { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95 }
        let id = "chart-" + String(decoding: Array(clean), as: UTF8.self)
        let width = max(200, Double(width))
        var drawing = SVG()
        var tall = max(160, Double(height))
        let hasData = x.count > 0 && series.contains { $0.values.contains { $0 != nil } }
        if !hasData {
            tall = 120
            drawing.label("No data", x: width / 2, y: 64, anchor: "middle", kind: "caption")
        } else if LyingBars.suit(self, width: width) {
            let bars = LyingBars(self, id: id, width: width)
            tall = bars.height
            Styles.patterns(id, series: series.count, &drawing)
            bars.draw(&drawing)
        } else {
            let plot = Plot(self, id: id, width: width, height: tall)
            if kind == .bar { Styles.patterns(id, series: series.count, &drawing) }
            plot.drawGrid(&drawing)
            plot.drawXAxis(&drawing)
            if kind == .bar { plot.drawBars(&drawing) } else { plot.drawLines(&drawing) }
            plot.drawThresholds(&drawing)
            plot.legend.draw(kind, id: id, &drawing)
        }
        var svg = SVG()
        svg.open("svg", [
            "xmlns": "http://www.w3.org/2000/svg", "class": "chart chart-\(kind.rawValue)", "viewBox": "0 0 \(SVG.number(width)) \(SVG.number(tall))",
            "width": SVG.number(width), "height": SVG.number(tall), "role": "img", "aria-labelledby": "\(id)-title \(id)-desc", "font-size": "13",
        ])
        svg.write(title.isEmpty ? "Chart" : title, in: "title", ["id": "\(id)-title"])
        svg.write(textAlternative, in: "desc", ["id": "\(id)-desc"])
        svg.add(drawing)
        svg.close("svg")
        return svg.text
    }
}
