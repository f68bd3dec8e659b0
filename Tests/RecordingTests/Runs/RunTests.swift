// A run from the queue to its end: what each step writes, and which steps are refused.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct RunTests {
    private func claimed(_ store: Store, _ run: ((JobID) -> NewRun)? = nil) async throws -> ClaimedRun {
        try await store.registerSample("passengers")
        let job = try #require(try await store.job(named: "passengers")?.id)
        let id = try await store.queue(run?(job) ?? .sample(job), at: .sample())
        return try #require(try await store.claimRuns(limit: 100, at: .sample(1)).first { $0.run.id == id })
    }

    @Test func `a run that succeeds is recorded whole, in four commits`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let user = try await store.addUser(name: "ann", email: nil, passwordHash: nil, administrator: false, groups: [], at: .sample())
            let job = try #require(try await store.job(named: "passengers"))
            let spy = SpyDatabase(store.database)
            let watched = Store(spy)
            let parameters: [String: ParameterValue] = ["a": .integer(3), "b": .number(3), "c": .boolean(true), "d": .string("3"), "e": .number(0.1)]
            let run = NewRun(
                jobID: job.id, task: "score", trigger: .manual, scheduledFor: .sample(), scheduledOffset: 3600, parameters: parameters, requestedBy: user)
            let id = try await watched.queue(run, at: .sample())
            let claim = try #require(try await watched.claimRuns(limit: 4, at: .sample(1)).first)
            #expect(claim.parameters == parameters)
            let snapshot = Snapshot(input: "flights", fileName: "flights.csv", sha256: .sample("input"), bytes: 9, origin: "data/flights.csv")
            let receipt = Receipt(launcher: "local", text: "{\"pid\":7}")
            try await watched.recordLaunch(
                attempt: claim.attemptID, receipt: receipt, snapshots: [snapshot], environment: ["python": "3.11.2"], at: .sample(2))
            let metrics = [
                Metric(name: "mape", value: 3.1), Metric(name: "loss", value: 0.5, step: 2), Metric(name: "auc", value: 0.8, slice: "JFK"),
                Metric(name: "rate", value: nil, noValueReason: "Infinity"), Metric(name: "odd", value: .nan),
            ]
            let number = try await watched.finish(attempt: claim.attemptID, end: .success(at: .sample(3), metrics: metrics), at: .sample(9))
            #expect(number == 1)
            #expect(spy.writeCount == 4)

            let detail = try #require(try await store.runDetail(id))
            #expect(detail.run.status == .succeeded && detail.run.editionNumber == 1 && detail.run.scheduledOffset == 3600)
            #expect(detail.run.startedAt == .sample(2) && detail.run.endedAt == .sample(8) && detail.run.queuedAt == .sample())
            #expect(detail.requestedByName == "ann" && detail.parameters == parameters && detail.snapshots == [snapshot])
            #expect(detail.metrics.dropLast() == metrics.dropLast())
            #expect(detail.metrics.last == Metric(name: "odd", value: nil, noValueReason: "NaN"))
            #expect(detail.outputs == AttemptEnd.success().outputs)
            #expect(detail.events.map(\.kind) == ["queued", "claimed", "launched", "succeeded", "published"])
            let attempt = try #require(detail.attempts.first)
            #expect(attempt.receipt == receipt && attempt.environment == ["python": "3.11.2"] && attempt.exitStatus == 0)
            #expect(attempt.logDigest == .sample("log") && attempt.logBytes == 512 && attempt.resources.peakMemoryBytes == 1 << 26)
            #expect(detail.job.currentEditionID != nil && detail.version.manifest == .sample("one"))
            #expect(try await store.integrity() == [])
        }
    }

    @Test func `a terminal run and an ended attempt never change`() async throws {
        try await withTemporaryStore { store in
            let claim = try await claimed(store)
            try await store.finish(attempt: claim.attemptID, end: .success(), at: .sample(2))
            let before = try #require(try await store.runDetail(claim.run.id))
            let writes: [@Sendable () async throws -> Void] = [
                { try await store.finish(attempt: claim.attemptID, end: .success(edition: .sample(page: "other")), at: .sample(3)) },
                { try await store.finish(attempt: claim.attemptID, end: .failure(retryAt: .sample()), at: .sample(3)) },
                { try await store.markLost(attempt: claim.attemptID, message: "gone", at: .sample(3)) },
                { try await store.requestCancel(run: claim.run.id, by: nil, at: .sample(3)) },
                {
                    try await store.recordLaunch(
                        attempt: claim.attemptID, receipt: Receipt(launcher: "local", text: "x"), snapshots: [], environment: [:], at: .sample(3))
                },
            ]
            for write in writes {
                let error = await #expect(throws: RecordingError.self) { try await write() }
                #expect(error?.code == .stale)
            }
            let after = try #require(try await store.runDetail(claim.run.id))
            #expect(after.run == before.run && after.attempts == before.attempts && after.events == before.events && after.outputs == before.outputs)
            #expect(try await store.editions(job: claim.run.jobID).count == 1)
        }
    }

    @Test func `two servers that end one attempt publish once`() async throws {
        try await withRecordPlace { place in
            let (left, right) = (try await place.open(), try await place.open())
            let claim = try await claimed(left)
            let ended = await withTaskGroup(of: Bool.self) { group in
                for store in [left, right, left, right] {
                    group.addTask { (try? await store.finish(attempt: claim.attemptID, end: .success(), at: .sample(2))) == 1 }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(ended == 1)
            #expect(try await right.editions(job: claim.run.jobID).count == 1)
            #expect(try await right.pointerMoves(job: claim.run.jobID).count == 1)
            try left.close()
            try right.close()
        }
    }

    @Test func `a failure keeps its reason, its metrics and its outputs and publishes nothing`() async throws {
        try await withTemporaryStore { store in
            let claim = try await claimed(store)
            let end = AttemptEnd(
                status: .failed, reason: .contractViolation, message: "forecast.csv is missing", exitStatus: 0, endedAt: .sample(5),
                metrics: [Metric(name: "mape", value: 1)], edition: .sample())
            #expect(try await store.finish(attempt: claim.attemptID, end: end, at: .sample(6)) == nil)
            let detail = try #require(try await store.runDetail(claim.run.id))
            #expect(detail.run.failureReason == .contractViolation && detail.run.failureMessage == "forecast.csv is missing")
            #expect(detail.metrics.count == 1 && detail.run.editionNumber == nil && detail.events.last?.kind == "failed")
            let entry = try #require(try await store.catalogue(visibleTo: .operatorAtConsole).entries.first)
            #expect(entry.lastRunStatus == .failed && entry.lastRunFailure == .contractViolation && entry.lastRunEndedAt == .sample(5))
            let nameless = AttemptEnd(status: .failed, endedAt: .sample())
            let error = await #expect(throws: RecordingError.self) { try await store.finish(attempt: claim.attemptID, end: nameless, at: .sample()) }
            #expect(error?.code == .conflict)
        }
    }

    @Test func `a lost attempt returns its run once for free, then the run fails`() async throws {
        try await withTemporaryStore { store in
            let first = try await claimed(store)
            try await store.markLost(attempt: first.attemptID, message: "The machine restarted", at: .sample(2))
            let second = try #require(try await store.claimRuns(limit: 1, at: .sample(3)).first)
            #expect(second.run.id == first.run.id && second.attemptNumber == 2 && second.lostAttempts == 1)
            try await store.markLost(attempt: second.attemptID, message: "The machine restarted", at: .sample(4))
            let detail = try #require(try await store.runDetail(first.run.id))
            #expect(detail.run.status == .failed && detail.run.failureReason == .lost)
            #expect(detail.attempts.map(\.status) == [.lost, .lost])
            #expect(detail.events.map(\.kind) == ["queued", "claimed", "attemptLost", "retried", "claimed", "attemptLost", "failed"])
            #expect(try await store.queueDepth() == (queued: 0, active: 0))
        }
    }

    @Test func `an attempt that was given up cannot end the one that followed it`() async throws {
        try await withTemporaryStore { store in
            let first = try await claimed(store)
            try await store.markLost(attempt: first.attemptID, message: "No sign of life", at: .sample(2))
            let second = try #require(try await store.claimRuns(limit: 1, at: .sample(3)).first)
            let error = await #expect(throws: RecordingError.self) { try await store.finish(attempt: first.attemptID, end: .success(), at: .sample(4)) }
            #expect(error?.code == .stale)
            #expect(try await store.run(first.run.id)?.status == .launching)
            #expect(try await store.editions(job: first.run.jobID).isEmpty)
            #expect(try await store.finish(attempt: second.attemptID, end: .success(), at: .sample(5)) == 1)
        }
    }

    @Test func `a restart finds every attempt that has not ended`() async throws {
        try await withTemporaryStore { store in
            let first = try await claimed(store)
            #expect(try await store.unfinishedAttempts().map(\.status) == [.launching])
            let snapshot = Snapshot(input: "a", fileName: "a.csv", sha256: .sample("a"), bytes: 1, origin: "data/a.csv")
            let receipt = Receipt(launcher: "local", text: "7")
            for _ in 0..<2 {
                try await store.recordLaunch(attempt: first.attemptID, receipt: receipt, snapshots: [snapshot], environment: [:], at: .sample(2))
            }
            try await store.requestCancel(run: first.run.id, by: nil, at: .sample(3))
            let found = try #require(try await store.unfinishedAttempts().first)
            #expect(found.status == .running && found.receipt == receipt && found.snapshots == [snapshot] && found.cancelRequested)
            #expect(found.claimed.run.status == .running && found.claimed.parameters == ["horizon": .integer(12)])
            try await store.finish(attempt: first.attemptID, end: .success(), at: .sample(4))
            #expect(try await store.unfinishedAttempts().isEmpty)
        }
    }

    @Test func `a queued run is cancelled at once, a running one when its attempt ends`() async throws {
        try await withTemporaryStore { store in
            let running = try await claimed(store)
            let queued = try await store.queue(.sample(running.run.jobID), at: .sample())
            try await store.requestCancel(run: queued, by: nil, at: .sample(1))
            #expect(try await store.run(queued)?.status == .cancelled)
            for _ in 0..<2 { try await store.requestCancel(run: running.run.id, by: nil, at: .sample(2)) }
            #expect(try await store.run(running.run.id)?.cancelRequested == true)
            #expect(try await store.isCancelRequested(running.run.id))
            // Nobody retries, or publishes, what somebody wanted to end.
            try await store.finish(attempt: running.attemptID, end: .failure(at: .sample(3), retryAt: .sample(4)), at: .sample(3))
            let detail = try #require(try await store.runDetail(running.run.id))
            #expect(detail.run.status == .cancelled && detail.attempts.map(\.status) == [.cancelled])
            #expect(detail.events.map(\.kind) == ["queued", "claimed", "cancelRequested", "cancelled"])
            let error = await #expect(throws: RecordingError.self) { try await store.requestCancel(run: RunID(at: .sample()), by: nil, at: .sample()) }
            #expect(error?.code == .notFound)
        }
    }

    @Test func `a run whose end was asked for publishes nothing, however its process ended`() async throws {
        try await withTemporaryStore { store in
            let claim = try await claimed(store)
            try await store.requestCancel(run: claim.run.id, by: nil, at: .sample(2))
            let ended = try await store.end(attempt: claim.attemptID, .success(), at: .sample(3))
            #expect(ended.status == .cancelled && ended.edition == nil)
            #expect(try await store.editions(job: claim.run.jobID).isEmpty)
            #expect(try await store.run(claim.run.id)?.status == .cancelled)
            _ = try await store.queue(.sample(claim.run.jobID), at: .sample(4))
            #expect(try await store.claimRuns(limit: 1, at: .sample(5)).count == 1, "the slot is free again")
        }
    }

    @Test func `a second loss is a failure, which a retry may follow`() async throws {
        try await withTemporaryStore { store in
            let claim = try await claimed(store)
            #expect(try await store.markLost(attempt: claim.attemptID, message: "gone", retryAt: .sample(60), at: .sample(2)).status == .queued)
            let second = try #require(try await store.claimRuns(limit: 1, at: .sample(3)).first)
            #expect(second.lostAttempts == 1)
            #expect(try await store.markLost(attempt: second.attemptID, message: "gone", retryAt: .sample(60), at: .sample(4)).status == .queued)
            #expect(try await store.claimRuns(limit: 1, at: .sample(59)).isEmpty)
            #expect(try await store.runDetail(claim.run.id)?.events.last?.detail == "The next attempt comes at \(Instant.sample(60)).")
            let third = try #require(try await store.claimRuns(limit: 1, at: .sample(60)).first)
            #expect(third.lostAttempts == 1)
            #expect(try await store.markLost(attempt: third.attemptID, message: "gone", at: .sample(61)).status == .failed)
        }
    }

    @Test func `a private run neither takes the slot nor counts for the catalogue`() async throws {
        try await withTemporaryStore { store in
            let claim = try await claimed(store) { .sample($0, isPrivate: true) }
            let other = try await store.queue(.sample(claim.run.jobID), at: .sample())
            #expect(try await store.claimRuns(limit: 1, at: .sample(2)).map(\.run.id) == [other])
            let error = await #expect(throws: RecordingError.self) { try await store.finish(attempt: claim.attemptID, end: .success(), at: .sample(3)) }
            #expect(error?.code == .conflict)
            #expect(try await store.run(claim.run.id)?.status == .launching)
            try await store.finish(attempt: claim.attemptID, end: .success(edition: nil), at: .sample(3))
            #expect(try await store.catalogue(visibleTo: .operatorAtConsole).entries.first?.lastRunStatus == nil)
            #expect(try await store.catalogue(visibleTo: .operatorAtConsole).entries.first?.isRunning == true)
        }
    }

    @Test func `the list of runs goes from new to old, page by page, by job and status`() async throws {
        try await withTemporaryStore { store in
            for name in ["alpha", "beta"] { try await store.registerSample(name) }
            let jobs = try await store.jobs().map(\.id)
            var runs: [RunID] = []
            for second in 0..<20 { runs.append(try await store.queue(.sample(jobs[second % 2]), at: .sample(Int64(second)))) }
            try await store.requestCancel(run: runs[4], by: nil, at: .sample())
            let newest = Array(runs.reversed())
            func list(_ filter: RunFilter) async throws -> [RunID] { try await store.runs(filter, visibleTo: .operatorAtConsole).map(\.id) }
            #expect(try await list(RunFilter(limit: 50)) == newest)
            #expect(try await list(RunFilter(limit: 7)) == Array(newest[0..<7]))
            #expect(try await list(RunFilter(before: newest[6], limit: 7)) == Array(newest[7..<14]))
            #expect(try await list(RunFilter(jobName: "alpha", limit: 3)) == [runs[18], runs[16], runs[14]])
            #expect(try await list(RunFilter(status: .cancelled)) == [runs[4]])
            #expect(try await list(RunFilter(jobName: "beta", status: .cancelled)) == [])
            #expect(try await list(RunFilter(jobName: "nobody")) == [])
        }
    }
}
