// Requests about users, groups and grants.
package import Access
package import Vocabulary

extension Store {
    /// Adds a user. Throws `conflict` when the name is taken. Groups that do not exist are made.
    package func addUser(name: String, email: String?, passwordHash: String?, administrator: Bool, groups: [String], at now: Instant)
        async throws -> UserID { fatalError() }
    package func user(named name: String) async throws -> UserRecord? { fatalError() }
    package func user(_ id: UserID) async throws -> UserRecord? { fatalError() }
    package func users() async throws -> [UserRecord] { fatalError() }
    /// Disables a user and ends their sessions, or enables them again.
    package func setDisabled(_ disabled: Bool, user: UserID, at now: Instant) async throws { fatalError() }
    /// Sets the password and ends every session of the user but `keeping`.
    package func setPassword(hash: String, user: UserID, keepingSession keeping: Digest?, at now: Instant) async throws { fatalError() }
    /// Replaces a hash by one with stronger parameters; sessions stay.
    package func raisePassword(hash: String, user: UserID) async throws { fatalError() }

    package func addGroup(_ name: String, at now: Instant) async throws { fatalError() }
    package func addMember(user: String, group: String, at now: Instant) async throws { fatalError() }
    package func removeMember(user: String, group: String) async throws { fatalError() }
    package func removeGroup(_ name: String) async throws { fatalError() }
    package func groups() async throws -> [(name: String, members: [String])] { fatalError() }

    /// Grants a role to a user (by name) or a group (by name). Throws `notFound` for a job or user that is not there.
    package func grant(_ role: Role, scope: GrantScope, user: String?, group: String?, by actor: UserID?, at now: Instant) async throws -> GrantID { fatalError() }
    package func removeGrant(_ id: GrantID) async throws { fatalError() }
    /// All grants, or those that reach a job (its own, its team's, and its `access:` keys).
    package func grants(job: String? = nil) async throws -> [GrantRecord] { fatalError() }
    /// What `Access` needs to decide about a job: every role that reaches it, by principal.
    package func resource(job: JobID) async throws -> JobResource? { fatalError() }
    /// Jobs with their resource, for tests and `access explain`.
    package func resource(jobNamed name: String) async throws -> JobResource? { fatalError() }
}
