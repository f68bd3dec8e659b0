// report.md in parts, and the values that stand in its text.
import Defining
import Testing
import Vocabulary

@Suite struct `reports` {
    static let definition = JobDefinition(
        title: "Sales", tasks: [TaskDefinition(name: "score", file: "a.py", language: .python)],
        parameters: [ParameterDefinition(name: "horizon", kind: .integer)], outputs: [OutputDefinition(name: "forecast", path: "forecast.csv")],
        metrics: [MetricDefinition(name: "mape")])

    private func read(_ text: String, columns: [String: [String]] = [:]) -> (parts: [ReportPart], diagnostics: [Diagnostic]) {
        ReportSource.read(text, file: "report.md", definition: Self.definition, knownColumns: columns)
    }

    @Test func `text and blocks come in their order, with their lines`() {
        let (parts, diagnostics) = read(
            """
            # Sales
            Text.

            ```chart
            data: forecast
            type: line
            x: month
            y: [expected, naive]
            title: Expected passengers
            unit: "%"
            x_title: Month
            y_title: People
            description: It rises.
            ```
            More.
            ~~~~table
            data: forecast
            columns: [month, expected]
            rows: 12
            sort: [-expected, month]
            ~~~~

            ```metric
            name: mape
            ```
            ```python
            chart = 1
            ```
            """)
        #expect(diagnostics.isEmpty)
        #expect(
            parts == [
                .markdown("# Sales\nText.\n\n", line: 1),
                .chart(
                    ChartBlock(
                        data: "forecast", kind: .line, x: "month", y: ["expected", "naive"], band: nil, series: nil, title: "Expected passengers",
                        unit: "%", xTitle: "Month", yTitle: "People", description: "It rises.", line: 4)),
                .markdown("More.\n", line: 15),
                .table(
                    TableBlock(
                        data: "forecast", columns: ["month", "expected"], rows: 12,
                        sort: [.init(column: "expected", descending: true), .init(column: "month", descending: false)], title: nil, description: nil,
                        line: 16)),
                .metric(MetricBlock(name: "mape", line: 23)),
                .markdown("```python\nchart = 1\n```", line: 26),
            ])
    }

    @Test func `a header that is known is what columns are held to`() {
        let text = "```chart\ndata: forecast\ntype: line\nx: month\ny: expectd\nband: [low, hi]\n```\n{{output.forecast.nothing.sum}}\n"
        #expect(read(text).diagnostics.isEmpty)
        let (parts, diagnostics) = read(text, columns: ["forecast": ["month", "expected", "low", "high"]])
        #expect(diagnostics.map(\.description) == [
            "report.md:5:4: error: the output `forecast` has no column `expectd`; did you mean `expected`?",
            "report.md:6:13: error: the output `forecast` has no column `hi`; its columns are `month`, `expected`, `low` and `high`",
            "report.md:8:1: error: the output `forecast` has no column `nothing`; its columns are `month`, `expected`, `low` and `high`",
        ])
        #expect(parts == [.markdown("{{output.forecast.nothing.sum}}\n", line: 8)])
    }

    @Test func `a band and a series are read`() {
        let text = "```chart\ndata: forecast\ntype: bar\nx: month\ny: n\nband: [low, high]\nseries: region\n```\n"
        guard case .chart(let chart) = read(text).parts.first else { Issue.record("no chart"); return }
        #expect(chart.kind == .bar && chart.band == .init(low: "low", high: "high") && chart.series == "region")
    }

    @Test func `a report without blocks is one stretch of text, and an empty one is nothing`() {
        #expect(read("a\r\nb").parts == [.markdown("a\nb", line: 1)])
        #expect(read("\n \n").parts.isEmpty)
    }

    @Test func `dotted values are found in text and left alone in code and formulas`() {
        let text = """
            A {{metric.mape}} and {{ output.forecast.Expected value.last }}.
            `{{metric.mape}}` ``a ` {{metric.mape}}`` $x_{{a}}$ $$
            {{metric.mape}} $$ \\{{metric.mape}} costs $5 or {{parameter.horizon}}, $6.

                {{metric.mape}}

            - item

                {{edition.date}}
            """
        let values = DottedText.pieces(text).compactMap { if case .value(let value) = $0 { value } else { nil } }
        #expect(values == [.metric("mape"), .column(output: "forecast", column: "Expected value", .last), .parameter("horizon"), .edition(.date)])
    }

    @Test func `the pieces of a text make up the text`() {
        #expect(DottedText.pieces("a {{metric.x}} b {{nothing}} c") == [.text("a "), .value(.metric("x")), .text(" b {{nothing}} c")])
        #expect(DottedText.pieces("{{edition.number}}") == [.value(.edition(.number))])
        #expect(DottedText.pieces("{{output.o.rows}}{{") == [.value(.rows(output: "o")), .text("{{")])
    }
}
