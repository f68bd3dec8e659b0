// How jobs and their versions are read from rows.
import Vocabulary

enum JobSQL {
    /// The columns of a `JobRecord`, in the order in which `JobRecord(row:definitions:)` reads them.
    static let columns = """
        j.id, j.name, v.id, v.number, v.manifest_digest, v.definition, j.paused, j.removed_at, j.current_edition_id, j.diagnostics, j.created_at
        """
    static let select = "SELECT \(columns) FROM job j JOIN job_version v ON v.id = j.version_id"
}

extension JobRecord {
    init(row: inout Row, definitions: DefinitionCache) throws {
        self.init(
            id: try row.next(), name: try row.next(), versionID: try row.next(), versionNumber: try row.next(), manifestDigest: try row.next(),
            definition: try definitions.definition(try row.next()), paused: try row.next(), removedAt: try row.next(),
            currentEditionID: try row.next(), diagnostics: try row.next(String?.self).map { try JSONText.decode($0) } ?? [],
            createdAt: try row.next())
    }
}

extension JobVersionRecord {
    /// Reads a version with its files, or nil when there is no such version.
    static func read(_ id: JobVersionID, from connection: any Connection, definitions: DefinitionCache) throws -> JobVersionRecord? {
        let files = try connection.all(
            "SELECT f.path, f.digest, f.bytes, f.executable FROM job_version_file f WHERE f.job_version_id = ? ORDER BY f.path", [id]
        ) { row in
            Manifest.File(path: try row.next(), sha256: try row.next(), bytes: try row.next(), executable: try row.next())
        }
        let sql = "SELECT v.id, v.job_id, v.number, v.manifest_digest, v.definition, v.created_at FROM job_version v WHERE v.id = ?"
        return try connection.first(sql, [id]) { row in
            let (id, jobID, number): (JobVersionID, JobID, Int) = (try row.next(), try row.next(), try row.next())
            let (digest, definition): (Digest, JobDefinition) = (try row.next(), try definitions.definition(try row.next()))
            return JobVersionRecord(
                id: id, jobID: jobID, number: number, manifestDigest: digest, manifest: Manifest(files: files), definition: definition,
                createdAt: try row.next())
        }
    }
}
