// What the command line asks of whoever holds the data folder, as values that cross the control socket.
package import Vocabulary

/// A writing verb of the command line.
package enum ControlCommand: Codable, Sendable {
    case run(RunRequest)
    case cancel(run: RunID)
    case pause(job: String)
    case resume(job: String)
    case render(jobs: [String])
    case publish(run: RunID)
    case withhold(job: String, edition: Int, reason: String)
    case makeCurrent(job: String, edition: Int, reason: String)
    case addUser(NewUser)
    case disableUser(name: String, disabled: Bool)
    case setPassword(user: String, hash: String)
    /// Stores the digest of a one-time link; the secret itself never crosses.
    case addLink(user: String, digest: Digest, lifetime: Span)
    case addGroup(name: String, member: String?)
    case removeFromGroup(name: String, member: String?)
    case grant(role: Role, job: String?, team: String?, user: String?, group: String?)
    case removeGrant(GrantID)
    case addToken(user: String, name: String, digest: Digest, prefix: String, scope: TokenScope, lifetime: Span)
    case revokeToken(TokenID)

    /// A run that somebody asks for.
    package struct RunRequest: Codable, Sendable {
        package var job: String
        package var task: String?
        /// As typed; read by the types of the job's parameters.
        package var parameters: [String: String]
        /// RFC 3339, or a local date and time in the schedule's zone.
        package var scheduledFor: String?
        /// Asks for one run per due time instead of one.
        package var range: DueRange?

        package init(job: String, task: String? = nil, parameters: [String: String] = [:], scheduledFor: String? = nil, range: DueRange? = nil) {
            self.job = job
            self.task = task
            self.parameters = parameters
            self.scheduledFor = scheduledFor
            self.range = range
        }
    }

    /// The due times of a schedule from one time until before another, each RFC 3339 or a local time in the schedule's zone.
    package struct DueRange: Codable, Sendable {
        package var from: String
        package var to: String
        /// Needed when the job has several.
        package var schedule: String?

        package init(from: String, to: String, schedule: String? = nil) {
            self.from = from
            self.to = to
            self.schedule = schedule
        }
    }

    /// A person to be added.
    package struct NewUser: Codable, Sendable {
        package var name: String
        package var email: String?
        package var passwordHash: String?
        package var administrator: Bool
        package var groups: [String]

        package init(name: String, email: String?, passwordHash: String?, administrator: Bool, groups: [String]) {
            self.name = name
            self.email = email
            self.passwordHash = passwordHash
            self.administrator = administrator
            self.groups = groups
        }
    }
}

/// What came of a command.
package struct ControlReply: Codable, Sendable, Hashable {
    /// 0 done, 1 what was asked for did not work out, 70 the engine could not.
    package let exitStatus: Int32
    /// A sentence for people, empty when there is nothing to say.
    package let message: String
    /// Identifiers and figures by name, for `--json` and for the caller.
    package let values: [String: String]

    package init(exitStatus: Int32 = 0, message: String, values: [String: String] = [:]) {
        self.exitStatus = exitStatus
        self.message = message
        self.values = values
    }

    static func refused(_ message: String) -> ControlReply { ControlReply(exitStatus: 1, message: message) }
}
