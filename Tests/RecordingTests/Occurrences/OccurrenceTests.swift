// Due times: each becomes one row, whoever asks and however often.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct OccurrenceTests {
    private func occurrence(_ schedule: ScheduleRecord, _ nominal: String, due: Instant?, state: OccurrenceState = .launched, reason: String? = nil)
        throws -> OccurrenceRecord
    {
        OccurrenceRecord(
            jobID: schedule.jobID, scheduleName: schedule.name, revision: schedule.revision, nominal: try #require(LocalTime(nominal)), fold: 0,
            due: due, state: state, reason: reason)
    }

    private func scheduled(_ store: Store) async throws -> ScheduleRecord {
        try await store.registerSample("passengers", .sample(schedules: [.sample()]))
        return try #require(try await store.schedulesInForce().first)
    }

    @Test func `an occurrence queues its run once`() async throws {
        try await withTemporaryStore { store in
            let schedule = try await scheduled(store)
            let due = try occurrence(schedule, "2026-03-03T06:00:00", due: .sample(100))
            let run = NewRun.sample(schedule.jobID, trigger: .schedule, at: .sample(100))
            let first = try #require(try await store.record(due, run: run, whileRunning: .queue, at: .sample(100)))
            #expect(try await store.record(due, run: run, whileRunning: .queue, at: .sample(101)) == nil)
            // Another nominal time that lands on the same instant is the same occurrence.
            let collapsed = try occurrence(schedule, "2026-03-03T06:30:00", due: .sample(100))
            #expect(try await store.record(collapsed, run: run, whileRunning: .queue, at: .sample(101)) == nil)
            #expect(try await store.queueDepth().queued == 1)
            #expect(try await store.run(first)?.scheduledFor == .sample(100))
            let rows = try await store.occurrences(job: schedule.jobID, limit: 10)
            #expect(rows.map(\.runID) == [first] && rows.map(\.state) == [.launched])
            #expect(try await store.schedulesInForce().first?.lastDue == .sample(100))
        }
    }

    @Test func `two schedulers on one record queue one run`() async throws {
        try await withRecordPlace { place in
            let (left, right) = (try await place.open(), try await place.open())
            let schedule = try await scheduled(left)
            for round in 0..<10 {
                let nominal = LocalTime(.sample(Int64(round) * 60), offset: 0).description
                let due = try occurrence(schedule, nominal, due: .sample(Int64(round) * 60))
                let run = NewRun.sample(schedule.jobID, trigger: .schedule)
                async let one = left.record(due, run: run, whileRunning: .queue, at: .sample())
                async let two = right.record(due, run: run, whileRunning: .queue, at: .sample())
                let answers = try await [one, two]
                #expect(answers.compactMap { $0 }.count == 1)
            }
            #expect(try await right.queueDepth().queued == 10)
            try left.close()
            try right.close()
        }
    }

    @Test func `an earlier scheduled run that has not ended causes a skip, another one does not`() async throws {
        try await withTemporaryStore { store in
            let schedule = try await scheduled(store)
            let run = NewRun.sample(schedule.jobID, trigger: .schedule)
            _ = try await store.queue(.sample(schedule.jobID, trigger: .manual), at: .sample())
            _ = try await store.queue(.sample(schedule.jobID, task: "train", trigger: .schedule), at: .sample())
            let first = try occurrence(schedule, "2026-03-03T06:00:00", due: .sample(1))
            #expect(try await store.record(first, run: run, whileRunning: .skip, at: .sample()) != nil)
            let second = try occurrence(schedule, "2026-03-04T06:00:00", due: .sample(2))
            #expect(try await store.record(second, run: run, whileRunning: .skip, at: .sample()) == nil)
            let third = try occurrence(schedule, "2026-03-05T06:00:00", due: .sample(3))
            #expect(try await store.record(third, run: run, whileRunning: .queue, at: .sample()) != nil)
            let rows = try await store.occurrences(job: schedule.jobID, limit: 2)
            #expect(rows.map(\.state) == [.launched, .skipped])
            #expect(rows.last?.reason == "whileRunning" && rows.last?.runID == nil && rows.last?.due == .sample(2))
        }
    }

    @Test func `what a policy skips has a row and no due time`() async throws {
        try await withTemporaryStore { store in
            let schedule = try await scheduled(store)
            let gap = try occurrence(schedule, "2026-03-29T02:30:00", due: nil, state: .skipped, reason: "gap")
            #expect(try await store.record(gap, run: nil, whileRunning: .skip, at: .sample()) == nil)
            #expect(try await store.record(gap, run: nil, whileRunning: .skip, at: .sample()) == nil)
            #expect(try await store.occurrences(job: schedule.jobID, limit: 10) == [gap])
            #expect(try await store.schedulesInForce().first?.lastDue == nil)
        }
    }

    @Test func `a revision that is no longer in force fires nothing`() async throws {
        try await withTemporaryStore { store in
            let schedule = try await scheduled(store)
            let due = try occurrence(schedule, "2026-03-03T06:00:00", due: .sample(100))
            try await store.registerSample("passengers", .sample(schedules: [.sample(cron: "0 9 * * *")]), files: "two", at: .sample(50))
            #expect(try await store.record(due, run: .sample(schedule.jobID), whileRunning: .queue, at: .sample(100)) == nil)
            let current = try #require(try await store.schedulesInForce().first)
            try await store.markRemoved(job: "passengers", at: .sample(60))
            let other = try occurrence(current, "2026-03-03T09:00:00", due: .sample(200))
            #expect(try await store.record(other, run: .sample(schedule.jobID), whileRunning: .queue, at: .sample(100)) == nil)
            #expect(try await store.queueDepth().queued == 0)
        }
    }
}
