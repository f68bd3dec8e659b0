// What the end of an attempt writes, inside the caller's transaction.
import Vocabulary

/// What the end of an attempt must know about its run.
struct EndingRun {
    let id: RunID
    let jobID: JobID
    let isPrivate: Bool
    let cancelRequested: Bool
    let lostCount: Int
}

extension Connection {
    /// The run of an attempt that is about to end. Throws `stale` when there is no such attempt.
    func endingRun(of attempt: AttemptID) throws -> EndingRun {
        let sql = """
            SELECT r.id, r.job_id, r.is_private, r.cancel_requested_at, r.lost_count
            FROM attempt a JOIN run r ON r.id = a.run_id WHERE a.id = ?
            """
        let run = try first(sql, [attempt]) { row in
            EndingRun(
                id: try row.next(), jobID: try row.next(), isPrivate: try row.next(), cancelRequested: try row.next(Instant?.self) != nil,
                lostCount: try row.next())
        }
        guard let run else { throw RecordingError.stale(attempt) }
        return run
    }

    /// Gives an attempt its last state and removes its live log. Throws `stale` when it has one already.
    func endAttempt(_ attempt: AttemptID, _ end: AttemptEnd, as status: AttemptStatus) throws {
        if let digest = end.logDigest { try addArtifacts([digest]) }
        let keepsReason = status == .failed || status == .lost
        let changed = try execute(
            """
            UPDATE attempt SET status = ?, reason = ?, message = ?, exit_status = ?, exit_signal = ?, started_at = coalesce(?, started_at), ended_at = ?,
                cpu_milliseconds = ?, peak_memory_bytes = ?, read_bytes = ?, written_bytes = ?, log_digest = ?, log_bytes = ?
            WHERE id = ? AND status IN ('launching', 'running')
            """,
            [
                status, keepsReason ? end.reason : nil, end.message, end.exitStatus, end.signal, end.startedAt, end.endedAt,
                end.resources.cpuMilliseconds, end.resources.peakMemoryBytes, end.resources.readBytes, end.resources.writtenBytes, end.logDigest,
                end.logBytes, attempt,
            ])
        guard changed == 1 else { throw RecordingError.stale(attempt) }
        try execute("DELETE FROM log_chunk WHERE attempt_id = ?", [attempt])
    }

    func addMetrics(_ metrics: [Metric], run: RunID) throws {
        for (index, metric) in metrics.enumerated() {
            let value = metric.value.flatMap { $0.isFinite ? $0 : nil }
            // A value that is no finite number is no value; what it was is kept as the reason.
            let written = metric.value.map { $0.isNaN ? "NaN" : $0 < 0 ? "-Infinity" : "Infinity" }
            let reason = value == nil ? metric.noValueReason ?? written ?? "no value" : nil
            try execute(
                "INSERT INTO metric (run_id, number, name, value, no_value_reason, step, slice) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [run, index + 1, metric.name, value, reason, metric.step, metric.slice])
        }
    }

    func addOutputs(_ outputs: [Output], run: RunID) throws {
        try addArtifacts(outputs.map(\.sha256))
        for (index, output) in outputs.enumerated() {
            try execute(
                """
                INSERT INTO output (run_id, number, name, path, declared, digest, bytes, row_count, column_names) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    run, index + 1, output.name, output.path, output.declared, output.sha256, output.bytes, output.rows,
                    try output.columns.map { try JSONText.encode($0) },
                ])
        }
    }
}
