// What a report.md is made of: stretches of Markdown, and the blocks between them.

/// One part of a report, in the order of the file.
package enum ReportPart: Hashable, Sendable {
    /// Markdown as it was written, with its first line in the file (from 1).
    case markdown(String, line: Int)
    case chart(ChartBlock)
    case table(TableBlock)
    case metric(MetricBlock)
}

/// A ```` ```chart ```` block.
package struct ChartBlock: Hashable, Sendable {
    /// Forms of charts; `stacked bar`, `area`, `scatter` and `histogram` are known and refused until they work.
    package enum Kind: String, Hashable, Sendable, CaseIterable { case line, bar, stackedBar = "stacked bar", area, scatter, histogram }

    /// Name of an output.
    package let data: String
    package let kind: Kind
    /// Column of the horizontal axis.
    package let x: String
    /// Columns of values, at least one.
    package let y: [String]
    /// Columns of the range round the values.
    package let band: Band?
    /// Column whose values make one series each; then `y` is one column.
    package let series: String?
    package let title: String?
    package let unit: String?
    package let xTitle: String?
    package let yTitle: String?
    /// One sentence for those who do not see the chart, when the writer gave one.
    package let description: String?
    /// Line of the block's fence in report.md.
    package let line: Int

    /// The two columns of a band.
    package struct Band: Hashable, Sendable {
        package let low: String
        package let high: String

        package init(low: String, high: String) {
            self.low = low
            self.high = high
        }
    }

    package init(
        data: String, kind: Kind, x: String, y: [String], band: Band? = nil, series: String? = nil, title: String? = nil,
        unit: String? = nil, xTitle: String? = nil, yTitle: String? = nil, description: String? = nil, line: Int
    ) {
        self.data = data
        self.kind = kind
        self.x = x
        self.y = y
        self.band = band
        self.series = series
        self.title = title
        self.unit = unit
        self.xTitle = xTitle
        self.yTitle = yTitle
        self.description = description
        self.line = line
    }
}

/// A ```` ```table ```` block.
package struct TableBlock: Hashable, Sendable {
    /// A column to sort by.
    package struct Order: Hashable, Sendable {
        package let column: String
        package let descending: Bool

        package init(column: String, descending: Bool) {
            self.column = column
            self.descending = descending
        }
    }

    /// Name of an output.
    package let data: String
    /// Columns to show, in this order; empty = all.
    package let columns: [String]
    /// Rows to show; nil = as many as the page allows.
    package let rows: Int?
    package let sort: [Order]
    package let title: String?
    package let description: String?
    /// Line of the block's fence in report.md.
    package let line: Int

    package init(
        data: String, columns: [String] = [], rows: Int? = nil, sort: [Order] = [], title: String? = nil, description: String? = nil, line: Int
    ) {
        self.data = data
        self.columns = columns
        self.rows = rows
        self.sort = sort
        self.title = title
        self.description = description
        self.line = line
    }
}

/// A ```` ```metric ```` block.
package struct MetricBlock: Hashable, Sendable {
    /// Name of a metric.
    package let name: String
    /// Line of the block's fence in report.md.
    package let line: Int

    package init(name: String, line: Int) {
        self.name = name
        self.line = line
    }
}
