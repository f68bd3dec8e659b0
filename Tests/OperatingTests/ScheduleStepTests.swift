// What a look at the schedules does: fires once, remembers what was missed, and begins a changed schedule now.
import Logging
import Operating
import Recording
import Rendering
import Testing
import TestSupport
import Vocabulary

/// Looks with an agenda that knows nothing yet, as after a restart.
struct FreshLook {
    let store: Store
    let zones: Zones

    func look(at now: Instant) async throws -> Instant? {
        let step = ScheduleStep(store: store, zones: zones, readings: EngineReadings(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var agenda = Agenda()
        _ = try await step.refresh(&agenda, at: now)
        repeat { _ = try await step.act(on: &agenda, clock: Clock { now }) } while agenda.next.map { $0 <= now } ?? false
        return agenda.next
    }
}

@Suite struct `A look at the schedules` {
    private let zones = Zones()

    private func step(_ store: Store) -> FreshLook { FreshLook(store: store, zones: zones) }

    private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

    /// Runs a body with a store that has one hourly job, registered at an instant.
    private func withJob(_ cron: String = "0 * * * *", at now: String, _ body: (Store, JobID) async throws -> Void) async throws {
        try await withTemporaryStore { store in
            try await body(store, try await register(cron, in: store, at: try instant(now)))
        }
    }

    @discardableResult
    private func register(_ cron: String, in store: Store, at now: Instant) async throws -> JobID {
        let definition = JobDefinition(
            title: "Job", tasks: [TaskDefinition(name: "score", file: "go.sh", language: .command)],
            schedules: [ScheduleDefinition(cron: cron, timezone: "Europe/Berlin")])
        let digest = Digest(bytes: [UInt8](repeating: UInt8(cron.utf8.count), count: 32))
        return try await store.register(job: "job", definition: definition, manifest: Manifest(files: []), manifestDigest: digest, at: now).version.jobID
    }

    @Test func `a due time is queued once, however often one looks`() async throws {
        try await withJob(at: "2026-03-01T10:10:00Z") { store, job in
            #expect(try await step(store).look(at: try instant("2026-03-01T10:30:00Z")) == (try instant("2026-03-01T11:00:00Z")))
            #expect(try await store.runs(RunFilter(), visibleTo: .operatorAtConsole).isEmpty)
            for _ in 0..<3 { _ = try await step(store).look(at: try instant("2026-03-01T11:00:00Z")) }
            let runs = try await store.runs(RunFilter(), visibleTo: .operatorAtConsole)
            #expect(runs.map(\.scheduledFor) == [try instant("2026-03-01T11:00:00Z")])
            #expect(runs.map(\.trigger) == [.schedule])
            #expect(runs.map(\.scheduledOffset) == [3600])
            #expect(try await store.occurrences(job: job, limit: 10).map(\.state) == [.launched])
        }
    }

    @Test func `after a night without a server the latest due time runs and the others are recorded as missed`() async throws {
        try await withJob(at: "2026-03-01T20:10:00Z") { store, job in
            _ = try await step(store).look(at: try instant("2026-03-02T06:05:00Z"))
            let occurrences = try await store.occurrences(job: job, limit: 100)
            #expect(occurrences.map(\.state) == [.launched] + Array(repeating: .missed, count: 9))
            let runs = try await store.runs(RunFilter(), visibleTo: .operatorAtConsole)
            #expect(runs.map(\.scheduledFor) == [try instant("2026-03-02T06:00:00Z")])
        }
    }

    @Test(arguments: [499, 500, 501, 1200])
    func `however many were missed, exactly the latest runs`(minutes: Int64) async throws {
        try await withJob("* * * * *", at: "2026-03-01T00:00:30Z") { store, job in
            let now = try instant("2026-03-01T00:00:30Z").adding(seconds: minutes * 60)
            _ = try await step(store).look(at: now)
            let runs = try await store.runs(RunFilter(), visibleTo: .operatorAtConsole)
            #expect(runs.map(\.scheduledFor) == [Instant(milliseconds: now.milliseconds / 60_000 * 60_000)])
            #expect(try await store.occurrences(job: job, limit: 10_000).count == Int(minutes))
        }
    }

    @Test func `a changed schedule begins now and never fires the past`() async throws {
        try await withJob(at: "2026-03-01T10:10:00Z") { store, _ in
            try await register("*/10 * * * *", in: store, at: try instant("2026-03-01T12:05:00Z"))
            #expect(try await step(store).look(at: try instant("2026-03-01T12:06:00Z")) == (try instant("2026-03-01T12:10:00Z")))
            #expect(try await store.runs(RunFilter(), visibleTo: .operatorAtConsole).isEmpty)
        }
    }

    @Test func `what was due before a change, also within the delay, is settled before the change`() async throws {
        try await withTemporaryStore { store in
            let definition = JobDefinition(
                title: "Job", tasks: [TaskDefinition(name: "score", file: "go.sh", language: .command)],
                schedules: [ScheduleDefinition(cron: "0 * * * *", timezone: "Europe/Berlin", jitter: Span(seconds: 86_400))])
            let job = try await store.register(
                job: "job", definition: definition, manifest: Manifest(files: []), manifestDigest: Digest(bytes: [UInt8](repeating: 7, count: 32)),
                at: try instant("2026-03-01T10:10:00Z")).version.jobID
            let now = try instant("2026-03-01T12:00:01Z")
            let step = ScheduleStep(store: store, zones: zones, readings: EngineReadings(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await step.settle(job, clock: Clock { now })
            try await step.settle(job, clock: Clock { now })
            try await register("30 3 * * *", in: store, at: now)
            #expect(try await store.occurrences(job: job, limit: 10).map(\.state) == [.launched, .missed])
        }
    }

    @Test func `a paused job fires nothing, says so, and goes on from the day it is resumed`() async throws {
        try await withJob(at: "2026-03-01T10:10:00Z") { store, job in
            try await store.setPaused(true, job: "job", at: try instant("2026-03-01T10:20:00Z"))
            _ = try await step(store).look(at: try instant("2026-03-01T15:30:00Z"))
            #expect(try await store.runs(RunFilter(), visibleTo: .operatorAtConsole).isEmpty)
            #expect(try await store.occurrences(job: job, limit: 10).map(\.reason) == Array(repeating: "paused", count: 5))
            try await store.setPaused(false, job: "job", at: try instant("2026-03-01T15:40:00Z"))
            _ = try await step(store).look(at: try instant("2026-03-01T15:50:00Z"))
            #expect(try await store.runs(RunFilter(), visibleTo: .operatorAtConsole).isEmpty)
            _ = try await step(store).look(at: try instant("2026-03-01T16:00:00Z"))
            #expect(try await store.runs(RunFilter(), visibleTo: .operatorAtConsole).count == 1)
        }
    }

    @Test func `while the last scheduled run is still there the next is skipped with the reason`() async throws {
        try await withJob(at: "2026-03-01T10:10:00Z") { store, job in
            _ = try await step(store).look(at: try instant("2026-03-01T11:00:00Z"))
            _ = try await step(store).look(at: try instant("2026-03-01T12:00:00Z"))
            let newest = try #require(try await store.occurrences(job: job, limit: 1).first)
            #expect(newest.state == .skipped)
            #expect(newest.reason == "whileRunning")
            #expect(try await store.runs(RunFilter(), visibleTo: .operatorAtConsole).count == 1)
        }
    }
}
