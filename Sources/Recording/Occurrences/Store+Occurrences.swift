// Requests about occurrences: what became of due times.
package import Vocabulary

extension Store {
    /// Records an occurrence and queues its run: `record` of one. Returns the run, nil for none.
    package func record(_ occurrence: OccurrenceRecord, run: NewRun?, whileRunning: ScheduleDefinition.WhileRunning, at now: Instant)
        async throws -> RunID?
    {
        try await record([NewOccurrence(occurrence, run: run, whileRunning: whileRunning)], at: now).first??.runID
    }

    /// Records occurrences and queues their runs, all in one transaction. Returns for each what was written down, or nil where nothing was: it is there
    /// already, its revision is no longer in force, or its job was removed meanwhile. With `while_running: skip` and an earlier scheduled run of the
    /// same job and task still active or queued, it is recorded as skipped with reason `whileRunning` instead.
    package func record(_ batch: [NewOccurrence], at now: Instant) async throws -> [OccurrenceRecord?] {
        try await write { connection in try batch.map { try connection.record($0, at: now) } }
    }

    /// The newest occurrences of a job by nominal time, newest first.
    package func occurrences(job: JobID, limit: Int) async throws -> [OccurrenceRecord] {
        let sql = """
            SELECT o.job_id, o.schedule_name, o.revision, o.nominal, o.fold, o.due, o.state, o.reason, o.run_id
            FROM occurrence o WHERE o.job_id = ? ORDER BY o.nominal DESC, o.fold DESC LIMIT ?
            """
        return try await read { connection in
            try connection.all(sql, [job, limit]) { row in
                OccurrenceRecord(
                    jobID: try row.next(), scheduleName: try row.next(), revision: try row.next(), nominal: try row.next(), fold: try row.next(),
                    due: try row.next(), state: try row.next(), reason: try row.next(), runID: try row.next())
            }
        }
    }
}

extension Connection {
    fileprivate func record(_ new: NewOccurrence, at now: Instant) throws -> OccurrenceRecord? {
        let occurrence = new.occurrence
        guard try isInForce(occurrence), try !isRecorded(occurrence) else { return nil }
        var (state, reason) = (occurrence.state, occurrence.reason)
        if state == .launched, new.whileRunning == .skip, let run = new.run, try hasScheduledRun(job: run.jobID, task: run.task) {
            (state, reason) = (.skipped, "whileRunning")
        }
        let queued: RunID? = if state == .launched, let run = new.run { try queue(run, at: now) } else { nil }
        if state != .launched { reason = reason ?? state.rawValue }
        try execute(
            """
            INSERT INTO occurrence (job_id, schedule_name, revision, nominal, fold, due, state, reason, run_id, recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                occurrence.jobID, occurrence.scheduleName, occurrence.revision, occurrence.nominal, occurrence.fold, occurrence.due, state, reason, queued,
                now,
            ])
        if let due = occurrence.due {
            try execute(
                """
                UPDATE schedule SET last_due = ?
                WHERE job_id = ? AND name = ? AND revision = ? AND (last_due IS NULL OR last_due < ?)
                """,
                [due, occurrence.jobID, occurrence.scheduleName, occurrence.revision, due])
        }
        return OccurrenceRecord(
            jobID: occurrence.jobID, scheduleName: occurrence.scheduleName, revision: occurrence.revision, nominal: occurrence.nominal,
            fold: occurrence.fold, due: occurrence.due, state: state, reason: reason, runID: queued)
    }

    fileprivate func isInForce(_ occurrence: OccurrenceRecord) throws -> Bool {
        try exists(
            """
            SELECT 1 FROM schedule s JOIN job j ON j.id = s.job_id
            WHERE s.job_id = ? AND s.name = ? AND s.revision = ? AND s.ended_at IS NULL AND j.removed_at IS NULL
            """,
            [occurrence.jobID, occurrence.scheduleName, occurrence.revision])
    }

    fileprivate func isRecorded(_ occurrence: OccurrenceRecord) throws -> Bool {
        let key: [any Storable] = [occurrence.jobID, occurrence.scheduleName, occurrence.revision]
        let of = "SELECT 1 FROM occurrence o WHERE o.job_id = ? AND o.schedule_name = ? AND o.revision = ?"
        if try exists(of + " AND o.nominal = ? AND o.fold = ?", key + [occurrence.nominal, occurrence.fold]) { return true }
        guard let due = occurrence.due else { return false }
        return try exists(of + " AND o.due = ?", key + [due])
    }

    /// Whether an earlier scheduled run of the task has not ended yet. Private runs do not count.
    fileprivate func hasScheduledRun(job: JobID, task: String) throws -> Bool {
        try exists(
            """
            SELECT 1 FROM run r WHERE r.job_id = ? AND r.status IN ('queued', 'launching', 'running')
            AND r.task = ? AND r.trigger_kind = 'schedule' AND r.is_private = 0 LIMIT 1
            """,
            [job, task])
    }
}
