// What every drawing keeps: inside its box, apart, well-formed, without style or script.
@testable import Charts
import Foundation
import FoundationXML
import Testing
import Vocabulary

/// A text of a drawing with the box that it probably takes.
struct TextBox {
    let words: String
    let kind: String
    let left: Double
    let right: Double
    let baseline: Double
}

/// Collects what a drawing holds; fails on what is not XML.
final class DrawingReader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []
    var texts: [TextBox] = []
    private var current: [String: String]?
    private var words = ""

    init(_ svg: String) {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        if !parser.parse() { Issue.record("not well-formed: \(svg.prefix(200))") }
    }

    func parser(_ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]) {
        elements.append((name, attributes))
        if name == "text" { current = attributes; words = "" }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { words += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard name == "text", let attributes = current, let x = Double(attributes["x"] ?? ""), let y = Double(attributes["y"] ?? "") else { return }
        let width = TextWidth.of(words, size: SVG.fontSize)
        let left = attributes["text-anchor"] == "end" ? x - width : attributes["text-anchor"] == "middle" ? x - width / 2 : x
        texts.append(TextBox(words: words, kind: attributes["class"] ?? "", left: left, right: left + width, baseline: y))
        current = nil
    }
}

@Suite struct DrawingTests {
    @Test(arguments: SampleCharts.golden.map(\.name)) func `texts stay inside the box and apart`(name: String) throws {
        let sample = try #require(SampleCharts.golden.first { $0.name == name })
        let drawing = DrawingReader(sample.chart.svg(id: name, width: sample.width))
        let box = try #require(drawing.elements.first?.attributes["viewBox"]).split(separator: " ").compactMap { Double($0) }
        for text in drawing.texts {
            #expect(text.left >= 0 && text.right <= box[2] + 0.5, "\(text.words) is cut: \(text)")
            #expect(text.baseline >= 10 && text.baseline <= box[3], "\(text.words) is cut: \(text)")
        }
        for (index, first) in drawing.texts.enumerated() {
            for second in drawing.texts[(index + 1)...] where abs(first.baseline - second.baseline) < 12 {
                #expect(first.right <= second.left || second.right <= first.left, "\(first.words) lies on \(second.words)")
            }
        }
    }

