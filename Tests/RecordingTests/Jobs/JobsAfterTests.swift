// Jobs that run when another's new edition becomes current.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct JobsAfterTests {
    private func dependent(_ store: Store, _ name: String = "plan", after: [String] = ["passengers"]) async throws -> JobID {
        var definition = JobDefinition.sample(schedules: [
            ScheduleDefinition(cron: "@daily", timezone: "UTC", parameters: ["horizon": .integer(24)])
        ])
        definition.after = after
        return try await store.registerSample(name, definition, files: name).jobID
    }

    private func runs(_ store: Store, of job: JobID) async throws -> [RunRecord] {
        try await store.runs(RunFilter(), visibleTo: .operatorAtConsole).filter { $0.jobID == job }
    }

    @Test func `a new edition queues one run of each, with the usual parameters`() async throws {
        try await withTemporaryStore { store in
            let job = try await store.registerSample("passengers").jobID
            let (plan, other) = (try await dependent(store), try await dependent(store, "other", after: ["passengers", "plan"]))
            try await store.runSample(.sample(job), at: .sample(60))
            for waiting in [plan, other] {
                let run = try #require(try await runs(store, of: waiting).first)
                #expect(run.trigger == .after && run.task == "score" && run.scheduledFor == .sample(60) && !run.isPrivate)
                #expect(try await store.runDetail(run.id)?.parameters == ["horizon": .integer(24)])
            }
            // One that waits already is enough.
            try await store.requestCancel(run: try #require(try await runs(store, of: other).first).id, by: nil, at: .sample(61))
            let second = try await store.queue(.sample(job), at: .sample(50))
            let claimed = try #require(try await store.claimRuns(limit: 9, at: .sample(70)).first { $0.run.id == second })
            try await store.finish(attempt: claimed.attemptID, end: .success(edition: .sample()), at: .sample(71))
            #expect(try await runs(store, of: other).count { $0.status == .queued } == 1)
        }
    }

    @Test func `held, private, failed and withheld results queue nothing, a released one does, once`() async throws {
        try await withTemporaryStore { store in
            let job = try await store.registerSample("passengers").jobID
            let plan = try await dependent(store)
            try await store.runSample(.sample(job, isPrivate: true))
            try await store.runSample(.sample(job), end: .failure())
            try await store.runSample(.sample(job), end: .success(edition: .sample(.held)))
            #expect(try await runs(store, of: plan).isEmpty)
            try await store.makeCurrent(job: job, edition: 1, by: nil, reason: nil, at: .sample(10))
            let run = try #require(try await runs(store, of: plan).first { $0.status == .queued })
            try await store.requestCancel(run: run.id, by: nil, at: .sample(11))
            try await store.runSample(.sample(job))
            try await store.requestCancel(run: try #require(try await runs(store, of: plan).first { $0.status == .queued }).id, by: nil, at: .sample(12))
            #expect(try await runs(store, of: plan).count == 2)
            // Going back to what was current before is no news.
            try await store.makeCurrent(job: job, edition: 1, by: nil, reason: "the new one is wrong", at: .sample(13))
            try await store.withhold(job: job, edition: 1, by: nil, reason: "wrong", at: .sample(14))
            #expect(try await runs(store, of: plan).count == 2)
        }
    }

    @Test func `paused and removed jobs stay quiet, and a former name is still a name`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let (plan, gone) = (try await dependent(store), try await dependent(store, "gone"))
            try await store.setPaused(true, job: "plan", at: .sample())
            try await store.markRemoved(job: "gone", at: .sample())
            let job = try await store.registerSample("travellers", .sample(formerNames: ["passengers"]), files: "two").jobID
            try await store.runSample(.sample(job))
            #expect(try await runs(store, of: plan).isEmpty)
            #expect(try await runs(store, of: gone).isEmpty)
            try await store.setPaused(false, job: "plan", at: .sample())
            try await store.runSample(.sample(job))
            #expect(try await runs(store, of: plan).count == 1)
        }
    }

    @Test func `a circle that is left in the record runs nobody for ever`() async throws {
        try await withTemporaryStore { store in
            let (first, second) = (try await dependent(store, "first", after: ["second"]), try await dependent(store, "second", after: ["first"]))
            try await store.runSample(.sample(first))
            #expect(try await runs(store, of: second).isEmpty)
        }
    }
}
