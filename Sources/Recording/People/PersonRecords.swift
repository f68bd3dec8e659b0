// People, groups, grants, sessions and tokens, as they stand in the record.
package import Vocabulary

/// A person who may sign in.
package struct UserRecord: Sendable, Hashable {
    package let id: UserID
    package let name: String
    package let email: String?
    /// Argon2id in PHC form; nil = signs in by one-time links only.
    package let passwordHash: String?
    package let administrator: Bool
    package let auditor: Bool
    package let disabledAt: Instant?
    package let groups: [String]
    package let createdAt: Instant

    package init(
        id: UserID, name: String, email: String?, passwordHash: String?, administrator: Bool, auditor: Bool, disabledAt: Instant?,
        groups: [String], createdAt: Instant
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.passwordHash = passwordHash
        self.administrator = administrator
        self.auditor = auditor
        self.disabledAt = disabledAt
        self.groups = groups
        self.createdAt = createdAt
    }

    /// The actor that this user is with each request.
    package func actor(scope: TokenScope? = nil) -> Actor {
        .user(.init(id: id, name: name, groups: Set(groups), administrator: administrator, auditor: auditor, scope: scope))
    }
}

/// What a grant reaches.
package enum GrantScope: Sendable, Hashable {
    case job(name: String)
    case team(String)
}

/// A role that a person or a group has on a job or a team's jobs.
package struct GrantRecord: Sendable, Hashable {
    package let id: GrantID
    package let role: Role
    package let scope: GrantScope
    package let principal: Principal
    /// The user's or group's name, for people.
    package let principalName: String
    /// True = from `access:` in job.yaml, which only an edit of the file changes.
    package let fromDefinition: Bool

    package init(id: GrantID, role: Role, scope: GrantScope, principal: Principal, principalName: String, fromDefinition: Bool) {
        self.id = id
        self.role = role
        self.scope = scope
        self.principal = principal
        self.principalName = principalName
        self.fromDefinition = fromDefinition
    }
}

/// An API token, without its secret.
package struct TokenRecord: Sendable, Hashable {
    package let id: TokenID
    package let userName: String
    package let name: String
    /// The token's first characters, so that people can tell theirs apart.
    package let prefix: String
    package let scope: TokenScope
    package let createdAt: Instant
    package let expiresAt: Instant
    package let lastUsedAt: Instant?
    package let revokedAt: Instant?

    package init(
        id: TokenID, userName: String, name: String, prefix: String, scope: TokenScope, createdAt: Instant, expiresAt: Instant,
        lastUsedAt: Instant?, revokedAt: Instant?
    ) {
        self.id = id
        self.userName = userName
        self.name = name
        self.prefix = prefix
        self.scope = scope
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }
}
