// Whether an edition may become current by itself: thresholds of metrics, expectations of inputs.
import Artifacts
import Tables
import Vocabulary

/// The checks that hold an edition back.
struct EditionChecks: Sendable {
    let artifacts: any ArtifactStore

    /// Why an edition is held, as sentences; empty when every check passed.
    func failures(_ definition: JobDefinition, metrics: [Metric], snapshots: [Snapshot]) async throws -> [String] {
        var failures = EditionChecks.thresholds(definition, metrics: metrics)
        for input in definition.inputs {
            guard let expectation = input.expect, let snapshot = snapshots.first(where: { $0.input == input.name }) else { continue }
            failures += try await unexpected(input.name, expectation, snapshot)
        }
        return failures
    }

    /// Metrics without step and slice that lie beyond `hold_above` or `hold_below`, or that have no value although a threshold stands.
    static func thresholds(_ definition: JobDefinition, metrics: [Metric]) -> [String] {
        definition.metrics.compactMap { declared in
            guard declared.holdAbove != nil || declared.holdBelow != nil else { return nil }
            let title = declared.title ?? declared.name
            guard let metric = metrics.last(where: { $0.name == declared.name && $0.step == nil && $0.slice == nil }) else {
                return "\(title) was not reported"
            }
            guard let value = metric.value else { return "\(title) is not a number (\(metric.noValueReason ?? "no value"))" }
            if let limit = declared.holdAbove, value > limit {
                return "\(title) is \(NumberText.measure(value, unit: declared.unit)), above the limit of \(NumberText.measure(limit, unit: declared.unit))"
            }
            if let limit = declared.holdBelow, value < limit {
                return "\(title) is \(NumberText.measure(value, unit: declared.unit)), below the limit of \(NumberText.measure(limit, unit: declared.unit))"
            }
            return nil
        }
    }

    private func unexpected(_ name: String, _ expectation: InputDefinition.Expectation, _ snapshot: Snapshot) async throws -> [String] {
        let source = try await artifacts.open(snapshot.sha256, range: nil)
        let summary: CSVSummary
        do {
            summary = try await CSVSummary.read(next: source.next)
        } catch let error as TableError {
            return ["the input \(name) is not a readable CSV: \(error.detail)"]
        }
        var failures: [String] = []
        for column in expectation.columns where !summary.columns.contains(column.name) { failures.append("the input \(name) has no column \(column.name)") }
        if let least = expectation.minRows, summary.rows < Int64(least) {
            failures.append("the input \(name) has \(summary.rows) rows, fewer than the \(least) expected")
        }
        return failures
    }
}
