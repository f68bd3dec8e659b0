// Requests about live logs: chunks that stand in the record until the log is an artifact.
package import Vocabulary

extension Store {
    /// Adds a piece of an attempt's live log that begins at `offset` bytes. What is recorded already is left out, so a piece may come twice; pieces of an
    /// attempt that has ended are let go: its log is, or never will be, an artifact.
    package func appendLog(attempt: AttemptID, offset: Int64, bytes: [UInt8], at now: Instant) async throws {
        guard !bytes.isEmpty, offset >= 0 else { return }
        try await write { connection in
            let end = try connection.logEnd(attempt)
            let known = max(0, end - offset)
            guard known < Int64(bytes.count) else { return }
            let rest = Array(bytes.dropFirst(Int(known)))
            try connection.execute(
                """
                INSERT INTO log_chunk (attempt_id, starts_at, ends_at, content, written_at)
                SELECT a.id, ?, ?, ?, ? FROM attempt a WHERE a.id = ? AND a.status IN ('launching', 'running')
                """,
                [offset + known, offset + Int64(bytes.count), rest, now, attempt])
        }
    }

    /// Where the next piece of an attempt's live log begins: how a restarted server goes on.
    package func liveLogEnd(attempt: AttemptID) async throws -> Int64 {
        try await read { try $0.logEnd(attempt) }
    }

    /// The live log of the run's attempt that has not ended: at most `limit` bytes from `offset`, and where to go on.
    ///
    /// `ended` says that the run is over: the whole log is then an artifact, named by its attempts. Between two attempts there are no bytes. A reader
    /// that is beyond what the present attempt wrote (it followed an earlier one) begins again at 0. Throws `notFound`.
    package func liveLog(run: RunID, from offset: Int64, limit: Int) async throws -> (bytes: [UInt8], next: Int64, ended: Bool) {
        try await read { connection in
            guard let status: RunStatus = try connection.value("SELECT r.status FROM run r WHERE r.id = ?", [run]) else {
                throw RecordingError.noRun(run)
            }
            let unfinished = "SELECT a.id FROM attempt a WHERE a.run_id = ? AND a.status IN ('launching', 'running')"
            guard !status.isTerminal, let attempt: AttemptID = try connection.value(unfinished, [run]) else {
                return ([], offset, status.isTerminal)
            }
            let end = try connection.logEnd(attempt)
            var position = offset > end ? 0 : max(0, offset)
            var bytes: [UInt8] = []
            while bytes.count < limit, position < end, let piece = try connection.logPiece(attempt, from: position) {
                let start = max(position, piece.start)
                let taken = piece.content.dropFirst(Int(start - piece.start)).prefix(limit - bytes.count)
                bytes += taken
                position = start + Int64(taken.count)
            }
            return (bytes, position, false)
        }
    }
}

extension Connection {
    fileprivate func logEnd(_ attempt: AttemptID) throws -> Int64 {
        try value("SELECT c.ends_at FROM log_chunk c WHERE c.attempt_id = ? ORDER BY c.starts_at DESC LIMIT 1", [attempt]) ?? 0
    }

    /// The piece that holds the byte at `position`, or the next one after it.
    fileprivate func logPiece(_ attempt: AttemptID, from position: Int64) throws -> (start: Int64, content: [UInt8])? {
        let make: (inout Row) throws -> (start: Int64, content: [UInt8]) = { (start: try $0.next(), content: try $0.next()) }
        let holding = "SELECT c.starts_at, c.content FROM log_chunk c WHERE c.attempt_id = ? AND c.starts_at <= ? ORDER BY c.starts_at DESC LIMIT 1"
        if let piece = try first(holding, [attempt, position], make), piece.start + Int64(piece.content.count) > position { return piece }
        return try first(
            "SELECT c.starts_at, c.content FROM log_chunk c WHERE c.attempt_id = ? AND c.starts_at > ? ORDER BY c.starts_at LIMIT 1",
            [attempt, position], make)
    }
}
