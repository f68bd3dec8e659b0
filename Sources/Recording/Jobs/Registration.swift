// Making the files of a job folder the job's newest version, inside one transaction.
import struct Crypto.SHA256
import Vocabulary

struct Registration: Sendable {
    struct Schedule: Sendable {
        let name: String
        let revision: Digest
        let text: String
    }

    let name: String
    let definition: JobDefinition
    let manifest: Manifest
    let manifestDigest: Digest
    let now: Instant
    let definitions: DefinitionCache
    private let definitionText: String
    private let schedules: [Schedule]

    init(name: String, definition: JobDefinition, manifest: Manifest, manifestDigest: Digest, now: Instant, definitions: DefinitionCache) throws {
        self.name = name
        self.definition = definition
        self.manifest = manifest
        self.manifestDigest = manifestDigest
        self.now = now
        self.definitions = definitions
        definitionText = try JSONText.encode(definition)
        schedules = try definition.schedules.map { schedule in
            let text = try JSONText.encode(schedule)
            return Schedule(name: schedule.name, revision: Digest(bytes: SHA256.hash(data: Array(text.utf8))), text: text)
        }
    }

    /// The version when the record holds exactly this already: most folders at most starts.
    func known(_ connection: any Connection) throws -> JobVersionRecord? {
        let sql = """
            SELECT v.id FROM job j JOIN job_version v ON v.id = j.version_id
            WHERE j.name = ? AND v.manifest_digest = ? AND v.definition = ? AND j.removed_at IS NULL AND j.diagnostics IS NULL
            """
        guard let id: JobVersionID = try connection.value(sql, [name, manifestDigest, definitionText]) else { return nil }
        return try JobVersionRecord.read(id, from: connection, definitions: definitions)
    }

    func record(_ connection: any Connection) throws -> (version: JobVersionRecord, isNew: Bool) {
        let job = try findOrMakeJob(connection)
        let version = try findOrMakeVersion(connection, job: job.id)
        try connection.execute(
            """
            UPDATE job SET version_id = ?, title = ?, summary = ?, team = ?, sort_key = ?, search_text = ?, diagnostics = NULL, removed_at = NULL
            WHERE id = ?
            """,
            [
                version.id, definition.title, definition.summary, definition.team, definition.title.lowercased(),
                (definition.title + "\n" + (definition.summary ?? "")).lowercased(), job.id,
            ])
        let accessChanged = try replaceAccess(connection, job: job.id)
        if accessChanged || job.isNew || job.team != definition.team { try connection.bumpAccessEpoch() }
        try replaceSchedules(connection, job: job.id, anew: job.wasRemoved)
        try recordFormerNames(connection, job: job.id)
        try replaceAfter(connection, job: job.id)
        try connection.bumpScheduleEpoch(of: job.id)
        guard let read = try JobVersionRecord.read(version.id, from: connection, definitions: definitions) else { throw RecordingError.noJob(name) }
        return (read, version.isNew)
    }

    private struct FoundJob {
        let id: JobID
        let team: String?
        let wasRemoved: Bool
        let isNew: Bool
    }