    @Test(arguments: SampleCharts.golden.map(\.name)) func `there is no style, no script, and every id begins with the chart's`(name: String) throws {
        let sample = try #require(SampleCharts.golden.first { $0.name == name })
        let drawing = DrawingReader(sample.chart.svg(id: name, width: sample.width))
        for (element, attributes) in drawing.elements {
            #expect(["svg", "title", "desc", "text", "line", "path", "rect", "circle", "defs", "pattern"].contains(element))
            #expect(!attributes.keys.contains { $0 == "style" || $0.hasPrefix("on") || $0.contains("href") })
            if let id = attributes["id"] { #expect(id.hasPrefix("chart-\(name)")) }
            #expect(!attributes.values.contains { $0.contains("nan") || $0.contains("inf") })
        }
        #expect(drawing.elements[0].attributes["role"] == "img")
        #expect(drawing.elements[0].attributes["aria-labelledby"] == "chart-\(name)-title chart-\(name)-desc")
        let ids = drawing.elements.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
    }

    @Test func `words of others are escaped`() {
        let evil = "</title><script>alert(1)</script>\"'\u{1}&"
        let chart = Chart(
            kind: .bar, title: evil, description: evil, x: .categories([evil]), series: [Chart.Series(name: evil, values: [1]), Chart.Series(name: evil, values: [2])],
            unit: evil, xTitle: evil, yTitle: evil, thresholds: [Chart.Threshold(value: 1, label: evil)])
        for kind in Chart.Kind.allCases {
            let other = Chart(kind: kind, title: chart.title, x: chart.x, series: chart.series, unit: evil, yTitle: evil)
            let svg = other.svg(id: "\" onload=\"x")
            #expect(!svg.contains("<script") && !svg.contains(" onload="))
            _ = DrawingReader(svg)
        }
    }

    @Test func `a hundred thousand points become few and keep the extremes`() {
        let svg = SampleCharts.dense.svg(id: "d")
        #expect(svg.utf8.count < 60_000)
        var points = (0..<100_000).map { Point(x: Double($0) / 150, y: Double($0 % 10)) }
        points[77_777] = Point(x: points[77_777].x, y: 99)
        points[33_333] = Point(x: points[33_333].x, y: -99)
        let thin = Thinning.thinned(points)
        #expect(thin.count <= 4 * 668)
        #expect(thin.contains { $0.y == 99 } && thin.contains { $0.y == -99 })
        #expect(thin.first == points.first && thin.last == points.last)
        #expect(zip(thin, thin.dropFirst()).allSatisfy { $0.x < $1.x })
    }

    @Test func `many bars become one for each column`() {
        let values: [Double?] = (0..<50_000).map { Double($0 % 100) }
        let chart = Chart(kind: .bar, title: "t", x: .numbers((0..<50_000).map(Double.init)), series: [Chart.Series(name: "n", values: values)])
        #expect(chart.svg(id: "b").utf8.count < 120_000)
    }

    @Test func `bars begin at zero, and a gap breaks a line`() {
        let bars = DrawingReader(Chart(kind: .bar, title: "t", x: .categories(["a", "b"]), series: [Chart.Series(name: "s", values: [1000, 1001])]).svg(id: "x"))
        #expect(bars.texts.contains { $0.words == "0" })
        let gap = DrawingReader(Chart(kind: .line, title: "t", x: .numbers([1, 2, 3, 4, 5]), series: [Chart.Series(name: "s", values: [1, 2, nil, 4, 5])]).svg(id: "x"))
        #expect(gap.elements.filter { $0.attributes["class"] == "line series-1" }.count == 2)
    }

    @Test(arguments: [[1e299, -1e299], [1e-300, 2e-300], [5, 5], [0, 0], [-7, -7], [1e18, 1e18 + 256], [.nan, .infinity], [1e-9, 1e9], [.greatestFiniteMagnitude, 1], [.leastNonzeroMagnitude, 0], [123_456_789.001, 123_456_789.002]] as [[Double]])
    func `any values can be drawn`(values: [Double]) {
        for kind in Chart.Kind.allCases {
            for x in [Chart.Axis.categories(["a", "b"]), .numbers(values), .numbers([1, 1])] {
                let svg = Chart(kind: kind, title: "t", x: x, series: [Chart.Series(name: "s", values: values)]).svg(id: "v")
                let drawing = DrawingReader(svg)
                #expect(!svg.contains("nan") && !svg.contains("inf"))
                for text in drawing.texts { #expect(text.left >= -1 && text.right <= 721, "\(text)") }
            }
        }
    }

    @Test func `a name at the end of a line is whole, or stands in a legend`() {
        func chart(_ name: String) -> Chart {
            Chart(kind: .line, title: "t", x: .numbers([1, 2]), series: [Chart.Series(name: "Counted", values: [1, 2]), Chart.Series(name: name, values: [2, 3])])
        }
        let short = DrawingReader(chart("Same month a year before").svg(id: "s"))
        #expect(short.texts.contains { $0.words == "Same month a year before" && $0.kind == "label series-2" })
        for (name, width) in [("Same month of the year before last, as counted", 720), ("Same month a year before", 360)] {
            let long = DrawingReader(chart(name).svg(id: "l", width: width))
            #expect(long.texts.filter { $0.kind == "legend" }.map(\.words) == ["Counted", name])
            #expect(!long.texts.contains { $0.kind.hasPrefix("label") })
        }
    }

    @Test(arguments: [("Passengers", "thousand passengers", "thousand passengers"), ("Passenger", "thousand passengers", "thousand passengers"),
        ("Expected", "thousand", "Expected, thousand"), ("Late flights", "flights", "Late flights, flights"), ("Level", "%", "Level")])
    func `the axis says a thing once`(name: String, unit: String, words: String) {
        let drawing = DrawingReader(Chart(kind: .line, title: "t", x: .numbers([1, 2]), series: [Chart.Series(name: name, values: [1, 2])], unit: unit).svg(id: "a"))
        #expect(drawing.texts.filter { $0.kind == "caption" }.map(\.words) == [words])
    }

    @Test func `marks count the values and the edges of bands`() { #expect(SampleCharts.forecast.marks == 36 + 13 * 3) }

    @Test func `series that end early or late are kept in step with the axis`() {
        let chart = Chart(kind: .line, title: "t", x: .numbers([3, 1, 2, .nan]), series: [Chart.Series(name: "s", values: [30, 10])])
        #expect(chart.x == .numbers([1, 2, 3]))
        #expect(chart.series[0].values == [10, nil, 30])
    }
}
