// Which metrics hold an edition back, and in which words.
@testable import Operating
import Testing
import Vocabulary

@Suite struct `Checks of an edition` {
    private func failures(_ metric: Metric?, above: Double? = nil, below: Double? = nil) -> [String] {
        let definition = JobDefinition(
            title: "T", tasks: [], metrics: [MetricDefinition(name: "mape", title: "Typical error", unit: "%", holdAbove: above, holdBelow: below)])
        return EditionChecks.thresholds(definition, metrics: metric.map { [$0] } ?? [])
    }

    @Test func `a value within its limits passes, also when it lies on one`() {
        #expect(failures(Metric(name: "mape", value: 12), above: 12, below: 12) == [])
        #expect(failures(Metric(name: "mape", value: 99)) == [])
    }

    @Test func `a value beyond a limit says both`() {
        #expect(failures(Metric(name: "mape", value: 41.5), above: 40) == ["Typical error is 41.5%, above the limit of 40%"])
        #expect(failures(Metric(name: "mape", value: 2), below: 3) == ["Typical error is 2%, below the limit of 3%"])
    }

    @Test func `a limit without a value holds the edition`() {
        #expect(failures(nil, above: 40) == ["Typical error was not reported"])
        #expect(failures(Metric(name: "mape", value: nil, noValueReason: "NaN"), above: 40) == ["Typical error is not a number (NaN)"])
        #expect(failures(Metric(name: "mape", value: 50, slice: "north"), above: 40) == ["Typical error was not reported"])
    }
}
