// The lanes of the schedule page: who sees them, which days they hold, and how much at most.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct LaneTests {
    private func record(_ store: Store, _ count: Int, state: OccurrenceState = .launched) async throws -> ScheduleRecord {
        let schedule = try #require(try await store.schedulesInForce().first)
        for day in 0..<count {
            let due = Instant.sample(Int64(day) * 86_400)
            let occurrence = OccurrenceRecord(
                jobID: schedule.jobID, scheduleName: schedule.name, revision: schedule.revision, nominal: LocalTime(due, offset: 3600), fold: 0, due: due,
                state: state, reason: state == .launched ? nil : "paused")
            let run = state == .launched ? NewRun.sample(schedule.jobID, trigger: .schedule, at: due) : nil
            _ = try await store.record(occurrence, run: run, whileRunning: .queue, at: due)
        }
        return schedule
    }

    @Test func `a lane has the due times of its days with their runs, newest first`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers", .sample(access: AccessKeys(view: ["planning"]), schedules: [.sample()]))
            try await store.registerSample("asked", .sample(title: "A first by title"), files: "two")
            let schedule = try await record(store, 20)
            let user = try await store.addUser(name: "ann", email: nil, passwordHash: nil, administrator: false, groups: ["planning"], at: .sample())
            let ann = try #require(try await store.user(user)).actor()
            _ = try await store.queue(.sample(schedule.jobID, at: .sample(9 * 86_400), isPrivate: true), at: .sample(9 * 86_400))
            let (from, to) = (Instant.sample(5 * 86_400), Instant.sample(10 * 86_400))
            let (lanes, total) = try await store.scheduleLanes(visibleTo: ann, from: from, to: to)
            #expect(total == 1 && lanes.map(\.jobName) == ["passengers"])
            let lane = try #require(lanes.first)
            #expect(lane.occurrences.compactMap(\.due) == (5..<10).reversed().map { .sample(Int64($0) * 86_400) })
            #expect(Set(lane.occurrences.compactMap(\.runID)).isSubset(of: Set(lane.runs.map(\.id))))
            #expect(!lane.runs.contains { $0.isPrivate } && !lane.mayReadRuns && !lane.isCut)
            #expect(lane.schedules.map(\.lastDue) == [.sample(19 * 86_400)])
            let all = try await store.scheduleLanes(visibleTo: .operatorAtConsole, from: from, to: to)
            #expect(all.lanes.map(\.jobName) == ["passengers", "asked"], "those with a schedule come first")
            #expect(all.lanes.first?.mayReadRuns == true)
            #expect(try await store.scheduleLanes(visibleTo: .anonymous, from: from, to: to).total == 0)
            let second = try await store.scheduleLanes(visibleTo: .operatorAtConsole, from: from, to: to, offset: 1, limit: 1)
            #expect(second.lanes.map(\.jobName) == ["asked"] && second.total == 2)
        }
    }

    @Test func `a long history is cut, not read`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers", .sample(schedules: [.sample()]))
            _ = try await record(store, 12, state: .skipped)
            let lanes = try await store.scheduleLanes(visibleTo: .operatorAtConsole, from: .sample(-86_400), to: .sample(30 * 86_400), most: 5).lanes
            #expect(lanes.first?.occurrences.count == 5 && lanes.first?.isCut == true)
            #expect(lanes.first?.occurrences.first?.due == .sample(11 * 86_400))
        }
    }

    @Test func `a job whose folder is gone is shown when it is asked for by name`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers", .sample(schedules: [.sample()]))
            try await store.markRemoved(job: "passengers", at: .sample())
            #expect(try await store.scheduleLanes(visibleTo: .operatorAtConsole, from: .sample(), to: .sample(9)).lanes.isEmpty)
            let named = try await store.scheduleLanes(visibleTo: .operatorAtConsole, job: "passengers", from: .sample(), to: .sample(9))
            #expect(named.lanes.first?.removedAt == .sample())
        }
    }
}