    private func findOrMakeJob(_ connection: any Connection) throws -> FoundJob {
        for candidate in [name] + definition.formerNames {
            let found = try connection.first("SELECT id, team, removed_at FROM job WHERE name = ?", [candidate]) { row in
                FoundJob(id: try row.next(), team: try row.next(), wasRemoved: try row.next(Instant?.self) != nil, isNew: false)
            }
            guard let found else { continue }
            if candidate != name {
                try connection.execute("UPDATE job SET name = ? WHERE id = ?", [name, found.id])
                try connection.execute("DELETE FROM former_name WHERE name = ?", [name])
                try connection.execute("INSERT INTO former_name (name, job_id) VALUES (?, ?)", [candidate, found.id])
            }
            return found
        }
        let id = JobID(at: now)
        try connection.execute(
            "INSERT INTO job (id, name, title, sort_key, search_text, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            [id, name, definition.title, "", "", now])
        // A job of its own now carries this name: it leads nowhere else any more.
        try connection.execute("DELETE FROM former_name WHERE name = ?", [name])
        return FoundJob(id: id, team: nil, wasRemoved: false, isNew: true)
    }

    private func findOrMakeVersion(_ connection: any Connection, job: JobID) throws -> (id: JobVersionID, isNew: Bool) {
        let sql = "SELECT id FROM job_version WHERE job_id = ? AND manifest_digest = ?"
        if let id: JobVersionID = try connection.value(sql, [job, manifestDigest]) {
            // The same files can mean more to a newer program than to the one that first read them.
            try connection.execute("UPDATE job_version SET definition = ? WHERE id = ?", [definitionText, id])
            return (id, false)
        }
        let id = JobVersionID(at: now)
        try connection.execute("UPDATE job SET version_count = version_count + 1 WHERE id = ?", [job])
        let number: Int? = try connection.value("SELECT version_count FROM job WHERE id = ?", [job])
        try connection.execute(
            "INSERT INTO job_version (id, job_id, number, manifest_digest, definition, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            [id, job, number, manifestDigest, definitionText, now])
        try connection.addArtifacts(manifest.files.map(\.sha256))
        for file in manifest.files {
            try connection.execute(
                "INSERT INTO job_version_file (job_version_id, path, digest, bytes, executable) VALUES (?, ?, ?, ?, ?)",
                [id, file.path, file.sha256, file.bytes, file.executable])
        }
        return (id, true)
    }

    /// Makes the rows of `access:` those of the definition; says whether that changed anything.
    private func replaceAccess(_ connection: any Connection, job: JobID) throws -> Bool {
        struct Reach: Hashable {
            let role: Role
            let principal: Principal
        }
        let keys: [(Role, [String])] = [(.viewer, definition.access.view), (.analyst, definition.access.run), (.owner, definition.access.own)]
        let wanted = Set(keys.flatMap { role, names in names.map { Reach(role: role, principal: Principal(accessKey: $0)) } })
        let stored = try connection.all("SELECT role, principal FROM role_grant WHERE job_id = ? AND from_definition = 1", [job]) { row in
            Reach(role: try row.next(), principal: try row.next())
        }
        guard Set(stored) != wanted else { return false }
        try connection.execute("DELETE FROM role_grant WHERE job_id = ? AND from_definition = 1", [job])
        for reach in wanted.sorted(by: { ($0.role, $0.principal.description) < ($1.role, $1.principal.description) }) {
            try connection.execute(
                "INSERT INTO role_grant (id, role, job_id, principal, from_definition, created_at) VALUES (?, ?, ?, ?, 1, ?)",
                [GrantID(at: now), reach.role, job, reach.principal, now])
        }
        return true
    }

    /// Ends the revisions that are no longer meant and begins the new ones now; with `anew` all of them begin now.
    private func replaceSchedules(_ connection: any Connection, job: JobID, anew: Bool) throws {
        let inForce = try connection.all("SELECT name, revision FROM schedule WHERE job_id = ? AND ended_at IS NULL", [job]) { row in
            (name: try row.next(String.self), revision: try row.next(Digest.self))
        }
        for old in inForce where anew || !schedules.contains(where: { $0.name == old.name && $0.revision == old.revision }) {
            try connection.execute(
                "UPDATE schedule SET ended_at = ? WHERE job_id = ? AND name = ? AND revision = ?", [now, job, old.name, old.revision])
        }
        for new in schedules where anew || !inForce.contains(where: { $0.name == new.name && $0.revision == new.revision }) {
            try connection.execute(
                """
                INSERT INTO schedule (job_id, name, revision, definition, effective_from) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (job_id, name, revision) DO UPDATE SET effective_from = excluded.effective_from, ended_at = NULL
                """,
                [job, new.name, new.revision, new.text, now])
        }
    }

    private func replaceAfter(_ connection: any Connection, job: JobID) throws {
        try connection.execute("DELETE FROM job_after WHERE job_id = ?", [job])
        for name in Set(definition.after).sorted() {
            try connection.execute("INSERT INTO job_after (job_id, after_name) VALUES (?, ?)", [job, name])
        }
    }

    private func recordFormerNames(_ connection: any Connection, job: JobID) throws {
        for former in definition.formerNames where former != name {
            guard try !connection.exists("SELECT 1 FROM job WHERE name = ?", [former]) else { continue }
            try connection.execute(
                "INSERT INTO former_name (name, job_id) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET job_id = excluded.job_id", [former, job])
        }
    }
}

extension Connection {
    /// Makes sure that each digest has a row that others can refer to.
    func addArtifacts(_ digests: [Digest]) throws {
        for digest in digests { try execute("INSERT INTO artifact (digest) VALUES (?) ON CONFLICT (digest) DO NOTHING", [digest]) }
    }
}
