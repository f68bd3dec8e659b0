// Who somebody is and what they may ask for: the words of access.

/// What can be done to a job.
package enum Action: String, Sendable, Codable, CaseIterable { case view, download, run, publish, administer }

/// What a grant gives on a job, from least to most.
package enum Role: String, Sendable, Codable, CaseIterable, Comparable {
    case viewer, analyst, publisher, owner

    /// The actions that the role allows.
    package var actions: Set<Action> {
        switch self {
        case .viewer: [.view, .download]
        case .analyst: [.view, .download, .run]
        case .publisher: [.view, .download, .run, .publish]
        case .owner: Set(Action.allCases)
        }
    }

    package static func < (left: Role, right: Role) -> Bool { left.actions.count < right.actions.count }
}

/// Whom a grant names, as it is stored: `public`, `everyone`, `user:<id>`, `group:<name>`.
package enum Principal: Hashable, Sendable, CustomStringConvertible {
    case `public`
    case everyone
    case user(UserID)
    case group(String)

    package var description: String {
        switch self {
        case .public: "public"
        case .everyone: "everyone"
        case .user(let id): "user:\(id)"
        case .group(let name): "group:\(name)"
        }
    }

    /// The principal stored as this text, or nil.
    package init?(_ text: String) {
        if text == "public" { self = .public; return }
        if text == "everyone" { self = .everyone; return }
        if text.hasPrefix("group:") { self = .group(String(text.dropFirst(6))); return }
        guard text.hasPrefix("user:"), let id = UserID(String(text.dropFirst(5))) else { return nil }
        self = .user(id)
    }

    /// The principal that `access:` in job.yaml names: a group, or one of the two words.
    package init(accessKey name: String) {
        self = name == "public" ? .public : name == "everyone" ? .everyone : .group(name)
    }
}

/// Who asks. Everything here is read from the record with each request.
package enum Actor: Sendable, Hashable {
    case anonymous
    case user(SignedIn)
    /// The command line of whoever owns the data folder.
    case operatorAtConsole

    /// Somebody who signed in, or whose token came with the request.
    package struct SignedIn: Sendable, Hashable {
        package let id: UserID
        package let name: String
        package let groups: Set<String>
        package let administrator: Bool
        package let auditor: Bool
        /// Set when the request came with an API token: what the token allows at most.
        package let scope: TokenScope?

        package init(id: UserID, name: String, groups: Set<String>, administrator: Bool, auditor: Bool = false, scope: TokenScope? = nil) {
            self.id = id
            self.name = name
            self.groups = groups
            self.administrator = administrator
            self.auditor = auditor
            self.scope = scope
        }
    }

    /// The principals that a grant can name to reach this actor.
    package var principals: [Principal] {
        switch self {
        case .anonymous: [.public]
        case .user(let user): [.public, .everyone, .user(user.id)] + user.groups.sorted().map { .group($0) }
        case .operatorAtConsole: []
        }
    }

    package var userID: UserID? { if case .user(let user) = self { user.id } else { nil } }
}

/// What an API token allows at most: `read` views and downloads, `run` also runs, `all` everything its user may.
package enum TokenScope: String, Sendable, Codable, CaseIterable { case read, run, all }
