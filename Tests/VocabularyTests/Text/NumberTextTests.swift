// Numbers and days as people read them.
import Testing
@testable import Vocabulary

@Suite struct NumberTextTests {
    @Test(arguments: [
        (0, "0"), (7, "7"), (1234, "1,234"), (1_234_567, "1,234,567"), (-1234, "−1,234"), (1234.5, "1,234.5"), (123.456, "123.46"), (579.96, "579.96"), (1234.56, "1,234.6"), (12_345.67, "12,346"), (12.345, "12.35"), (3.1, "3.1"), (581.86, "581.86"),
        (1.5, "1.5"), (0.25, "0.25"), (0.0123456, "0.01235"), (9.9999, "10"), (0.99996, "1"), (-0.5, "−0.5"), (1e-7, "1\u{A0}×\u{A0}10⁻⁷"),
        (1.2345e20, "1.235\u{A0}×\u{A0}10²⁰"), (.nan, "no value"), (.infinity, "no value"), (1e14, "100,000,000,000,000"),
    ] as [(Double, String)])
    func `a measure shows four significant digits and its whole part`(value: Double, text: String) {
        #expect(NumberText.measure(value) == text)
    }

    @Test func `units stand where people expect them`() {
        #expect(NumberText.measure(12.34, unit: "%") == "12.34%")
        #expect(NumberText.measure(-12.34, unit: "€") == "−€12.34")
        #expect(NumberText.measure(415.26, unit: "ppm") == "415.26\u{A0}ppm")
        #expect(NumberText.percent(0.12345) == "12.35%")
    }

    @Test func `a cell stands as its column does unless nothing would be left of it`() {
        #expect(NumberText.cell(579, decimals: 2) == "579.00")
        #expect(NumberText.cell(0, decimals: 2) == "0.00")
        #expect(NumberText.cell(-0.00012, decimals: 2) == "−0.00012")
        #expect(NumberText.cell(1.26e-9, decimals: 4) == "1.26\u{A0}×\u{A0}10⁻⁹")
        #expect(NumberText.cell(415.2, decimals: 2, unit: "ppm") == "415.20\u{A0}ppm")
    }

    @Test func `fixed decimals line up and lose the sign of nothing`() {
        #expect(NumberText.fixed(1234.5, decimals: 2) == "1,234.50")
        #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
        #expect(NumberText.fixed(0.05, decimals: 1) == "0.1")
        #expect(NumberText.fixed(123_456_789_012.5, decimals: 12) == "123,456,789,012.5000")
        #expect(NumberText.decimals(for: [1, 2, nil, 300]) == 0)
        #expect(NumberText.decimals(for: [1.5, 22.25, 30.125]) == 1)
        #expect(NumberText.decimals(for: []) == 0)
    }

    @Test(arguments: [
        (0, "0"), (9000, "9,000"), (12_000, "12k"), (1_200_000, "1.2M"), (250_000_000, "250M"), (-3_000_000_000, "−3bn"), (4e12, "4tn"), (0.05, "0.05"),
    ] as [(Double, String)])
    func `axis labels are short`(value: Double, text: String) {
        #expect(NumberText.compact(value) == text)
    }

    @Test func `days read as people write them`() {
        let day = LocalDate(year: 2026, month: 11, day: 3)
        #expect(DateText.day(day) == "3 November 2026")
        #expect(DateText.shortDay(day) == "3 Nov 2026")
        #expect(DateText.longDay(day) == "Tuesday, 3 November 2026")
        #expect(DateText.month(LocalDate(year: 1959, month: 3, day: 1)) == "March 1959")
        #expect(DateText.time(LocalTime(date: day, hour: 14, minute: 5)) == "3 November 2026, 14:05")
        #expect(DateText.column([LocalDate(year: 1959, month: 3, day: 1), nil]) == ["March 1959", nil])
        #expect(DateText.column([LocalDate(year: 1959, month: 1, day: 1)]) == ["1 January 1959"])
    }
}
