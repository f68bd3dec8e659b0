// Editions and the pointer: publishing, holding, withholding, and the order of it all.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct EditionTests {
    /// A job with an edition per state given, in order.
    private func job(_ store: Store, _ states: [EditionState]) async throws -> JobID {
        try await store.registerSample("passengers")
        let job = try #require(try await store.job(named: "passengers")?.id)
        for (index, state) in states.enumerated() {
            let now = Instant.sample(Int64(index) * 10)
            let metrics = [Metric(name: "mape", value: Double(index)), Metric(name: "mape", value: 99, slice: "JFK")]
            try await store.runSample(.sample(job), end: .success(at: now, metrics: metrics, edition: .sample(state, at: now, page: "\(index)")), at: now)
        }
        return job
    }

    private func current(_ store: Store, _ job: JobID) async throws -> Int? { try await store.editions(job: job).first(where: \.isCurrent)?.number }

    @Test func `a new edition becomes current, a held one does not`() async throws {
        try await withTemporaryStore { store in
            let job = try await job(store, [.published, .published, .held])
            let editions = try await store.editions(job: job)
            #expect(editions.map(\.number) == [3, 2, 1])
            #expect(editions.map(\.isCurrent) == [false, true, false])
            #expect(editions[0].state == .held && editions[0].heldBecause == "Typical error is 41 %")
            #expect(try await store.editions(job: job, before: 3, limit: 1) == [editions[1]])
            #expect(try await store.edition(editions[1].id) == editions[1])
            #expect(try await store.edition(job: job, number: 4) == nil)
            #expect(try await store.pointerMoves(job: job).map { [$0.from, $0.to] } == [[1, 2], [nil, 1]])
            let entry = try #require(try await store.catalogue(visibleTo: .operatorAtConsole).entries.first)
            #expect(entry.currentEdition == editions[1] && entry.newestEdition == editions[0])
            #expect(try await store.runDetail(editions[0].runID)?.events.last?.kind == "held")
        }
    }

    @Test func `people move the pointer with a reason`() async throws {
        try await withTemporaryStore { store in
            let job = try await job(store, [.published, .published, .held])
            let user = try await store.addUser(name: "ann", email: nil, passwordHash: nil, administrator: false, groups: [], at: .sample())
            try await store.makeCurrent(job: job, edition: 3, by: user, reason: "checked by hand", at: .sample(50))
            #expect(try await current(store, job) == 3)
            #expect(try await store.edition(job: job, number: 3)?.state == .published)
            let move = try #require(try await store.pointerMoves(job: job, limit: 1).first)
            #expect(move == PointerMove(from: 2, to: 3, at: .sample(50), by: "ann", reason: "checked by hand"))
            let again = await #expect(throws: RecordingError.self) { try await store.makeCurrent(job: job, edition: 3, by: nil, reason: nil, at: .sample()) }
            #expect(again?.code == .conflict)
            let nowhere = await #expect(throws: RecordingError.self) { try await store.makeCurrent(job: job, edition: 9, by: nil, reason: nil, at: .sample()) }
            #expect(nowhere?.code == .notFound)
        }
    }

    @Test func `withholding the current edition shows the newest older one that was published, or none`() async throws {
        try await withTemporaryStore { store in
            let job = try await job(store, [.published, .held, .published])
            try await store.withhold(job: job, edition: 3, by: nil, reason: "wrong year", at: .sample(50))
            #expect(try await current(store, job) == 1)
            try await store.withhold(job: job, edition: 1, by: nil, reason: "wrong year", at: .sample(51))
            #expect(try await current(store, job) == nil)
            #expect(try await store.pointerMoves(job: job, limit: 2).map { [$0.from, $0.to] } == [[1, nil], [3, 1]])
            let again = await #expect(throws: RecordingError.self) { try await store.withhold(job: job, edition: 1, by: nil, reason: "x", at: .sample()) }
            #expect(again?.code == .conflict)
            try await store.makeCurrent(job: job, edition: 3, by: nil, reason: nil, at: .sample(52))
            #expect(try await current(store, job) == 3)
            let run = try #require(try await store.edition(job: job, number: 3)?.runID)
            #expect(try await store.runDetail(run)?.events.last == RunEventRecord(at: .sample(50), kind: "withheld", detail: "wrong year"))
        }
    }

    @Test func `a private run is published once, when it has succeeded`() async throws {
        try await withTemporaryStore { store in
            let job = try await job(store, [])
            let run = try await store.queue(.sample(job, isPrivate: true), at: .sample())
            let early = await #expect(throws: RecordingError.self) { try await store.publish(run: run, edition: .sample(), by: nil, at: .sample()) }
            #expect(early?.code == .stale)
            let claim = try #require(try await store.claimRuns(limit: 1, at: .sample()).first)
            try await store.finish(attempt: claim.attemptID, end: .success(edition: nil), at: .sample())
            #expect(try await store.publish(run: run, edition: .sample(), by: nil, at: .sample(5)) == 1)
            let twice = await #expect(throws: RecordingError.self) { try await store.publish(run: run, edition: .sample(), by: nil, at: .sample(6)) }
            #expect(twice?.code == .conflict)
            #expect(try await current(store, job) == 1)
            #expect(try await store.run(run)?.editionNumber == 1)
            let unknown = await #expect(throws: RecordingError.self) {
                try await store.publish(run: RunID(at: .sample()), edition: .sample(), by: nil, at: .sample())
            }
            #expect(unknown?.code == .notFound)
        }
    }

    @Test func `the history of a metric leaves steps and slices out`() async throws {
        try await withTemporaryStore { store in
            let job = try await job(store, [.published, .published, .published])
            let history = try await store.metricHistory(job: job, metric: "mape", limit: 2)
            #expect(history.map(\.edition) == [3, 2] && history.map(\.value) == [2, 1] && history.map(\.at) == [.sample(20), .sample(10)])
            #expect(try await store.metricHistory(job: job, metric: "auc", limit: 1).map(\.value) == [nil])
        }
    }

    @Test func `rendering again replaces the page and nothing else`() async throws {
        try await withTemporaryStore { store in
            let job = try await job(store, [.published])
            let before = try #require(try await store.edition(job: job, number: 1))
            try await store.replaceReport(edition: before.id, reportDigest: .sample("new page"), headline: nil)
            let after = try #require(try await store.edition(job: job, number: 1))
            #expect(after.reportDigest == .sample("new page") && after.headline == nil && after.isCurrent && after.runID == before.runID)
        }
    }
}
