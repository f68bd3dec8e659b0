// Why a run waits, from the record.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct WaitTests {
    @Test func `a queued run says what holds it back`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let job = try #require(try await store.job(named: "passengers")).id
            let first = try await store.queue(.sample(job), at: .sample())
            #expect(try await store.wait(of: first) == RunWait())
            let claim = try #require(try await store.claimRuns(limit: 1, at: .sample()).first)
            #expect(try await store.wait(of: first) == nil, "it waits no longer")
            let second = try await store.queue(.sample(job), at: .sample(1))
            let secret = try await store.queue(.sample(job, isPrivate: true), at: .sample(1))
            #expect(try await store.wait(of: second) == RunWait(follows: first, activeAttempts: 1))
            #expect(try await store.wait(of: secret) == RunWait(activeAttempts: 1), "private runs follow nobody")
            try await store.finish(attempt: claim.attemptID, end: .failure(retryAt: .sample(60)), at: .sample(2))
            try await store.markRemoved(job: "passengers", at: .sample(3))
            #expect(try await store.wait(of: first) == RunWait(notBefore: .sample(60), jobIsRemoved: true))
        }
    }
}
