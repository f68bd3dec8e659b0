// Figures in the text format of Prometheus: names, kinds, numbers and what is escaped.
import Testing

@testable import Rendering

@Suite struct FigureFamilyTests {
    @Test func `A family is its help, its kind and a line for each label`() {
        let family = FigureFamily.counter("almanac_runs_ended_total", "Runs that ended.", by: "status", [("succeeded", 12), ("failed", 0)])
        #expect(FigureFamily.document([family]) == """
            # HELP almanac_runs_ended_total Runs that ended.
            # TYPE almanac_runs_ended_total counter
            almanac_runs_ended_total{status="succeeded"} 12
            almanac_runs_ended_total{status="failed"} 0

            """)
    }

    @Test func `Quotes, backslashes and line feeds of labels and help do not break a line`() {
        let text = FigureFamily.document([.words("almanac_info", "A \\ and\na line.", [("version", "a\"b\\c\nd"), ("database", "sqlite")])])
        #expect(text.contains("# HELP almanac_info A \\\\ and\\na line.\n"))
        #expect(text.contains("almanac_info{version=\"a\\\"b\\\\c\\nd\",database=\"sqlite\"} 1\n"))
    }

    @Test func `A figure that is not known is left out, and what is no number is written as one`() {
        #expect(FigureFamily.document([.gauge("a", "A.", nil)]) == "")
        for (value, text) in [(Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1.25, "1.25"), (1e300, "1e+300"), (-3, "-3")] {
            #expect(FigureFamily.document([.gauge("a", "A.", value)]).hasSuffix("\na \(text)\n"))
        }
    }

    @Test func `Durations are seconds, with the longest beside them`() {
        let text = FigureFamily.document(FigureFamily.durations("almanac_run_waiting_seconds", "Waiting.", count: 4, milliseconds: 2_500, longest: 1_750))
        for line in ["# TYPE almanac_run_waiting_seconds summary", "almanac_run_waiting_seconds_sum 2.5", "almanac_run_waiting_seconds_count 4",
            "# TYPE almanac_run_waiting_longest_seconds gauge", "almanac_run_waiting_longest_seconds 1.75"] { #expect(text.contains(line + "\n"), "\(line)") }
    }
}
