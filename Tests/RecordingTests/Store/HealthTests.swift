// Integrity and the small figures of the record.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct HealthTests {
    @Test func `the figures count what is there`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            try await store.registerSample("gone", files: "two")
            try await store.markRemoved(job: "gone", at: .sample())
            let job = try #require(try await store.job(named: "passengers")?.id)
            for second in 0..<2 { try await store.runSample(.sample(job), at: .sample(Int64(second))) }
            for _ in 0..<3 { _ = try await store.queue(.sample(job), at: .sample(9)) }
            _ = try await store.claimRuns(limit: 9, at: .sample(9))
            #expect(try await store.counts() == StoreCounts(jobs: 1, users: 0, editions: 2, queuedRuns: 2, activeRuns: 1))
        }
    }

    @Test func `rows that name what is not there are told`() async throws {
        let folder = try RecordFolder()
        defer { folder.remove() }
        let store = try await folder.open()
        #expect(try await store.integrity() == [])
        // A pragma does nothing inside a transaction, so the constraint is deferred and its check is left to a schema without it.
        try await store.write { connection in
            try connection.script(
                """
                CREATE TABLE loose (id TEXT PRIMARY KEY);
                PRAGMA writable_schema = 1;
                UPDATE sqlite_schema SET sql = 'CREATE TABLE loose (id TEXT PRIMARY KEY REFERENCES job (id))' WHERE name = 'loose';
                PRAGMA writable_schema = 0;
                INSERT INTO loose (id) VALUES ('nobody');
                """)
        }
        try store.close()
        let again = try await folder.open()
        #expect(try await again.integrity() == ["a row of loose names a row of job that is not there"])
        try again.close()
    }
}
