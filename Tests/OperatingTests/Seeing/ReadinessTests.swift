// When the server says that it is not ready, and in which words.
import Rendering
import Testing
import TestSupport
import Vocabulary

@testable import Operating

@Suite struct ReadinessTests {
    private func values(_ change: (inout EngineReadings.Values) -> Void = { _ in }) -> EngineReadings.Values {
        var values = EngineReadings.Values()
        change(&values)
        return values
    }

    private func problems(_ values: EngineReadings.Values, database: Bool = true, after seconds: Int64) -> [String] {
        Readiness(values, databaseAnswers: database, startedAt: .sample()).problems(at: .sample(seconds))
    }

    @Test func `A server that looks at its schedules is ready`() {
        #expect(problems(values { $0.schedulerLookedAt = .sample(1_000) }, after: 1_090).isEmpty)
    }

    @Test func `The first look may take a minute`() {
        #expect(problems(values(), after: 60).isEmpty)
        #expect(problems(values(), after: 61).first?.contains("since the server started at 2026-03-02T06:00:00Z") == true)
    }

    @Test func `A scheduler that is silent for longer than ninety seconds has stalled`() {
        let found = problems(values { $0.schedulerLookedAt = .sample(1_000) }, after: 1_091)
        #expect(found == ["The scheduler has not looked at the schedules since 2026-03-02T06:16:40Z: what is due does not start."])
    }

    @Test func `Each trouble has its own line, with what the service said`() {
        let found = problems(
            values {
                $0.schedulerLookedAt = .sample()
                $0.schedulerProblem = "the clock is 4 years off\nand waits"
                $0.runnerProblem = "the disk is full."
            }, database: false, after: 5)
        #expect(found == [
            "The database does not answer.", "The scheduler does not fire: the clock is 4 years off and waits.", "No run is started: the disk is full.",
        ])
    }

    @Test func `The figures have a line for every state and reason from the first moment`() {
        let names = Set(values().figures.map(\.name))
        #expect(names.isSuperset(of: ["almanac_runs_ended_total", "almanac_scheduler_firing", "almanac_schedule_lateness_seconds"]))
        let failures = values { $0.failures[.timedOut] = 3 }.figures.first { $0.name == "almanac_failures_total" }
        #expect(failures?.samples.count == FailureReason.allCases.count)
        #expect(failures?.samples.first { $0.labels.first?.value == "timedOut" }?.value == 3)
    }
}
