// Requests that read runs.
package import Vocabulary

/// Which runs a list asks for.
package struct RunFilter: Sendable {
    package var jobName: String?
    package var status: RunStatus?
    /// Runs queued before this one: for the next page.
    package var before: RunID?
    package var limit: Int

    package init(jobName: String? = nil, status: RunStatus? = nil, before: RunID? = nil, limit: Int = 50) {
        self.jobName = jobName
        self.status = status
        self.before = before
        self.limit = limit
    }
}

extension Store {
    /// The run with this identifier, or nil.
    package func run(_ id: RunID) async throws -> RunRecord? {
        try await read { try $0.run(id) }
    }

    /// Everything about a run in one read, or nil. Snapshots are those of the newest attempt that read any.
    package func runDetail(_ id: RunID) async throws -> RunDetail? {
        try await read { [definitions] connection in
            guard let run = try connection.run(id),
                let job = try connection.first(
                    JobSQL.select + " WHERE j.id = ?", [run.jobID], { try JobRecord(row: &$0, definitions: definitions) }),
                let version = try JobVersionRecord.read(run.jobVersionID, from: connection, definitions: definitions)
            else { return nil }
            let requester: String? = try run.requestedBy.flatMap {
                try connection.value("SELECT u.name FROM user_account u WHERE u.id = ?", [$0])
            }
            let attempts = try connection.attempts(run: id)
            var snapshots: [Snapshot] = []
            for attempt in attempts.reversed() where snapshots.isEmpty { snapshots = try connection.snapshots(attempt: attempt.id) }
            return RunDetail(
                run: run, job: job, version: version, requestedByName: requester, attempts: attempts, events: try connection.events(run: id),
                parameters: try connection.parameters(run: id), snapshots: snapshots, metrics: try connection.metrics(run: id),
                outputs: try connection.outputs(run: id))
        }
    }

    /// Newest first; only runs whose pages the actor may see (the `run` right on the job, or their own).
    package func runs(_ filter: RunFilter, visibleTo actor: Actor) async throws -> [RunRecord] {
        guard filter.limit > 0 else { return [] }
        return try await read { connection in
            let newest = try RunList(filter: filter, actor: actor).identifiers(connection)
            guard !newest.isEmpty else { return [] }
            let sql = RunSQL.select + " WHERE r.id IN (\(Dialect.marks(newest.count))) ORDER BY r.id DESC"
            return try connection.all(sql, newest.map { $0 as any Storable }) { try RunRecord(row: &$0) }
        }
    }
}
