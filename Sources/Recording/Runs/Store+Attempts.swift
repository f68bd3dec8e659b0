// Requests that carry attempts from their launch to their end.
package import Vocabulary

extension Store {
    /// After a launch: the snapshots that the attempt reads, its environment and the receipt; the run is `running` from now.
    ///
    /// Says nothing new when the same receipt is recorded already; throws `stale` for an attempt that has ended.
    package func recordLaunch(attempt: AttemptID, receipt: Receipt, snapshots: [Snapshot], environment: [String: String], at now: Instant)
        async throws
    {
        let environmentText = try JSONText.encode(environment)
        try await write { connection in
            let changed = try connection.execute(
                "UPDATE attempt SET status = 'running', launcher = ?, receipt = ?, environment = ? WHERE id = ? AND status = 'launching'",
                [receipt.launcher, receipt.text, environmentText, attempt])
            if changed == 0 {
                let same = "SELECT 1 FROM attempt a WHERE a.id = ? AND a.status = 'running' AND a.launcher = ? AND a.receipt = ?"
                guard try connection.exists(same, [attempt, receipt.launcher, receipt.text]) else { throw RecordingError.stale(attempt) }
                return
            }
            guard let run: RunID = try connection.value("SELECT a.run_id FROM attempt a WHERE a.id = ?", [attempt]),
                try connection.execute(
                    "UPDATE run SET status = 'running', started_at = coalesce(started_at, ?) WHERE id = ? AND status = 'launching'", [now, run]) == 1
            else { throw RecordingError.stale(attempt) }
            try connection.addArtifacts(snapshots.map(\.sha256))
            for snapshot in snapshots {
                try connection.execute(
                    "INSERT INTO snapshot (attempt_id, input, file_name, digest, bytes, origin) VALUES (?, ?, ?, ?, ?, ?)",
                    [attempt, snapshot.input, snapshot.fileName, snapshot.sha256, snapshot.bytes, snapshot.origin])
            }
            try connection.addEvent("launched", run: run, at: now)
        }
    }

    /// Ends an attempt and with it the run, as `end` does; returns the number of the edition that it published.
    @discardableResult
    package func finish(attempt: AttemptID, end: AttemptEnd, at now: Instant) async throws -> Int? {
        try await self.end(attempt: attempt, end, at: now).edition
    }

    /// Ends an attempt and with it the run (or requeues it when `retryAt` is set and the attempt failed), stores metrics and outputs of a run that ends,
    /// frees the job's slot, and publishes the edition when the run succeeded and has one: inserts it with the next number and, unless it is held, moves
    /// the pointer. A run whose end was asked for ends as cancelled, whatever its process did, and publishes nothing. One transaction, guarded: an attempt
    /// that already ended, or a run that is terminal, throws `stale` and changes nothing. Throws `conflict` for a failure without a reason, and for an
    /// edition of a private run.
    package func end(attempt: AttemptID, _ end: AttemptEnd, at now: Instant) async throws -> EndedRun {
        guard let meant = RunStatus(rawValue: end.status.rawValue), meant.isTerminal, meant != .failed || end.reason != nil else {
            throw RecordingError(.conflict, subject: "attempt \(attempt.short)", detail: "can end as succeeded, as cancelled, or as failed with a reason")
        }
        return try await write { connection in
            let run = try connection.endingRun(of: attempt)
            let status = run.cancelRequested ? .cancelled : meant
            try connection.endAttempt(attempt, end, as: run.cancelRequested ? .cancelled : end.status)
            if status == .failed, let retryAt = end.retryAt {
                try connection.requeue(run.id, notBefore: retryAt, lost: false)
                try connection.addEvent("retried", Store.announcement(retryAt, after: end.message), run: run.id, at: now)
                return EndedRun(status: .queued)
            }
            let message = status == meant ? end.message : nil
            try connection.end(
                run.id, status: status, from: [.launching, .running], reason: end.reason, message: message, startedAt: end.startedAt,
                endedAt: end.endedAt)
            try connection.addMetrics(end.metrics, run: run.id)
            try connection.addOutputs(end.outputs, run: run.id)
            try connection.addEvent(status.rawValue, message, run: run.id, at: now)
            guard status == .succeeded, let edition = end.edition else { return EndedRun(status: status) }
            guard !run.isPrivate else {
                throw RecordingError(.conflict, subject: "run \(run.id.short)", detail: "is private: it is published by a request of its own")
            }
            return EndedRun(status: status, edition: try connection.publish(edition, run: run.id, job: run.jobID, by: nil, reason: nil, at: now))
        }
    }

