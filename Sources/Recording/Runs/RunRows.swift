// How runs and what belongs to them are read from rows.
import Vocabulary

enum RunSQL {
    /// The columns of a `RunRecord`, in the order in which `RunRecord(row:)` reads them.
    static let columns = """
        r.id, r.job_id, j.name, r.job_version_id, v.number, r.task, r.status, r.failure_reason, r.failure_message, r.trigger_kind, r.scheduled_for,
        r.scheduled_offset, r.is_private, r.requested_by, r.queued_at, r.started_at, r.ended_at, r.cancel_requested_at, e.number, r.not_before
        """
    static let select = """
        SELECT \(columns) FROM run r JOIN job j ON j.id = r.job_id JOIN job_version v ON v.id = r.job_version_id LEFT JOIN edition e ON e.run_id = r.id
        """
    static let countQueued = "SELECT count(*) FROM run r WHERE r.status = 'queued'"
    static let countActive = "SELECT count(*) FROM attempt a WHERE a.status IN ('launching', 'running')"
}

extension RunRecord {
    init(row: inout Row) throws {
        self.init(
            id: try row.next(), jobID: try row.next(), jobName: try row.next(), jobVersionID: try row.next(), jobVersionNumber: try row.next(),
            task: try row.next(), status: try row.next(), failureReason: try row.next(), failureMessage: try row.next(), trigger: try row.next(),
            scheduledFor: try row.next(), scheduledOffset: try row.next(), isPrivate: try row.next(), requestedBy: try row.next(),
            queuedAt: try row.next(), startedAt: try row.next(), endedAt: try row.next(), cancelRequested: try row.next(Instant?.self) != nil,
            editionNumber: try row.next(), retryAt: try row.next())
    }
}

extension Receipt {
    /// Reads the two columns of a receipt; nil when the launch was not recorded.
    static func read(_ row: inout Row) throws -> Receipt? {
        let (launcher, text): (String?, String?) = (try row.next(), try row.next())
        guard let launcher, let text else { return nil }
        return Receipt(launcher: launcher, text: text)
    }
}

extension AttemptRecord {
    static let columns = """
        a.id, a.run_id, a.number, a.status, a.launcher, a.receipt, a.started_at, a.ended_at, a.exit_status, a.exit_signal, a.reason, a.message,
        a.cpu_milliseconds, a.peak_memory_bytes, a.read_bytes, a.written_bytes, a.log_digest, a.log_bytes, a.environment
        """

    init(row: inout Row) throws {
        self.init(
            id: try row.next(), runID: try row.next(), number: try row.next(), status: try row.next(), receipt: try Receipt.read(&row),
            startedAt: try row.next(), endedAt: try row.next(), exitStatus: try row.next(), signal: try row.next(), reason: try row.next(),
            message: try row.next(),
            resources: ResourceUse(
                cpuMilliseconds: try row.next(), peakMemoryBytes: try row.next(), readBytes: try row.next(), writtenBytes: try row.next()),
            logDigest: try row.next(), logBytes: try row.next(),
            environment: try row.next(String?.self).map { try JSONText.decode($0) } ?? [:])
    }
}

extension Connection {
    func run(_ id: RunID) throws -> RunRecord? { try first(RunSQL.select + " WHERE r.id = ?", [id]) { try RunRecord(row: &$0) } }

    func attempts(run: RunID) throws -> [AttemptRecord] {
        try all("SELECT \(AttemptRecord.columns) FROM attempt a WHERE a.run_id = ? ORDER BY a.number", [run]) { try AttemptRecord(row: &$0) }
    }

    func events(run: RunID) throws -> [RunEventRecord] {
        try all("SELECT h.happened_at, h.kind, h.detail FROM run_event h WHERE h.run_id = ? ORDER BY h.number", [run]) { row in
            RunEventRecord(at: try row.next(), kind: try row.next(), detail: try row.next())
        }
    }

    func snapshots(attempt: AttemptID) throws -> [Snapshot] {
        let sql = "SELECT s.input, s.file_name, s.digest, s.bytes, s.origin FROM snapshot s WHERE s.attempt_id = ? ORDER BY s.input"
        return try all(sql, [attempt]) { row in
            Snapshot(input: try row.next(), fileName: try row.next(), sha256: try row.next(), bytes: try row.next(), origin: try row.next())
        }
    }

    func metrics(run: RunID) throws -> [Metric] {
        let sql = "SELECT m.name, m.value, m.no_value_reason, m.step, m.slice FROM metric m WHERE m.run_id = ? ORDER BY m.number"
        return try all(sql, [run]) { row in
            Metric(name: try row.next(), value: try row.next(), noValueReason: try row.next(), step: try row.next(), slice: try row.next())
        }
    }

    func outputs(run: RunID) throws -> [Output] {
        let sql = """
            SELECT o.name, o.path, o.declared, o.digest, o.bytes, o.row_count, o.column_names FROM output o WHERE o.run_id = ? ORDER BY o.number
            """
        return try all(sql, [run]) { row in
            Output(
                name: try row.next(), path: try row.next(), declared: try row.next(), sha256: try row.next(), bytes: try row.next(),
                rows: try row.next(), columns: try row.next(String?.self).map { try JSONText.decode($0) })
        }
    }
}
