// What a chart shows: series of numbers over days, times, numbers or categories.
package import Vocabulary

/// A chart as data; `svg(id:)` draws it, `textAlternative` says it and `dataTable()` lists it.
package struct Chart: Sendable {
    /// How the values are drawn.
    package enum Kind: String, Sendable, CaseIterable { case line, bar }

    /// Where the values stand, one entry for each value of a series.
    package enum Axis: Sendable, Equatable {
        case numbers([Double])
        case dates([LocalDate])
        case datetimes([LocalTime])
        case categories([String])

        /// How many entries there are.
        package var count: Int {
            switch self {
            case .numbers(let values): values.count
            case .dates(let values): values.count
            case .datetimes(let values): values.count
            case .categories(let values): values.count
            }
        }
    }

    /// The numbers of one thing, one for each entry of the axis.
    package struct Series: Sendable, Equatable {
        package var name: String
        /// Nil leaves a gap.
        package var values: [Double?]
        /// Lower and upper edge of a band around the values, where there is one.
        package var low: [Double?]?
        package var high: [Double?]?
        /// Decimals in sentences and tables; nil for as many as the values seem to need.
        package var decimals: Int?

        /// A series; the edges of its band go together.
        package init(name: String, values: [Double?], low: [Double?]? = nil, high: [Double?]? = nil, decimals: Int? = nil) {
            self.name = name
            self.values = values
            self.low = low
            self.high = high
            self.decimals = decimals
        }
    }

    /// A line across the chart at a value that matters.
    package struct Threshold: Sendable, Equatable {
        package var value: Double
        package var label: String
        /// A line at a value, in the unit of the chart, with the words beside it.
        package init(value: Double, label: String) {
            self.value = value
            self.label = label
        }
    }

    package let kind: Kind
    package let title: String
    /// What a reader should know beyond the title, in words; joins the text alternative.
    package let description: String?
    package let x: Axis
    package let series: [Series]
    package let unit: String?
    package let xTitle: String?
    package let yTitle: String?
    package let thresholds: [Threshold]

    /// Makes a chart. Series that are shorter than the axis end in gaps, longer ones are cut; what is not a finite number below 1e300 is a gap. A line over
    /// numbers or times is drawn from left to right, whatever the order of the rows.
    package init(
        kind: Kind, title: String, description: String? = nil, x: Axis, series: [Series], unit: String? = nil, xTitle: String? = nil,
        yTitle: String? = nil, thresholds: [Threshold] = []
    ) {
        self.kind = kind
        self.title = title
        self.description = description
        let order = Chart.order(of: x, kind: kind)
        self.x = x.arranged(order)
        self.series = series.map { one in
            Series(
                name: one.name, values: Chart.arranged(one.values, order), low: one.low.map { Chart.arranged($0, order) },
                high: one.high.map { Chart.arranged($0, order) }, decimals: one.decimals)
        }
        self.unit = unit.flatMap { $0.isEmpty ? nil : $0 }
        self.xTitle = xTitle
        self.yTitle = yTitle
        self.thresholds = thresholds.filter { Chart.isDrawable($0.value) }
    }

    static func isDrawable(_ value: Double) -> Bool { value.isFinite && abs(value) < 1e300 }

    private static func order(of x: Axis, kind: Kind) -> [Int] {
        let all = Array(0..<x.count)
        switch x {
        case .numbers(let values):
            let known = all.filter { isDrawable(values[$0]) }
            return kind == .bar ? known : known.sorted { (values[$0], $0) < (values[$1], $1) }
        case .dates(let values): return kind == .bar ? all : all.sorted { (values[$0], $0) < (values[$1], $1) }
        case .datetimes(let values): return kind == .bar ? all : all.sorted { (values[$0], $0) < (values[$1], $1) }
        case .categories: return all
        }
    }

    private static func arranged(_ values: [Double?], _ order: [Int]) -> [Double?] {
        order.map { index in
            guard index < values.count, let value = values[index], isDrawable(value) else { return nil }
            return value
        }
    }
}

extension Chart.Axis {
    fileprivate func arranged(_ order: [Int]) -> Chart.Axis {
        switch self {
        case .numbers(let values): .numbers(order.map { values[$0] })
        case .dates(let values): .dates(order.map { values[$0] })
        case .datetimes(let values): .datetimes(order.map { values[$0] })
        case .categories(let values): .categories(order.map { values[$0] })
        }
    }

    /// Days that are all the first of their month stand for months.
    var isMonthly: Bool {
        guard case .dates(let values) = self, values.count > 1 else { return false }
        return values.allSatisfy { $0.day == 1 }
    }

    /// Whole numbers that look like years are written without separators.
    var isYears: Bool {
        guard case .numbers(let values) = self, !values.isEmpty else { return false }
        return values.allSatisfy { $0 == $0.rounded() && (1000...2999).contains($0) }
    }

    /// Positions on a number line: seconds for times, the value for numbers, the index for categories.
    var positions: [Double] {
        switch self {
        case .numbers(let values): values
        case .dates(let values): values.map { Double($0.daysSinceEpoch) * 86_400 }
        case .datetimes(let values): values.map { Double($0.secondsAsUTC) }
        case .categories(let values): values.indices.map(Double.init)
        }
    }

    /// An entry in full, for sentences and tables: `March 1959`, `3 November 2026`, `12.5`.
    func text(_ index: Int) -> String {
        switch self {
        case .numbers(let values): isYears ? String(Int(values[index])) : NumberText.measure(values[index], significant: 6)
        case .dates(let values): isMonthly ? DateText.month(values[index]) : DateText.day(values[index])
        case .datetimes(let values): DateText.time(values[index])
        case .categories(let values): values[index]
        }
    }

    /// An entry in few letters, for the foot of a bar: `Mar 1959`, `3 Nov 2026`.
    func shortText(_ index: Int) -> String {
        switch self {
        case .numbers, .categories: text(index)
        case .dates(let values):
            isMonthly ? "\(DateText.shortMonth(values[index].month)) \(values[index].year)" : DateText.shortDay(values[index])
        case .datetimes(let values): "\(values[index].date.day) \(DateText.shortMonth(values[index].date.month)) \(DateText.clock(values[index]))"
        }
    }
}
