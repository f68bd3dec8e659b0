// Drawings as they were looked at and accepted; ALMANAC_UPDATE_GOLDEN=1 accepts new ones.
@testable import Charts
import Foundation
import Testing

@Suite struct GoldenTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden")

    @Test(arguments: SampleCharts.golden.map(\.name)) func `the drawing is the accepted one`(name: String) throws {
        let sample = try #require(SampleCharts.golden.first { $0.name == name })
        let svg = sample.chart.svg(id: name, width: sample.width)
        let file = GoldenTests.folder.appending(path: "\(name).svg")
        if ProcessInfo.processInfo.environment["ALMANAC_UPDATE_GOLDEN"] == "1" { try Data(svg.utf8).write(to: file) }
        let accepted = try String(decoding: Data(contentsOf: file), as: UTF8.self)
        #expect(svg == accepted, "see Tests/ChartsTests/Golden/\(name).svg; accept with ALMANAC_UPDATE_GOLDEN=1")
    }
}
