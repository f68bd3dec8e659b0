// Requests about editions and the pointer that says which one is current.
package import Vocabulary

extension Store {
    /// A job's edition by number, or nil.
    package func edition(job: JobID, number: Int) async throws -> EditionRecord? {
        try await read { try $0.first(EditionSQL.select + " WHERE e.job_id = ? AND e.number = ?", [job, number]) { try EditionRecord(row: &$0) } }
    }

    /// The edition with this identifier, or nil.
    package func edition(_ id: EditionID) async throws -> EditionRecord? {
        try await read { try $0.first(EditionSQL.select + " WHERE e.id = ?", [id]) { try EditionRecord(row: &$0) } }
    }

    /// A job's editions, newest first; with `before` only those with a smaller number, for the next page.
    package func editions(job: JobID, before number: Int? = nil, limit: Int = 100) async throws -> [EditionRecord] {
        let earlier = number == nil ? "" : " AND e.number < ?"
        let sql = EditionSQL.select + " WHERE e.job_id = ?\(earlier) ORDER BY e.number DESC LIMIT ?"
        let arguments: [any Storable] = [job] + (number.map { [$0] } ?? []) + [limit]
        return try await read { try $0.all(sql, arguments) { try EditionRecord(row: &$0) } }
    }

    /// The moves of a job's pointer, newest first.
    package func pointerMoves(job: JobID, limit: Int = 100) async throws -> [PointerMove] {
        let sql = """
            SELECT m.from_edition, m.to_edition, m.moved_at, u.name, m.reason FROM pointer_move m LEFT JOIN user_account u ON u.id = m.moved_by
            WHERE m.job_id = ? ORDER BY m.number DESC LIMIT ?
            """
        return try await read { connection in
            try connection.all(sql, [job, limit]) { row in
                PointerMove(from: try row.next(), to: try row.next(), at: try row.next(), by: try row.next(), reason: try row.next())
            }
        }
    }

    /// The outputs of an edition's run, in the order in which they were recorded.
    package func outputs(run: RunID) async throws -> [Output] { try await read { try $0.outputs(run: run) } }

    /// The metrics of a run, in the order in which they were recorded.
    package func metrics(run: RunID) async throws -> [Metric] { try await read { try $0.metrics(run: run) } }

    /// Newest editions first: each edition's number, date and the value of one metric without step and slice (nil when it has none).
    package func metricHistory(job: JobID, metric: String, limit: Int) async throws -> [(edition: Int, at: Instant, value: Double?)] {
        let sql = """
            SELECT e.number, e.created_at, (
                SELECT m.value FROM metric m WHERE m.run_id = e.run_id AND m.name = ? AND m.step IS NULL AND m.slice IS NULL
                ORDER BY m.number DESC LIMIT 1)
            FROM edition e WHERE e.job_id = ? ORDER BY e.number DESC LIMIT ?
            """
        return try await read { connection in
            try connection.all(sql, [metric, job, limit]) { (edition: try $0.next(), at: try $0.next(), value: try $0.next()) }
        }
    }

    /// Makes an edition current (releasing it when it was held or withheld); jobs that run after this one are queued when it never was. Throws `notFound`, `conflict` when it is current already.
    package func makeCurrent(job: JobID, edition: Int, by actor: UserID?, reason: String?, at now: Instant) async throws {
        try await write { connection in
            let found = try connection.editionToMove(job: job, number: edition)
            guard !found.isCurrent else {
                throw RecordingError(.conflict, subject: "edition \(edition)", detail: "is the current one already")
            }
            let isNew = try !connection.exists("SELECT 1 FROM pointer_move m WHERE m.job_id = ? AND m.to_edition = ? LIMIT 1", [job, edition])
            try connection.execute("UPDATE edition SET state = 'published', held_because = NULL WHERE id = ?", [found.id])
            try connection.movePointer(job: job, to: edition, by: actor, reason: reason, at: now)
            if isNew { try connection.queueJobsAfter(job, at: now) }
        }
    }

    /// Withholds an edition; when it was current, the newest older published one becomes current (older by number, or by the past date that its run was
    /// asked for), or none. Throws `notFound`, `conflict` when it is
    /// withheld already.
    package func withhold(job: JobID, edition: Int, by actor: UserID?, reason: String, at now: Instant) async throws {
        try await write { connection in
            let found = try connection.editionToMove(job: job, number: edition)
            let changed = try connection.execute(
                "UPDATE edition SET state = 'withheld', held_because = NULL WHERE id = ? AND state <> 'withheld'", [found.id])
            guard changed == 1 else {
                throw RecordingError(.conflict, subject: "edition \(edition)", detail: "is withheld already")
            }
            try connection.addEvent("withheld", reason, run: found.runID, at: now)
            guard found.isCurrent else { return }
            let older: Int? = try connection.value(
                """
                SELECT e.number FROM edition e JOIN run r ON r.id = e.run_id
                WHERE e.job_id = ? AND e.state = 'published' AND (e.number < ? OR r.trigger_kind = 'backfill')
                ORDER BY r.scheduled_for DESC, e.number DESC LIMIT 1
                """,
                [job, edition])
            try connection.movePointer(job: job, to: older, by: actor, reason: reason, at: now)
        }
    }

    /// Replaces the derived page of an edition after `render`. Throws `notFound`.
    package func replaceReport(edition: EditionID, reportDigest: Digest, headline: String?) async throws {
        try await write { connection in
            try connection.addArtifacts([reportDigest])
            let changed = try connection.execute("UPDATE edition SET report_digest = ?, headline = ? WHERE id = ?", [reportDigest, headline, edition])
            guard changed == 1 else { throw RecordingError(.notFound, subject: "edition \(edition.short)", detail: "there is no such edition") }
        }
    }

    /// Publishes a private run's result as an edition. Throws `notFound`, `stale` unless the run succeeded, `conflict` when it has an edition already.
    /// Returns the edition's number.
    @discardableResult
    package func publish(run: RunID, edition: NewEdition, by actor: UserID?, at now: Instant) async throws -> Int {
        try await write { connection in
            guard let record = try connection.run(run) else { throw RecordingError.noRun(run) }
            guard record.status == .succeeded else { throw RecordingError.stale(run) }
            return try connection.publish(edition, run: run, job: record.jobID, by: actor, reason: nil, at: now)
        }
    }
}

extension Connection {
    fileprivate func editionToMove(job: JobID, number: Int) throws -> EditionRecord {
        let found = try first(EditionSQL.select + " WHERE e.job_id = ? AND e.number = ?", [job, number]) { try EditionRecord(row: &$0) }
        guard let found else { throw RecordingError(.notFound, subject: "edition \(number)", detail: "the job has no such edition") }
        return found
    }
}
