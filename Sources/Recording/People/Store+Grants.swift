// Requests about grants, and what Access needs to decide about a job.
package import Access
package import Vocabulary

extension Store {
    /// Grants a role to a user (by name) or a group (by name, which need not exist yet). Throws `notFound` for a job or user that is not there, `conflict`
    /// unless exactly one of user and group is given. A grant that is there already is returned.
    package func grant(_ role: Role, scope: GrantScope, user: String?, group: String?, by actor: UserID?, at now: Instant) async throws -> GrantID {
        try await write { connection in
            let principal: Principal
            switch (user, group) {
            case (let user?, nil): principal = .user(try connection.userID(named: user))
            case (nil, let group?): principal = .group(group)
            default: throw RecordingError(.conflict, subject: "a grant", detail: "names either a user or a group")
            }
            let (column, target): (String, any Storable)
            switch scope {
            case .team(let team): (column, target) = ("team", team)
            case .job(let name):
                guard let job: JobID = try connection.value("SELECT j.id FROM job j WHERE j.name = ?", [name]) else { throw RecordingError.noJob(name) }
                (column, target) = ("job_id", job)
            }
            let same = "SELECT g.id FROM role_grant g WHERE g.\(column) = ? AND g.principal = ? AND g.role = ? AND g.from_definition = 0"
            if let known: GrantID = try connection.value(same, [target, principal, role]) { return known }
            let id = GrantID(at: now)
            try connection.execute(
                "INSERT INTO role_grant (id, role, \(column), principal, from_definition, granted_by, created_at) VALUES (?, ?, ?, ?, 0, ?, ?)",
                [id, role, target, principal, actor, now])
            try connection.bumpAccessEpoch()
            return id
        }
    }

    /// Takes a grant back. Throws `notFound`, also for one that stands in job.yaml: only an edit of the file changes that.
    package func removeGrant(_ id: GrantID) async throws {
        try await write { connection in
            guard try connection.execute("DELETE FROM role_grant WHERE id = ? AND from_definition = 0", [id]) == 1 else {
                throw RecordingError(.notFound, subject: "grant \(id.short)", detail: "there is no such grant, or it stands in the job's file")
            }
            try connection.bumpAccessEpoch()
        }
    }

    /// All grants, or those that reach a job (its own, its team's, and its `access:` keys), oldest first.
    package func grants(job: String? = nil) async throws -> [GrantRecord] {
        try await read { connection in
            guard let job else { return try connection.grants("1 = 1", []) }
            let own = try connection.grants("g.job_id = (SELECT k.id FROM job k WHERE k.name = ?)", [job])
            let team = try connection.grants("g.team = (SELECT k.team FROM job k WHERE k.name = ?)", [job])
            return (own + team).sorted { $0.id < $1.id }
        }
    }

    /// What `Access` needs to decide about a job: every role that reaches it, by principal. nil for a job that is not there.
    package func resource(job: JobID) async throws -> JobResource? { try await read { try $0.resource("j.id = ?", job) } }

    /// As `resource(job:)`, by the job's present name.
    package func resource(jobNamed name: String) async throws -> JobResource? { try await read { try $0.resource("j.name = ?", name) } }
}

extension Connection {
    fileprivate func grants(_ condition: String, _ arguments: [any Storable]) throws -> [GrantRecord] {
        let sql = """
            SELECT g.id, g.role, j.name, g.team, g.principal, g.from_definition
            FROM role_grant g LEFT JOIN job j ON j.id = g.job_id WHERE \(condition) ORDER BY g.id
            """
        return try all(sql, arguments) { row in
            let (id, role, job, team): (GrantID, Role, String?, String?) = (try row.next(), try row.next(), try row.next(), try row.next())
            let principal: Principal = try row.next()
            let name: String
            switch principal {
            case .public, .everyone: name = principal.description
            case .group(let group): name = group
            case .user(let user): name = try value("SELECT u.name FROM user_account u WHERE u.id = ?", [user]) ?? user.short
            }
            return GrantRecord(
                id: id, role: role, scope: job.map { .job(name: $0) } ?? .team(team ?? ""), principal: principal, principalName: name,
                fromDefinition: try row.next())
        }
    }

    fileprivate func resource(_ condition: String, _ argument: any Storable) throws -> JobResource? {
        let job = try first("SELECT j.id, j.name, j.team FROM job j WHERE \(condition)", [argument]) { row in
            (id: try row.next(JobID.self), name: try row.next(String.self), team: try row.next(String?.self))
        }
        guard let job else { return nil }
        let own = try all("SELECT g.role, g.principal, g.from_definition FROM role_grant g WHERE g.job_id = ? ORDER BY g.id", [job.id]) { row in
            let (role, principal, fromDefinition): (Role, Principal, Bool) = (try row.next(), try row.next(), try row.next())
            let source = fromDefinition ? "access: \(role.accessKey) in job.yaml" : "a grant on job \(job.name)"
            return JobResource.Reach(role: role, principal: principal, source: source)
        }
        guard let team = job.team else { return JobResource(id: job.id, name: job.name, team: nil, reaches: own) }
        let shared = try all("SELECT g.role, g.principal FROM role_grant g WHERE g.team = ? ORDER BY g.id", [team]) { row in
            JobResource.Reach(role: try row.next(), principal: try row.next(), source: "a grant on team \(team)")
        }
        return JobResource(id: job.id, name: job.name, team: team, reaches: own + shared)
    }
}

extension Role {
    /// The key of `access:` that gives this role.
    fileprivate var accessKey: String {
        switch self {
        case .viewer: "view"
        case .analyst, .publisher: "run"
        case .owner: "own"
        }
    }
}
