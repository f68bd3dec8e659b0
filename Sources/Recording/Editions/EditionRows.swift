// How editions are read from rows, and how one is inserted with the move of its pointer.
import Vocabulary

enum EditionSQL {
    /// The columns of an edition for the alias `e`; after them comes the job's current edition.
    static func columns(_ alias: String) -> String {
        ["id", "job_id", "number", "run_id", "state", "held_because", "report_digest", "headline", "created_at"].map { "\(alias).\($0)" }
            .joined(separator: ", ")
    }
    static let columnCount = 9
    static let select = "SELECT \(columns("e")), j.current_edition_id FROM edition e JOIN job j ON j.id = e.job_id"
}

extension EditionRecord {
    /// Reads `EditionSQL.columns` and the current edition after them.
    init(row: inout Row) throws {
        let part = try Part(row: &row)
        self.init(part, current: try row.next())
    }

    /// The columns without the pointer.
    struct Part {
        let id: EditionID
        let jobID: JobID
        let number: Int
        let runID: RunID
        let state: EditionState
        let heldBecause: String?
        let reportDigest: Digest
        let headline: String?
        let createdAt: Instant

        init(row: inout Row) throws {
            (id, jobID, number) = (try row.next(), try row.next(), try row.next())
            (runID, state, heldBecause) = (try row.next(), try row.next(), try row.next())
            (reportDigest, headline, createdAt) = (try row.next(), try row.next(), try row.next())
        }

        /// The columns of an outer join, nil when there is no edition.
        static func read(_ row: inout Row) throws -> Part? {
            var ahead = row
            if try ahead.next(EditionID?.self) == nil {
                row.skip(EditionSQL.columnCount)
                return nil
            }
            return try Part(row: &row)
        }
    }

    init(_ part: Part, current: EditionID?) {
        self.init(
            id: part.id, jobID: part.jobID, number: part.number, runID: part.runID, state: part.state, heldBecause: part.heldBecause,
            reportDigest: part.reportDigest, headline: part.headline, createdAt: part.createdAt, isCurrent: part.id == current)
    }
}

extension Connection {
    /// Inserts an edition with the job's next number and, unless it is held, makes it current, and queues the jobs that run after this one. The edition of a
    /// run for a past date is kept, and the pointer stays, while a run for a later time has the current one. Throws `conflict` when the run has one already.
    func publish(_ edition: NewEdition, run: RunID, job: JobID, by actor: UserID?, reason: String?, at now: Instant) throws -> Int {
        guard try !exists("SELECT 1 FROM edition e WHERE e.run_id = ?", [run]) else {
            throw RecordingError(.conflict, subject: "run \(run.short)", detail: "has published an edition already")
        }
        let id = EditionID(at: now)
        try addArtifacts([edition.reportDigest])
        try execute("UPDATE job SET edition_count = edition_count + 1 WHERE id = ?", [job])
        guard let number: Int = try value("SELECT j.edition_count FROM job j WHERE j.id = ?", [job]) else { throw RecordingError.noJob(job) }
        let heldBecause = edition.state == .held ? edition.heldBecause ?? "its checks failed" : nil
        try execute(
            """
            INSERT INTO edition (id, job_id, number, run_id, state, held_because, report_digest, headline, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [id, job, number, run, edition.state, heldBecause, edition.reportDigest, edition.headline, edition.createdAt])
        if edition.state == .published, try isOutrun(run, job: job) {
            try addEvent("published", "edition \(number), for a date before the current one's", run: run, at: now)
            return number
        }
        try execute("UPDATE job SET newest_edition_id = ? WHERE id = ?", [id, job])
        if edition.state == .published {
            try movePointer(job: job, to: number, by: actor, reason: reason, at: now)
            try addEvent("published", "edition \(number)", run: run, at: now)
            try queueJobsAfter(job, at: now)
        } else {
            try addEvent(edition.state.rawValue, heldBecause, run: run, at: now)
        }
        return number
    }

    /// Whether a run was asked for a past date, and the current edition is for a later one.
    private func isOutrun(_ run: RunID, job: JobID) throws -> Bool {
        try exists(
            """
            SELECT 1 FROM job j JOIN edition e ON e.id = j.current_edition_id JOIN run c ON c.id = e.run_id, run r
            WHERE j.id = ? AND r.id = ? AND r.trigger_kind = 'backfill' AND c.scheduled_for > r.scheduled_for
            """,
            [job, run])
    }

    /// Points the job at another of its editions, or at none, and records the move.
    func movePointer(job: JobID, to number: Int?, by actor: UserID?, reason: String?, at now: Instant) throws {
        try execute(
            """
            INSERT INTO pointer_move (job_id, number, from_edition, to_edition, moved_at, moved_by, reason)
            SELECT ?, coalesce((SELECT max(m.number) FROM pointer_move m WHERE m.job_id = ?), 0) + 1,
                (SELECT e.number FROM job j JOIN edition e ON e.id = j.current_edition_id WHERE j.id = ?), ?, ?, ?, ?
            """,
            [job, job, job, number, now, actor, reason])
        try execute(
            "UPDATE job SET current_edition_id = (SELECT e.id FROM edition e WHERE e.job_id = ? AND e.number = ?) WHERE id = ?", [job, number, job])
    }
}
