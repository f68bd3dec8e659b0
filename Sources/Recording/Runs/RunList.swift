// Which runs a list shows, found without walking through the history.
import Vocabulary

/// The newest runs of the jobs that an actor sees.
///
/// The newest L runs of many jobs are among the newest L of those L jobs whose newest run is newest: one index step per job, then at most L per chosen
/// job. So a list costs the same in the tenth year.
struct RunList {
    let filter: RunFilter
    let actor: Actor

    /// At most `filter.limit` identifiers, newest first.
    func identifiers(_ connection: any Connection) throws -> [RunID] {
        var found: [RunID] = []
        for head in try heads(connection) {
            // What follows is older than everything that was found already.
            if found.count >= filter.limit, let last = found.last, head.newest < last { break }
            try merge(into: &found, newest(connection, "x.job_id = ?", head.job))
        }
        if let user = actor.userID { try merge(into: &found, own(connection, user)) }
        return found
    }

    private func merge(into found: inout [RunID], _ more: [RunID]) {
        found = Array(Set(found).union(more).sorted(by: >).prefix(filter.limit))
    }

    /// The jobs with the newest matching runs.
    private func heads(_ connection: any Connection) throws -> [(job: JobID, newest: RunID)] {
        let visible = VisibleJobs.withVisibleRuns(for: actor)
        let (matching, matchingArguments) = conditions
        let named = filter.jobName == nil ? "" : " AND j.name = ?"
        let sql = """
            SELECT h.id, h.newest FROM (
                SELECT j.id, (SELECT max(x.id) FROM run x WHERE x.job_id = j.id\(matching)) AS newest FROM job j WHERE \(visible.condition)\(named)
            ) h WHERE h.newest IS NOT NULL ORDER BY h.newest DESC LIMIT ?
            """
        let arguments = matchingArguments + visible.arguments + (filter.jobName.map { [$0] } ?? []) + [filter.limit]
        return try connection.all(sql, arguments) { (job: try $0.next(), newest: try $0.next()) }
    }

    private func newest(_ connection: any Connection, _ condition: String, _ argument: any Storable) throws -> [RunID] {
        let (matching, arguments) = conditions
        let sql = "SELECT x.id FROM run x WHERE \(condition)\(matching) ORDER BY x.id DESC LIMIT ?"
        return try connection.all(sql, [argument] + arguments + [filter.limit]) { try $0.next() }
    }

    /// The runs that the user asked for: visible also without a right on the job.
    private func own(_ connection: any Connection, _ user: UserID) throws -> [RunID] {
        guard let name = filter.jobName else { return try newest(connection, "x.requested_by = ?", user) }
        guard let job: JobID = try connection.value("SELECT j.id FROM job j WHERE j.name = ?", [name]) else { return [] }
        let (matching, arguments) = conditions
        let sql = "SELECT x.id FROM run x WHERE x.requested_by = ? AND x.job_id = ?\(matching) ORDER BY x.id DESC LIMIT ?"
        return try connection.all(sql, [user, job] + arguments + [filter.limit]) { try $0.next() }
    }

    private var conditions: (String, [any Storable]) {
        var text = ""
        var arguments: [any Storable] = []
        if let status = filter.status {
            text += " AND x.status = ?"
            arguments.append(status)
        }
        if let before = filter.before {
            text += " AND x.id < ?"
            arguments.append(before)
        }
        return (text, arguments)
    }
}
