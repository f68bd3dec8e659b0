// The request behind the catalogue: what each reader may see, a page at a time.
package import Vocabulary

extension Store {
    /// Reports that the actor may view, by team and title, from `offset`, at most `limit`; with `team` and `search` (case-insensitive, in title and
    /// summary) when they are set. Filtered in SQL by the rule that `Access` decides by. Costs grow with the number of jobs, not with their history.
    package func catalogue(visibleTo actor: Actor, team: String? = nil, search: String? = nil, offset: Int = 0, limit: Int = 60)
        async throws -> (entries: [CatalogueEntry], total: Int)
    {
        let visible = VisibleJobs.viewable(by: actor)
        let words = search.map { $0.lowercased() }.flatMap { $0.isEmpty ? nil : $0 }
        return try await read { [definitions] connection in
            var condition = visible.condition
            var arguments = visible.arguments
            if let team {
                condition += " AND j.team = ?"
                arguments.append(team)
            }
            if let words {
                condition += " AND " + connection.dialect.contains("j.search_text")
                arguments.append(words)
            }
            let total: Int = try connection.value("SELECT count(*) FROM job j WHERE \(condition)", arguments) ?? 0
            // The page is cut out of the narrow rows before anything is joined to it.
            let sql = """
                SELECT \(CatalogueEntry.columns)
                FROM (SELECT j.id FROM job j WHERE \(condition) ORDER BY j.team NULLS LAST, j.sort_key, j.name LIMIT ? OFFSET ?) p
                JOIN job j ON j.id = p.id JOIN job_version v ON v.id = j.version_id
                LEFT JOIN edition c ON c.id = j.current_edition_id LEFT JOIN edition n ON n.id = j.newest_edition_id
                LEFT JOIN run l ON l.id = j.last_run_id
                LEFT JOIN job_task t ON t.job_id = j.id AND t.task = '\(TaskDefinition.publishing)'
                ORDER BY j.team NULLS LAST, j.sort_key, j.name
                """
            let entries = try connection.all(sql, arguments + [limit, max(0, offset)]) { try CatalogueEntry(row: &$0, definitions: definitions) }
            return (entries, total)
        }
    }

    /// The teams of the jobs that the actor may view, by name, with how many jobs each labels: for the catalogue's filter.
    package func teams(visibleTo actor: Actor) async throws -> [(name: String, jobs: Int)] {
        let visible = VisibleJobs.viewable(by: actor)
        let sql = "SELECT j.team, count(*) FROM job j WHERE j.team IS NOT NULL AND \(visible.condition) GROUP BY j.team ORDER BY j.team"
        return try await read { try $0.all(sql, visible.arguments) { (name: try $0.next(), jobs: try $0.next()) } }
    }
}

extension CatalogueEntry {
    fileprivate static let columns = """
        j.id, j.name, j.title, j.summary, j.team, j.current_edition_id, \(EditionSQL.columns("c")), \(EditionSQL.columns("n")),
        l.status, l.failure_reason, l.ended_at, t.active_run_id, j.paused, j.removed_at, j.diagnostics, v.definition
        """

    fileprivate init(row: inout Row, definitions: DefinitionCache) throws {
        let (id, name, title, summary, team): (JobID, String, String, String?, String?) = (
            try row.next(), try row.next(), try row.next(), try row.next(), try row.next()
        )
        let pointer: EditionID? = try row.next()
        let (current, newest) = (try EditionRecord.Part.read(&row), try EditionRecord.Part.read(&row))
        self.init(
            jobID: id, name: name, title: title, summary: summary, team: team, currentEdition: current.map { EditionRecord($0, current: pointer) },
            newestEdition: newest.map { EditionRecord($0, current: pointer) }, lastRunStatus: try row.next(), lastRunFailure: try row.next(),
            lastRunEndedAt: try row.next(), isRunning: try row.next(RunID?.self) != nil, paused: try row.next(), removedAt: try row.next(),
            hasDiagnostics: try row.next(String?.self) != nil, definition: try definitions.definition(try row.next()))
    }
}
