// What the scheduler is told when schedules change, and what it writes down.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct ScheduleChangesTests {
    @Test func `each change of a job raises the epoch and names that job only`() async throws {
        try await withTemporaryStore { store in
            let one = try await store.registerSample("one", .sample(schedules: [.sample()])).jobID
            try await store.registerSample("two", .sample(schedules: [.sample(), ScheduleDefinition(name: "b", cron: "@daily", timezone: "UTC")]))
            let all = try await store.scheduleChanges(since: nil)
            #expect(all.schedules.map(\.jobName).sorted() == ["one", "two", "two"])
            var epoch = all.epoch
            func changed(_ change: () async throws -> Void) async throws -> [String]? {
                try await change()
                let changes = try await store.scheduleChanges(since: epoch)
                defer { epoch = changes.epoch }
                guard changes.epoch > epoch, changes.jobs == [one] else { return nil }
                return changes.schedules.map { "\($0.jobName) \($0.definition.cron)\($0.paused ? " paused" : "")" }
            }
            #expect(try await store.scheduleChanges(since: epoch).jobs.isEmpty)
            #expect(try await changed { try await store.registerSample("one", .sample(schedules: [.sample(cron: "0 7 * * *")]), files: "b") } == ["one 0 7 * * *"])
            #expect(try await changed { try await store.setPaused(true, job: "one", at: .sample(10)) } == ["one 0 7 * * * paused"])
            #expect(try await changed { try await store.setPaused(false, job: "one", at: .sample(20)) } == ["one 0 7 * * *"])
            #expect(try await changed { try await store.markRemoved(job: "one", at: .sample(30)) } == [])
            #expect(try await changed { try await store.registerSample("one", .sample(schedules: [.sample()]), files: "b") } == ["one 0 6 * * *"])
            // The same files again change nothing.
            try await store.registerSample("one", .sample(schedules: [.sample()]), files: "b")
            #expect(try await store.scheduleChanges(since: epoch).epoch == epoch)
        }
    }

    @Test func `a pause is remembered with its end, and its end says that the clock is right`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("one", .sample(schedules: [.sample()]))
            try await store.trustClock(at: .sample(5))
            #expect(try await store.scheduleChanges(since: nil).trustedAt == .sample(5))
            try await store.setPaused(true, job: "one", at: .sample(10))
            try await store.setPaused(true, job: "one", at: .sample(15))
            let paused = try #require(try await store.schedulesInForce().first)
            #expect(paused.pausedAt == .sample(10) && paused.resumedAt == nil)
            try await store.setPaused(false, job: "one", at: .sample(20))
            try await store.setPaused(false, job: "one", at: .sample(25))
            let resumed = try #require(try await store.schedulesInForce().first)
            #expect(resumed.pausedAt == .sample(10) && resumed.resumedAt == .sample(20))
            #expect(try await store.scheduleChanges(since: nil).trustedAt == .sample(25))
        }
    }

    @Test func `a batch is recorded whole or not at all`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("one", .sample(schedules: [.sample()]))
            let other = try await store.registerSample("two")
            let schedule = try #require(try await store.schedulesInForce().first)
            func new(_ hour: Int, version: JobVersionID?) throws -> NewOccurrence {
                let row = OccurrenceRecord(
                    jobID: schedule.jobID, scheduleName: schedule.name, revision: schedule.revision, nominal: try #require(LocalTime("2026-03-03T1\(hour):00:00")),
                    fold: 0, due: .sample(Int64(hour)), state: .launched)
                let run = NewRun(jobID: schedule.jobID, jobVersionID: version, task: "score", trigger: .schedule, scheduledFor: .sample(), parameters: [:])
                return NewOccurrence(row, run: run, whileRunning: .queue)
            }
            await #expect(throws: RecordingError.self) { try await store.record([new(1, version: nil), new(2, version: other.id)], at: .sample()) }
            #expect(try await store.occurrences(job: schedule.jobID, limit: 9).isEmpty)
            #expect(try await store.queueDepth().queued == 0)
            let outcomes = try await store.record([new(1, version: nil), new(2, version: nil), new(1, version: nil)], at: .sample())
            #expect(outcomes.map { $0?.runID != nil } == [true, true, false])
        }
    }
}
