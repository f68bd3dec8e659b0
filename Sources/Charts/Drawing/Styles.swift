// How series differ when colours cannot be told apart: dashes, markers and hatching.

enum Styles {
    /// The class that colours a series; colours repeat after eight, dashes and shapes do not repeat with them.
    static func kind(_ series: Int) -> String { "series-\(series % 8 + 1)" }

    /// The dash pattern of a line, or nil for a solid one.
    static func dash(_ series: Int) -> String? {
        let dashes: [String?] = [nil, "7 4", "2 3", "10 3 2 3", "14 5", "5 2 2 2 2 2", "3 6"]
        return dashes[series % dashes.count]
    }

    /// Draws the marker of a series.
    static func marker(_ series: Int, at point: Point, _ svg: inout SVG) {
        let (x, y) = (point.x, point.y)
        func path(_ corners: [(Double, Double)]) -> String {
            "M" + corners.map { "\(SVG.number(x + $0.0)) \(SVG.number(y + $0.1))" }.joined(separator: "L") + "Z"
        }
        let kind = "marker \(kind(series))"
        switch series % 5 {
        case 0: svg.leaf("circle", ["class": kind, "cx": SVG.number(x), "cy": SVG.number(y), "r": "3"])
        case 1: svg.leaf("path", ["class": kind, "d": path([(-3, -3), (3, -3), (3, 3), (-3, 3)])])
        case 2: svg.leaf("path", ["class": kind, "d": path([(0, -4), (4, 3), (-4, 3)])])
        case 3: svg.leaf("path", ["class": kind, "d": path([(0, -4), (4, 0), (0, 4), (-4, 0)])])
        default: svg.leaf("path", ["class": kind, "d": path([(0, 4), (4, -3), (-4, -3)])])
        }
    }

    /// Hatching for the bars of all series after the first, which is plain.
    static func patterns(_ id: String, series count: Int, _ svg: inout SVG) {
        guard count > 1 else { return }
        let strokes = ["M0 8L8 0M-2 2L2 -2M6 10L10 6", "M2 2h1v1h-1zM6 6h1v1h-1z", "M0 0L8 8M-2 6L2 10M6 -2L10 2", "M0 4H8", "M4 0V8", "M0 8L8 0M0 0L8 8", "M0 4H8M4 0V8"]
        svg.open("defs", [:])
        for series in 1..<count {
            svg.open("pattern", ["id": "\(id)-fill-\(series + 1)", "width": "8", "height": "8", "patternUnits": "userSpaceOnUse"])
            svg.leaf("rect", ["class": "bar \(kind(series))", "width": "8", "height": "8"])
            svg.leaf("path", ["class": "hatch", "d": strokes[(series - 1) % strokes.count]])
            svg.close("pattern")
        }
        svg.close("defs")
    }

    /// Draws a bar or the sample of one in a legend.
    static func bar(_ series: Int, _ id: String, x: Double, y: Double, width: Double, height: Double, _ svg: inout SVG) {
        let (x, y, width, height) = (SVG.number(x), SVG.number(y), SVG.number(width), SVG.number(height))
        if series == 0 {
            svg.leaf("rect", ["class": "bar \(kind(0))", "x": x, "y": y, "width": width, "height": height])
        } else {
            svg.leaf("rect", ["fill": "url(#\(id)-fill-\(series + 1))", "x": x, "y": y, "width": width, "height": height])
        }
    }
}