    /// Marks an attempt lost: its run returns to the queue once for free, later when `retryAt` says so, else fails with reason `lost` (or is cancelled when
    /// that was asked for). Guarded like `end`.
    @discardableResult
    package func markLost(attempt: AttemptID, message: String, retryAt: Instant? = nil, at now: Instant) async throws -> EndedRun {
        try await write { connection in
            let run = try connection.endingRun(of: attempt)
            try connection.endAttempt(attempt, AttemptEnd(status: .lost, reason: .lost, message: message, endedAt: now), as: .lost)
            try connection.addEvent("attemptLost", message, run: run.id, at: now)
            let isFree = run.lostCount == 0
            if !run.cancelRequested, isFree || retryAt != nil {
                try connection.requeue(run.id, notBefore: isFree ? nil : retryAt, lost: isFree)
                try connection.addEvent("retried", isFree ? nil : retryAt.map { Store.announcement($0, after: nil) }, run: run.id, at: now)
                return EndedRun(status: .queued)
            }
            let status: RunStatus = run.cancelRequested ? .cancelled : .failed
            try connection.end(
                run.id, status: status, from: [.launching, .running], reason: .lost, message: message, startedAt: nil, endedAt: now)
            try connection.addEvent(status.rawValue, message, run: run.id, at: now)
            return EndedRun(status: status)
        }
    }

    private static func announcement(_ next: Instant, after message: String?) -> String {
        (message.map { $0 + " " } ?? "") + "The next attempt comes at \(next)."
    }

    /// Every attempt that is launching or running: what a restart must find again.
    package func unfinishedAttempts() async throws -> [UnfinishedAttempt] {
        try await read { [definitions] in try $0.unfinishedAttempts("a.status IN ('launching', 'running') ORDER BY a.run_id", [], definitions) }
    }

    /// This attempt, when it is launching or running.
    package func unfinishedAttempt(_ attempt: AttemptID) async throws -> UnfinishedAttempt? {
        try await read { [definitions] in
            try $0.unfinishedAttempts("a.status IN ('launching', 'running') AND a.id = ?", [attempt], definitions).first
        }
    }
}

extension Connection {
    fileprivate func unfinishedAttempts(_ condition: String, _ arguments: [any Storable], _ definitions: DefinitionCache) throws -> [UnfinishedAttempt] {
        let sql = """
            SELECT a.id, a.run_id, a.number, a.status, a.launcher, a.receipt, r.lost_count
            FROM attempt a JOIN run r ON r.id = a.run_id WHERE \(condition)
            """
        return try all(sql, arguments) { row in
            let (id, runID, number, status): (AttemptID, RunID, Int, AttemptStatus) = (try row.next(), try row.next(), try row.next(), try row.next())
            let (receipt, lost): (Receipt?, Int) = (try Receipt.read(&row), try row.next())
            guard let run = try run(runID), let version = try JobVersionRecord.read(run.jobVersionID, from: self, definitions: definitions) else {
                throw RecordingError.noRun(runID)
            }
            let claimed = ClaimedRun(
                run: run, attemptID: id, attemptNumber: number, lostAttempts: lost, version: version, parameters: try parameters(run: runID))
            return UnfinishedAttempt(
                claimed: claimed, status: status, receipt: receipt, cancelRequested: run.cancelRequested, snapshots: try snapshots(attempt: id))
        }
    }
}
