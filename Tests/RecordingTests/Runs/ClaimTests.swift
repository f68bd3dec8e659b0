// The queue: who may start, in which order, and never twice.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct ClaimTests {
    @Test func `manual runs come before scheduled ones and older before newer`() async throws {
        try await withTemporaryStore { store in
            var expected: [RunID] = []
            for name in ["alpha", "beta", "gamma"] { try await store.registerSample(name) }
            let jobs = try await store.jobs().map(\.id)
            let scheduled = try await store.queue(.sample(jobs[0], trigger: .schedule), at: .sample(0))
            expected.append(try await store.queue(.sample(jobs[1]), at: .sample(1)))
            expected.append(try await store.queue(.sample(jobs[2]), at: .sample(2)))
            expected.append(scheduled)
            let claimed = try await store.claimRuns(limit: 10, at: .sample(3))
            #expect(claimed.map(\.run.id) == expected)
            #expect(claimed.allSatisfy { $0.run.status == .launching && $0.attemptNumber == 1 && $0.parameters == ["horizon": .integer(12)] })
            #expect(claimed.map(\.version.manifest) == Array(repeating: .sample("one"), count: 3))
            #expect(try await store.claimRuns(limit: 10, at: .sample(4)).isEmpty)
        }
    }

    @Test func `one publishing run of a job and task at a time, private ones besides`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let job = try await store.jobs()[0].id
            for second in 0..<5 { _ = try await store.queue(.sample(job), at: .sample(Int64(second))) }
            let training = try await store.queue(.sample(job, task: "train"), at: .sample(6))
            let secret = try await store.queue(.sample(job, isPrivate: true), at: .sample(7))
            let claimed = try await store.claimRuns(limit: 4, at: .sample(8))
            #expect(claimed.count == 3)
            #expect(Set(claimed.map(\.run.id)).isSuperset(of: [training, secret]))
            #expect(try await store.queueDepth() == (queued: 4, active: 3))
            let score = try #require(claimed.first { $0.run.task == "score" && !$0.run.isPrivate })
            try await store.finish(attempt: score.attemptID, end: .failure(), at: .sample(9))
            #expect(try await store.claimRuns(limit: 4, at: .sample(10)).count == 1)
        }
    }

    @Test func `a small limit looks behind the runs that must wait`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("crowded")
            try await store.registerSample("quiet")
            let jobs = try await store.jobs()
            for second in 0..<20 { _ = try await store.queue(.sample(jobs[0].id), at: .sample(Int64(second))) }
            let last = try await store.queue(.sample(jobs[1].id), at: .sample(99))
            #expect(try await store.claimRuns(limit: 2, at: .sample(100)).map(\.run.id).last == last)
        }
    }

    @Test func `four claimers on two connections never take one run twice`() async throws {
        try await withRecordPlace { place in
            let stores = [try await place.open(), try await place.open()]
            for index in 0..<8 { try await stores[0].registerSample("job-\(index)", files: "\(index)") }
            for job in try await stores[0].jobs() { for _ in 0..<3 { _ = try await stores[0].queue(.sample(job.id), at: .sample()) } }
            let ended = try await withThrowingTaskGroup(of: [RunID].self) { group in
                for worker in 0..<4 {
                    let store = stores[worker % 2]
                    group.addTask {
                        var done: [RunID] = []
                        var idle = 0
                        while idle < 40 {
                            let claimed = try await store.claimRuns(limit: 2, at: .sample(1))
                            idle = claimed.isEmpty ? idle + 1 : 0
                            for run in claimed {
                                try await store.finish(attempt: run.attemptID, end: .success(), at: .sample(2))
                                done.append(run.run.id)
                            }
                        }
                        return done
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(ended.count == 24 && Set(ended).count == 24)
            for job in try await stores[1].jobs() {
                #expect(try await stores[1].editions(job: job.id).map(\.number) == [3, 2, 1])
            }
            for store in stores { try store.close() }
        }
    }

    @Test func `a retry waits for its time, and nothing of a removed job starts`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let job = try await store.jobs()[0].id
            let run = try await store.queue(.sample(job), at: .sample())
            let first = try await store.claimRuns(limit: 1, at: .sample())[0]
            #expect(try await store.finish(attempt: first.attemptID, end: .failure(retryAt: .sample(60)), at: .sample(1)) == nil)
            #expect(try await store.run(run)?.status == .queued)
            #expect(try await store.nextRetry(after: .sample(1)) == .sample(60))
            #expect(try await store.claimRuns(limit: 1, at: .sample(59)).isEmpty)
            try await store.markRemoved(job: "passengers", at: .sample(59))
            #expect(try await store.claimRuns(limit: 1, at: .sample(60)).isEmpty)
            let error = await #expect(throws: RecordingError.self) { _ = try await store.queue(.sample(job), at: .sample()) }
            #expect(error?.code == .notFound)
            try await store.registerSample("passengers")
            let second = try await store.claimRuns(limit: 1, at: .sample(60))
            #expect(second.map(\.attemptNumber) == [2] && second.map(\.lostAttempts) == [0])
        }
    }
}
