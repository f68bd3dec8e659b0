// Round numbers and dates along an axis.
@testable import Charts
import Testing
import Vocabulary

@Suite struct TicksTests {
    @Test(arguments: [
        (0, 1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]), (0, 97, ["0", "20", "40", "60", "80", "100"]), (-0.3, 0.31, ["−0.4", "−0.2", "0.0", "0.2", "0.4"]),
        (1000, 5000, ["1,000", "2,000", "3,000", "4,000", "5,000"]), (0, 2_500_000, ["0", "0.5M", "1.0M", "1.5M", "2.0M", "2.5M"]), (7, 7, ["6.0", "6.5", "7.0", "7.5", "8.0"]),
        (0, 0, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]), (0, 4e9, ["0", "1bn", "2bn", "3bn", "4bn"]),
    ] as [(Double, Double, [String])])
    func `ticks are multiples of 1, 2 or 5 around the values`(low: Double, high: Double, labels: [String]) {
        #expect(NumberTicks.around(low, high, target: 5).labels == labels)
    }

    @Test func `tiny and huge values have their power beside them`() {
        let tiny = NumberTicks.around(0, 4e-9, target: 4)
        #expect(tiny.labels == ["0", "1", "2", "3", "4"] && tiny.note == "×10⁻⁹")
        #expect(NumberTicks.around(0, 3e20, target: 3).note == "×10²⁰")
    }

    @Test func `units that people write at numbers stand at each label`() {
        #expect(NumberTicks.around(0, 30, target: 3, unit: "%").labels == ["0%", "10%", "20%", "30%"])
        #expect(NumberTicks.around(0, 200_000, target: 2, unit: "€").labels == ["€0", "€100k", "€200k"])
        #expect(NumberTicks.around(0, 30, target: 3, unit: "ppm").labels == ["0", "10", "20", "30"])
    }

    private func labels(_ from: String, _ to: String, _ maximum: Int = 9, wholeDays: Bool = true) throws -> [String] {
        let low = try #require(LocalTime(from + "T00:00:00"))
        let high = try #require(LocalTime(to + "T00:00:00"))
        return TimeTicks.inside(Double(low.secondsAsUTC), Double(high.secondsAsUTC), maximum: maximum, wholeDays: wholeDays)
            .map { $0.label + ($0.context.map { " " + $0 } ?? "") }
    }

    @Test func `the unit of time follows the span`() throws {
        #expect(try labels("1875-01-01", "1972-01-01") == ["1880", "1900", "1920", "1940", "1960"])
        #expect(try labels("1958-01-01", "1961-12-01") == ["Jan 1958", "Jul", "Jan 1959", "Jul", "Jan 1960", "Jul", "Jan 1961", "Jul"])
        #expect(try labels("2025-11-01", "2026-04-01") == ["Nov 2025", "Dec", "Jan 2026", "Feb", "Mar", "Apr"])
        #expect(try labels("2026-10-26", "2026-11-23") == ["26 Oct 2026", "2 Nov", "9 Nov", "16 Nov", "23 Nov"])
        #expect(try labels("2026-11-01", "2026-11-03") == ["1 Nov 2026", "2 Nov", "3 Nov"])
        #expect(try labels("2026-11-01", "2026-11-02", wholeDays: false).prefix(3) == ["00:00 1 Nov 2026", "03:00", "06:00"])
        #expect(try labels("2026-11-03", "2026-11-03") == ["3 Nov 2026"])
        #expect(try labels("0001-01-01", "9999-01-01").count >= 4)
    }

    @Test func `widths grow with the text, and a cut text fits`() {
        #expect(TextWidth.of("mmm", size: 10) > TextWidth.of("iii", size: 10))
        let cut = TextWidth.cut("A very long name indeed", size: 13, limit: 80)
        #expect(cut.hasSuffix("…") && TextWidth.of(cut, size: 13) <= 80)
        #expect(TextWidth.cut("short", size: 13, limit: 80) == "short")
    }
}
