// Requests that queue runs, take them from the queue and cancel them.
package import Vocabulary

extension Store {
    /// Queues a run with its parameters and its first event. Throws `notFound` for a job that is not there or whose folder was removed.
    package func queue(_ run: NewRun, at now: Instant) async throws -> RunID {
        let id = try await write { try $0.queue(run, at: now) }
        signals.runsChanged()
        return id
    }

    /// Queues runs in their order, all in one transaction. Throws like `queue`, and queues nothing then.
    package func queue(_ runs: [NewRun], at now: Instant) async throws -> [RunID] {
        let ids = try await write { try $0.queue(runs, at: now) }
        signals.runsChanged()
        return ids
    }

    /// Takes up to `limit` queued runs that may start now, in the order of `Turn`: manual runs first, backfill last, in between fair among the teams; at most
    /// one publishing run per job and task, none whose retry time has not come, none of removed jobs, and none of a team that has `teamLimit` attempts
    /// under way already. Each gets an attempt with status `launching`. One transaction, safe with other claimers; none at all when no run waits for a place.
    package func claimRuns(limit: Int, teamLimit: Int? = nil, at now: Instant) async throws -> [ClaimedRun] {
        guard limit > 0, try await read({ try $0.exists(Turn.anybody, [now]) }) else { return [] }
        return try await write { [definitions] connection in
            var claimed: [ClaimedRun] = []
            var turn = try Turn(connection, teamLimit: teamLimit, at: now)
            while claimed.count < limit, let id = try turn.next(connection) {
                if let run = try connection.claim(id, at: now, definitions: definitions) { claimed.append(run) }
            }
            return claimed
        }
    }

    /// Takes one queued run, whatever waits before it: nil while it may not start, because another run of its job and task has, or its retry time has not
    /// come, or because it is not queued.
    package func claimRun(_ run: RunID, at now: Instant) async throws -> ClaimedRun? {
        let mayStart = "SELECT 1 FROM run r WHERE r.id = ? AND r.status = 'queued' AND (r.not_before IS NULL OR r.not_before <= ?)"
        guard try await read({ try $0.exists(mayStart, [run, now]) }) else { return nil }
        return try await write { [definitions] connection in
            guard try connection.exists(mayStart, [run, now]) else { return nil }
            return try connection.claim(run, at: now, definitions: definitions)
        }
    }

    /// Cancels a queued run at once; asks for the end of a launching or running one; throws `stale` for a terminal one, `notFound`.
    package func requestCancel(run: RunID, by actor: UserID?, at now: Instant) async throws {
        try await write { connection in
            guard let status: RunStatus = try connection.value("SELECT r.status FROM run r WHERE r.id = ?", [run]) else {
                throw RecordingError.noRun(run)
            }
            let name: String? = try actor.flatMap { try connection.value("SELECT u.name FROM user_account u WHERE u.id = ?", [$0]) }
            let detail = name.map { "by \($0)" }
            if status == .queued {
                try connection.end(run, status: .cancelled, from: [.queued], reason: nil, message: nil, startedAt: nil, endedAt: now)
                try connection.addEvent("cancelled", detail, run: run, at: now)
            } else if status.isTerminal {
                throw RecordingError.stale(run)
            } else {
                let asked = try connection.execute(
                    "UPDATE run SET cancel_requested_at = ? WHERE id = ? AND ended_at IS NULL AND cancel_requested_at IS NULL", [now, run])
                if asked == 1 { try connection.addEvent("cancelRequested", detail, run: run, at: now) }
            }
        }
        signals.runsChanged()
    }

    /// Whether somebody asked for the end of a run.
    package func isCancelRequested(_ run: RunID) async throws -> Bool {
        try await read { try $0.exists("SELECT 1 FROM run r WHERE r.id = ? AND r.cancel_requested_at IS NOT NULL", [run]) }
    }

    /// How many runs are queued and how many attempts are launching or running.
    package func queueDepth() async throws -> (queued: Int, active: Int) {
        try await read { (queued: try $0.value(RunSQL.countQueued) ?? 0, active: try $0.value(RunSQL.countActive) ?? 0) }
    }

    /// The next instant at which a queued run's retry may start, or nil when no run waits for one that is later than `now`.
    package func nextRetry(after now: Instant) async throws -> Instant? {
        let sql = "SELECT min(r.not_before) FROM run r WHERE r.status = 'queued' AND r.not_before > ?"
        return try await read { try $0.value(sql, [now], as: Instant?.self) ?? nil }
    }
}

extension Connection {
    /// Takes one run: nil when another one holds the job's slot, or another claimer was faster.
    fileprivate func claim(_ id: RunID, at now: Instant, definitions: DefinitionCache) throws -> ClaimedRun? {
        let slot = """
            UPDATE job_task SET active_run_id = ? WHERE active_run_id IS NULL
            AND (job_id, task) IN (SELECT r.job_id, r.task FROM run r WHERE r.id = ? AND r.is_private = 0 AND r.status = 'queued')
            """
        let isPrivate: Bool = try value("SELECT r.is_private FROM run r WHERE r.id = ?", [id]) ?? false
        if !isPrivate { guard try execute(slot, [id, id]) == 1 else { return nil } }
        let taken = try execute(
            "UPDATE run SET status = 'launching', not_before = NULL, attempt_count = attempt_count + 1 WHERE id = ? AND status = 'queued'", [id])
        guard taken == 1, let run = try run(id), let version = try JobVersionRecord.read(run.jobVersionID, from: self, definitions: definitions),
            let counts = try first("SELECT r.attempt_count, r.lost_count FROM run r WHERE r.id = ?", [id], { (try $0.next(Int.self), try $0.next(Int.self)) })
        else { return nil }
        if !isPrivate { try chooseNext(job: run.jobID, task: run.task) }
        let attempt = AttemptID(at: now)
        try execute(
            "INSERT INTO attempt (id, run_id, number, status, started_at) VALUES (?, ?, ?, 'launching', ?)", [attempt, id, counts.0, now])
        try addEvent("claimed", "attempt \(counts.0)", run: id, at: now)
        return ClaimedRun(
            run: run, attemptID: attempt, attemptNumber: counts.0, lostAttempts: counts.1, version: version, parameters: try parameters(run: id))
    }
}
