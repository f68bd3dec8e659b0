// How the record is: its integrity, and a few figures.

/// Small figures for health pages and metrics.
package struct StoreCounts: Sendable, Hashable {
    /// Jobs whose folder is there.
    package let jobs: Int
    package let users: Int
    package let editions: Int
    package let queuedRuns: Int
    package let activeRuns: Int
}

extension Store {
    /// What is wrong with the database, as the database itself sees it: damaged pages, and rows that name rows which are not there. Empty when all is
    /// well. Reads everything: seconds for a large record.
    package func integrity() async throws -> [String] { try await database.integrity() }

    /// Figures that cost no more as the history grows.
    package func counts() async throws -> StoreCounts {
        try await read { connection in
            StoreCounts(
                jobs: try connection.value("SELECT count(*) FROM job WHERE removed_at IS NULL") ?? 0,
                users: try connection.value("SELECT count(*) FROM user_account") ?? 0,
                editions: try connection.value("SELECT CAST(coalesce(sum(edition_count), 0) AS BIGINT) FROM job") ?? 0,
                queuedRuns: try connection.value(RunSQL.countQueued) ?? 0,
                activeRuns: try connection.value(RunSQL.countActive) ?? 0)
        }
    }

    /// Whether nobody has used the record yet: no users, jobs or editions.
    package func isUnused() async throws -> Bool {
        try await read { connection in
            let traces = ["user_account", "job"].map { "SELECT 1 FROM \($0)" }
            return try !traces.contains { try connection.exists($0 + " LIMIT 1") }
        }
    }

    /// A number that grows with every change of grants, groups, users and teams: decisions made at one epoch hold while it stays.
    package func accessEpoch() async throws -> Int64 {
        try await read { try $0.value("SELECT epoch FROM access_epoch WHERE id = 1") ?? 0 }
    }
}

extension Connection {
    /// Says that an earlier decision about access may no longer hold.
    func bumpAccessEpoch() throws { try execute("UPDATE access_epoch SET epoch = epoch + 1 WHERE id = 1") }
}
