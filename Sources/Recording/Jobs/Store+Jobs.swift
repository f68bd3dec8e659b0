// Requests about jobs, their versions and their diagnostics.
package import Vocabulary

extension Store {
    /// Makes these files the job's newest version (already stored as artifacts), or finds that they are.
    ///
    /// Takes over a job that carries one of `formerNames`; replaces the schedules' revisions (a changed revision begins at `now`), the access rows of
    /// `access:`, clears diagnostics and `removedAt`. One transaction; nothing is written when the record says all of it already. Returns the version
    /// and whether it is new: files that were there before are their old version again.
    package func register(job name: String, definition: JobDefinition, manifest: Manifest, manifestDigest: Digest, at now: Instant)
        async throws -> (version: JobVersionRecord, isNew: Bool)
    {
        let registration = try Registration(
            name: name, definition: definition, manifest: manifest, manifestDigest: manifestDigest, now: now, definitions: definitions)
        if let known = try await read({ try registration.known($0) }) { return (known, false) }
        return try await write { try registration.record($0) }
    }

    /// Records what is wrong with a job's newest edit; the last good version stays. A job that never had a good version is not made.
    package func recordDiagnostics(_ diagnostics: [Diagnostic], job name: String, at now: Instant) async throws {
        let text: String? = diagnostics.isEmpty ? nil : try JSONText.encode(diagnostics)
        guard let stored = try await read({ try $0.value("SELECT diagnostics FROM job WHERE name = ?", [name], as: String?.self) }),
            stored != text
        else { return }
        try await write { _ = try $0.execute("UPDATE job SET diagnostics = ? WHERE name = ?", [text, name]) }
    }

    /// Marks a job whose folder is gone: its schedules stop, its pages stay. Does nothing for a job that is marked already or is not there.
    package func markRemoved(job name: String, at now: Instant) async throws {
        try await write { connection in
            guard let job: JobID = try connection.value("SELECT j.id FROM job j WHERE j.name = ? AND j.removed_at IS NULL", [name]) else { return }
            try connection.execute("UPDATE job SET removed_at = ? WHERE id = ?", [now, job])
            try connection.bumpScheduleEpoch(of: job)
        }
    }

    /// Stops or restarts the schedules of a job. Throws `notFound`. Restarting them also says that the machine's clock is right: what the scheduler
    /// compares it with becomes `now`.
    package func setPaused(_ paused: Bool, job name: String, at now: Instant) async throws {
        try await write { connection in
            guard let job: JobID = try connection.value("SELECT j.id FROM job j WHERE j.name = ?", [name]) else { throw RecordingError.noJob(name) }
            if paused {
                // What was paused already stays paused since then.
                try connection.execute("UPDATE job SET paused = 1, paused_at = ?, resumed_at = NULL WHERE id = ? AND paused = 0", [now, job])
            } else {
                try connection.execute("UPDATE job SET paused = 0, resumed_at = ? WHERE id = ? AND paused = 1", [now, job])
                try connection.execute("UPDATE scheduler SET trusted_at = ? WHERE id = 1", [now])
            }
            try connection.bumpScheduleEpoch(of: job)
        }
    }

    /// Every job, by name, removed ones included.
    package func jobs() async throws -> [JobRecord] {
        try await read { [definitions] in
            try $0.all(JobSQL.select + " ORDER BY j.name") { try JobRecord(row: &$0, definitions: definitions) }
        }
    }

    /// The job of this name, or nil.
    package func job(named name: String) async throws -> JobRecord? {
        try await read { [definitions] in
            try $0.first(JobSQL.select + " WHERE j.name = ?", [name]) { try JobRecord(row: &$0, definitions: definitions) }
        }
    }

    /// The job with this identifier, or nil.
    package func job(_ id: JobID) async throws -> JobRecord? {
        try await read { [definitions] in
            try $0.first(JobSQL.select + " WHERE j.id = ?", [id]) { try JobRecord(row: &$0, definitions: definitions) }
        }
    }

    /// The present name of a job that once had this name or says so in `former_names`, or nil.
    package func presentName(ofFormer name: String) async throws -> String? {
        try await read { try $0.value("SELECT j.name FROM former_name f JOIN job j ON j.id = f.job_id WHERE f.name = ?", [name]) }
    }

    /// The job version with this identifier and its files, or nil.
    package func jobVersion(_ id: JobVersionID) async throws -> JobVersionRecord? {
        try await read { [definitions] in try JobVersionRecord.read(id, from: $0, definitions: definitions) }
    }
}

extension RecordingError {
    static func noJob(_ name: String) -> RecordingError { RecordingError(.notFound, subject: "job \(name)", detail: "there is no such job") }
    static func noJob(_ id: JobID) -> RecordingError { RecordingError(.notFound, subject: "job \(id.short)", detail: "there is no such job") }
}
