// The charts that golden cases are made of.
@testable import Charts
import Vocabulary

enum SampleCharts {
    static let passengers: [Double] = [
        340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535,
        622, 606, 508, 461, 390, 432,
    ]

    static func months(_ count: Int, from year: Int) -> [LocalDate] {
        (0..<count).map { LocalDate(year: year + $0 / 12, month: $0 % 12 + 1, day: 1) }
    }

    static let forecast: Chart = {
        let actual: [Double?] = passengers + [Double?](repeating: nil, count: 12)
        let expected = [Double?](repeating: nil, count: 35) + [432, 450, 426, 480, 492, 509, 583, 670, 667, 558, 497, 430, 477]
        let wide = expected.enumerated().map { index, value in value.map { ($0, Double(index - 34) * 4 + 8) } }
        return Chart(
            kind: .line, title: "Passengers, past and expected", x: .dates(months(48, from: 1958)),
            series: [
                Chart.Series(name: "Actual", values: actual),
                Chart.Series(name: "Expected", values: expected, low: wide.map { $0.map { $0.0 - $0.1 } }, high: wide.map { $0.map { $0.0 + $0.1 } }),
            ], unit: "thousand", yTitle: "Passengers each month", thresholds: [Chart.Threshold(value: 700, label: "Capacity of the terminal")])
    }()

    static let single = Chart(
        kind: .line, title: "Level of Lake Huron", x: .numbers((1875...1972).map(Double.init)),
        series: [Chart.Series(name: "Level", values: (0..<98).map { index in
            let wave = Double((index * 37) % 23) / 10
            return index == 40 || index == 41 ? nil : 578 + wave + (index > 50 ? 0.8 : 0)
        })], unit: "ft", xTitle: "Year")

    private static func late(_ airport: Int, _ day: Int) -> Double? {
        let wave = (day * (7 + airport) + airport * 5) % 13
        return Double(20 + airport * 2 + wave)
    }

    static let three = Chart(
        kind: .line, title: "Late arrivals by airport", x: .dates((0..<28).map { LocalDate(daysSinceEpoch: 20_755 + $0) }),
        series: ["Newark", "John F. Kennedy", "LaGuardia"].enumerated().map { number, name in
            Chart.Series(name: name, values: (0..<28).map { late(number, $0) })
        }, unit: "%", yTitle: "Share of flights", thresholds: [Chart.Threshold(value: 30, label: "Target")])

    static let hours = Chart(
        kind: .line, title: "Load", x: .datetimes((0..<96).map { LocalTime(secondsAsUTC: 1_793_664_000 + Int64($0) * 1800) }),
        series: [Chart.Series(name: "Load", values: (0..<96).map { 1_200_000 + Double(($0 * 31) % 48) * 25_000 })], unit: "MW")

    static let bars = Chart(
        kind: .bar, title: "Profit by quarter", x: .categories(["Q1", "Q2", "Q3", "Q4"]),
        series: [
            Chart.Series(name: "2024", values: [120, -40, 80, 160]), Chart.Series(name: "2025", values: [90, 30, nil, 210]),
            Chart.Series(name: "2026", values: [-25, 60, 130, 0]),
        ], unit: "€", thresholds: [Chart.Threshold(value: 150, label: "Goal")])

    static let longNames = Chart(
        kind: .bar, title: "Passengers by airline",
        x: .categories(["United Air Lines Inc.", "JetBlue Airways", "ExpressJet Airlines Inc., doing business as a very long name indeed", "Delta Air Lines Inc.", "American Airlines Inc.", "Envoy Air", "US Airways Inc."]),
        series: [Chart.Series(name: "Flights", values: [58_665, 54_635, 54_173, 48_110, 32_729, 26_397, 20_536])])

    static let monthlyBars = Chart(
        kind: .bar, title: "Passengers", x: .dates(months(36, from: 1958)), series: [Chart.Series(name: "Passengers", values: passengers)], unit: "thousand")

    private static func sold(_ number: Int, _ month: Int) -> Double? {
        if number == 3, month > 20 { return nil }
        return Double(number * 10 + (month * number) % 7)
    }

    private static func reading(_ index: Int) -> Double {
        if index == 50_000 { return 9.5 }
        return Double((index * 7919) % 1000) / 500 + Double(index) / 50_000
    }

    static let many = Chart(
        kind: .line, title: "Eight products", x: .dates(months(24, from: 2024)),
        series: (1...8).map { number in
            Chart.Series(name: "Product number \(number)", values: (0..<24).map { sold(number, $0) })
        }, yTitle: "Sold")

    static let dense = Chart(
        kind: .line, title: "Hundred thousand readings", x: .numbers((0..<100_000).map { Double($0) / 100 }),
        series: [Chart.Series(name: "Reading", values: (0..<100_000).map(reading))])

    static let tiny = Chart(
        kind: .line, title: "p-values", x: .categories(["a", "b", "c"]), series: [Chart.Series(name: "p", values: [1.2e-9, 3.4e-9, -0.5e-9])])

    static let one = Chart(
        kind: .line, title: "One point", x: .dates([LocalDate(year: 2026, month: 11, day: 3)]), series: [Chart.Series(name: "Expected", values: [42.5])])

    static let none = Chart(kind: .bar, title: "Nothing yet", x: .categories([]), series: [Chart.Series(name: "Expected", values: [])])

    static let golden: [(name: String, chart: Chart, width: Int)] = [
        ("forecast", forecast, 720), ("forecast-narrow", forecast, 360), ("single", single, 720), ("three", three, 720), ("hours", hours, 720),
        ("bars", bars, 720), ("bars-narrow", bars, 360), ("long-names", longNames, 720), ("monthly-bars", monthlyBars, 720), ("many", many, 720),
        ("tiny", tiny, 720), ("one", one, 720), ("none", none, 720),
    ]
}
