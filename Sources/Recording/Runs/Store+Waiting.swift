// What a queued run waits for, as far as the record knows.
package import Vocabulary

/// What may hold a queued run back.
package struct RunWait: Sendable, Hashable {
    /// The next attempt does not start before this instant.
    package let notBefore: Instant?
    /// The job's folder is gone.
    package let jobIsRemoved: Bool
    /// The run of the same job and task that goes on: publishing runs follow each other.
    package let follows: RunID?
    /// Attempts of all jobs that are launching or running.
    package let activeAttempts: Int

    package init(notBefore: Instant? = nil, jobIsRemoved: Bool = false, follows: RunID? = nil, activeAttempts: Int = 0) {
        self.notBefore = notBefore
        self.jobIsRemoved = jobIsRemoved
        self.follows = follows
        self.activeAttempts = activeAttempts
    }
}

extension Store {
    /// What a run waits for; nil when it is not queued.
    package func wait(of run: RunID) async throws -> RunWait? {
        let sql = """
            SELECT r.not_before, j.removed_at, r.is_private, t.active_run_id
            FROM run r JOIN job j ON j.id = r.job_id LEFT JOIN job_task t ON t.job_id = r.job_id AND t.task = r.task
            WHERE r.id = ? AND r.status = 'queued'
            """
        return try await read { connection in
            let active: Int = try connection.value(RunSQL.countActive) ?? 0
            return try connection.first(sql, [run]) { row in
                let (notBefore, removed): (Instant?, Instant?) = (try row.next(), try row.next())
                let (isPrivate, holder): (Bool, RunID?) = (try row.next(), try row.next())
                return RunWait(
                    notBefore: notBefore, jobIsRemoved: removed != nil, follows: isPrivate ? nil : holder, activeAttempts: active)
            }
        }
    }
}
