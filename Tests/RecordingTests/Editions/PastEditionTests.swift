// Editions of runs for past dates: they are kept, and do not take the place of what is newer.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct PastEditionTests {
    @Test func `an edition for an earlier date does not become current over a later one`() async throws {
        try await withTemporaryStore { store in
            let job = try await store.registerSample("passengers").jobID
            func publish(_ trigger: RunTrigger, _ seconds: Int64) async throws { try await store.runSample(.sample(job, trigger: trigger, at: .sample(seconds))) }
            func current() async throws -> Int? { try await store.editions(job: job).first(where: \.isCurrent)?.number }
            try await publish(.backfill, -300)
            #expect(try await current() == 1)
            try await publish(.backfill, -200)
            #expect(try await current() == 2)
            try await publish(.schedule, 0)
            try await publish(.backfill, -100)
            #expect(try await current() == 3, "a run for a later time has the current edition")
            let entry = try #require(try await store.catalogue(visibleTo: .operatorAtConsole).entries.first)
            #expect(entry.newestEdition?.number == 3)
            #expect(try await store.edition(job: job, number: 4)?.state == .published)
            // A run by hand is for the present, whatever the pointer shows.
            try await publish(.manual, 10)
            #expect(try await current() == 5)
            // What stands behind a withheld edition is the latest by date, not by number.
            try await store.withhold(job: job, edition: 5, by: nil, reason: "wrong", at: .sample(20))
            #expect(try await current() == 3)
            try await store.withhold(job: job, edition: 3, by: nil, reason: "wrong", at: .sample(20))
            #expect(try await current() == 4)
            try await store.makeCurrent(job: job, edition: 1, by: nil, reason: nil, at: .sample(30))
            #expect(try await current() == 1)
        }
    }
}
