// Fewer points that look the same.

struct Point: Equatable {
    let x: Double
    let y: Double
}

enum Thinning {
    /// The points of an unbroken line, of which each pixel column keeps its first, lowest, highest and last (M4: Jugel et al., VLDB 2014).
    static func thinned(_ points: [Point], above limit: Int = 800) -> [Point] {
        guard points.count > limit else { return points }
        var kept: [Point] = []
        var start = 0
        while start < points.count {
            let column = points[start].x.rounded(.down)
            var end = start
            var lowest = start
            var highest = start
            while end < points.count, points[end].x.rounded(.down) == column {
                if points[end].y < points[lowest].y { lowest = end }
                if points[end].y > points[highest].y { highest = end }
                end += 1
            }
            for index in Set([start, lowest, highest, end - 1]).sorted() { kept.append(points[index]) }
            start = end
        }
        return kept
    }
}
