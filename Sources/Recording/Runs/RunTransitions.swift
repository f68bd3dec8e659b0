// The steps of runs and attempts that several requests share, inside the caller's transaction.
import Vocabulary

extension Connection {
    /// Queues a run of a job that is there. Throws `notFound`.
    func queue(_ run: NewRun, at now: Instant) throws -> RunID {
        let id = try add(run, at: now)
        if !run.isPrivate { try chooseNext(job: run.jobID, task: run.task) }
        return id
    }

    /// Queues runs in their order. What is next is chosen once for each job and task: thousands of runs of one job do not write its row thousands of times.
    func queue(_ runs: [NewRun], at now: Instant) throws -> [RunID] {
        let ids = try runs.map { try add($0, at: now) }
        for (job, ofJob) in Dictionary(grouping: runs.filter { !$0.isPrivate }, by: \.jobID).sorted(by: { $0.key < $1.key }) {
            for task in Set(ofJob.map(\.task)).sorted() { try chooseNext(job: job, task: task) }
        }
        return ids
    }

    private func add(_ run: NewRun, at now: Instant) throws -> RunID {
        let present = "SELECT version_id, coalesce(team, '') FROM job WHERE id = ? AND removed_at IS NULL"
        guard let (found, team) = try first(present, [run.jobID], { (try $0.next(JobVersionID?.self), try $0.next(String.self)) }), let newest = found else {
            throw RecordingError.noJob(run.jobID)
        }
        let version = run.jobVersionID ?? newest
        guard try version == newest || exists("SELECT 1 FROM job_version WHERE id = ? AND job_id = ?", [version, run.jobID]) else {
            throw RecordingError(.notFound, subject: "job version \(version.short)", detail: "the job has no such version")
        }
        let id = RunID(at: now)
        let priority =
            switch run.trigger {
            case .manual: 0
            case .schedule, .after: 1
            case .backfill: 2
            }
        try execute(
            """
            INSERT INTO run (id, job_id, job_version_id, task, status, trigger_kind, priority, scheduled_for, scheduled_offset, is_private,
                requested_by, queued_at, team, queue_order, is_next)
            VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, run.jobID, version, run.task, run.trigger, priority, run.scheduledFor, run.scheduledOffset, run.isPrivate, run.requestedBy, now,
                team, run.trigger == .backfill ? run.scheduledFor : now, run.isPrivate,
            ])
        try addParameters(run.parameters, run: id)
        try addEvent("queued", run: id, at: now)
        return id
    }

    /// Adds the run's next event.
    func addEvent(_ kind: String, _ detail: String? = nil, run: RunID, at now: Instant) throws {
        try execute(
            """
            INSERT INTO run_event (run_id, number, happened_at, kind, detail)
            SELECT ?, coalesce(max(h.number), 0) + 1, ?, ?, ? FROM run_event h WHERE h.run_id = ?
            """,
            [run, now, kind, detail, run])
    }

    /// Lets the next run of the job and task start.
    func freeSlot(of run: RunID) throws {
        let pair = "SELECT r.job_id, r.task FROM run r WHERE r.id = ? AND r.is_private = 0"
        guard let (job, task) = try first(pair, [run], { (try $0.next(JobID.self), try $0.next(String.self)) }) else { return }
        try execute("UPDATE job_task SET active_run_id = NULL WHERE active_run_id = ?", [run])
        try chooseNext(job: job, task: task)
    }

    /// Marks the one queued run of the job and task that may start next; none while another one has started. Runs that wait for a retry stay marked as well,
    /// but for backfills: an earlier one holds the later ones back also while it waits.
    func chooseNext(job: JobID, task: String) throws {
        // Also takes the row, so that two writers do not choose at the same time.
        try execute(
            "INSERT INTO job_task (job_id, task) VALUES (?, ?) ON CONFLICT (job_id, task) DO UPDATE SET task = excluded.task", [job, task])
        try execute(
            """
            UPDATE run SET is_next = 0
            WHERE status = 'queued' AND job_id = ? AND task = ? AND is_next = 1 AND is_private = 0 AND (not_before IS NULL OR priority = 2)
            """,
            [job, task])
        guard try exists("SELECT 1 FROM job_task t WHERE t.job_id = ? AND t.task = ? AND t.active_run_id IS NULL", [job, task]) else { return }
        try execute(
            """
            UPDATE run SET is_next = 1 WHERE id = (
                SELECT q.id FROM run q
                WHERE q.status = 'queued' AND q.job_id = ? AND q.task = ? AND q.is_next = 0 AND q.is_private = 0
                ORDER BY q.priority, q.queue_order, q.id LIMIT 1)
            """,
            [job, task])
    }

    /// Puts the run of an attempt that has just ended back into the queue. Throws `stale` unless the run was launching or running.
    func requeue(_ run: RunID, notBefore: Instant?, lost: Bool) throws {
        let changed = try execute(
            """
            UPDATE run SET status = 'queued', not_before = ?, lost_count = lost_count + ?,
                is_next = CASE WHEN is_private = 1 OR (? = 1 AND priority < 2) THEN 1 ELSE 0 END
            WHERE id = ? AND status IN ('launching', 'running')
            """,
            [notBefore, lost ? 1 : 0, notBefore != nil, run])
        guard changed == 1 else { throw RecordingError.stale(run) }
        try freeSlot(of: run)
    }

    /// Gives a run its last state. Throws `stale` when the run is not in one of the states `from`: a terminal run never changes.
    func end(_ run: RunID, status: RunStatus, from states: [RunStatus], reason: FailureReason?, message: String?, startedAt: Instant?, endedAt: Instant)
        throws
    {
        let changed = try execute(
            """
            UPDATE run SET status = ?, failure_reason = ?, failure_message = ?, started_at = coalesce(started_at, ?), ended_at = ?
            WHERE id = ? AND ended_at IS NULL AND status IN (\(Dialect.marks(states.count)))
            """,
            [status, status == .failed ? reason : nil, message, startedAt, endedAt, run] + states.map { $0 as any Storable })
        guard changed == 1 else { throw RecordingError.stale(run) }
        try freeSlot(of: run)
        try execute(
            """
            UPDATE job SET last_run_id = ?
            WHERE id = (SELECT r.job_id FROM run r WHERE r.id = ? AND r.is_private = 0 AND r.task = ?)
            """,
            [run, run, TaskDefinition.publishing])
    }
}

extension RecordingError {
    static func stale(_ run: RunID) -> RecordingError {
        RecordingError(.stale, subject: "run \(run.short)", detail: "is no longer in the state that this change needs")
    }
    static func stale(_ attempt: AttemptID) -> RecordingError {
        RecordingError(.stale, subject: "attempt \(attempt.short)", detail: "has ended, or is not the run's attempt any more")
    }
    static func noRun(_ run: RunID) -> RecordingError { RecordingError(.notFound, subject: "run \(run.short)", detail: "there is no such run") }
}
