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

    /// Ends an attempt and with it the run (or requeues it when `retryAt` is set, the attempt failed and nobody asked for the run's end), stores metrics
    /// and outputs of a run that ends, frees the job's slot, and publishes the edition when the run succeeded and has one: inserts it with the next
    /// number and, unless it is held, moves the pointer. One transaction, guarded: an attempt that already ended, or a run that is terminal, throws
    /// `stale` and changes nothing. Throws `conflict` for a failure without a reason, and for an edition of a private run. Returns the edition's number.
    @discardableResult
    package func finish(attempt: AttemptID, end: AttemptEnd, at now: Instant) async throws -> Int? {
        guard let status = RunStatus(rawValue: end.status.rawValue), status.isTerminal, status != .failed || end.reason != nil else {
            throw RecordingError(.conflict, subject: "attempt \(attempt.short)", detail: "can end as succeeded, as cancelled, or as failed with a reason")
        }
        return try await write { connection in
            let run = try connection.endAttempt(attempt, end)
            if status == .failed, let retryAt = end.retryAt, !run.cancelRequested {
                try connection.requeue(run.id, notBefore: retryAt, lost: false)
                try connection.addEvent("retried", end.message, run: run.id, at: now)
                return nil
            }
            try connection.end(
                run.id, status: status, from: [.launching, .running], reason: end.reason, message: end.message, startedAt: end.startedAt,
                endedAt: end.endedAt)
            try connection.addMetrics(end.metrics, run: run.id)
            try connection.addOutputs(end.outputs, run: run.id)
            try connection.addEvent(status.rawValue, end.message, run: run.id, at: now)
            guard status == .succeeded, let edition = end.edition else { return nil }
            guard !run.isPrivate else {
                throw RecordingError(.conflict, subject: "run \(run.id.short)", detail: "is private: it is published by a request of its own")
            }
            return try connection.publish(edition, run: run.id, job: run.jobID, by: nil, reason: nil, at: now)
        }
    }

    /// Marks an attempt lost: its run returns to the queue once for free, else fails with reason `lost` (or is cancelled when that was asked for).
    /// Guarded like `finish`.
    package func markLost(attempt: AttemptID, message: String, at now: Instant) async throws {
        try await write { connection in
            let run = try connection.endAttempt(attempt, AttemptEnd(status: .lost, reason: .lost, message: message, endedAt: now))
            try connection.addEvent("attemptLost", message, run: run.id, at: now)
            if run.lostCount == 0, !run.cancelRequested {
                try connection.requeue(run.id, notBefore: nil, lost: true)
                try connection.addEvent("retried", run: run.id, at: now)
            } else {
                let status: RunStatus = run.cancelRequested ? .cancelled : .failed
                try connection.end(
                    run.id, status: status, from: [.launching, .running], reason: .lost, message: message, startedAt: nil, endedAt: now)
                try connection.addEvent(status.rawValue, message, run: run.id, at: now)
            }
        }
    }

    /// Every attempt that is launching or running: what a restart must find again.
    package func unfinishedAttempts() async throws -> [UnfinishedAttempt] {
        let sql = """
            SELECT a.id, a.run_id, a.number, a.status, a.launcher, a.receipt, r.lost_count
            FROM attempt a JOIN run r ON r.id = a.run_id WHERE a.status IN ('launching', 'running') ORDER BY a.run_id
            """
        return try await read { [definitions] connection in
            try connection.all(sql) { row in
                let (id, runID, number, status): (AttemptID, RunID, Int, AttemptStatus) = (
                    try row.next(), try row.next(), try row.next(), try row.next()
                )
                let (receipt, lost): (Receipt?, Int) = (try Receipt.read(&row), try row.next())
                guard let run = try connection.run(runID),
                    let version = try JobVersionRecord.read(run.jobVersionID, from: connection, definitions: definitions)
                else { throw RecordingError.noRun(runID) }
                let claimed = ClaimedRun(
                    run: run, attemptID: id, attemptNumber: number, lostAttempts: lost, version: version,
                    parameters: try connection.parameters(run: runID))
                return UnfinishedAttempt(
                    claimed: claimed, status: status, receipt: receipt, cancelRequested: run.cancelRequested,
                    snapshots: try connection.snapshots(attempt: id))
            }
        }
    }
}
