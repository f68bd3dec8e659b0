// grant, access and token: who may do what, and with which keys.
import Access
import ArgumentParser
import Credentials
import Operating
import Recording
import Vocabulary

extension Role: ExpressibleByArgument {}
extension TokenScope: ExpressibleByArgument {}

struct GrantVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Give, list and take away roles.",
        discussion: "Example: almanac grant publisher --job airline-passengers --user ann",
        subcommands: [Give.self, List.self, Remove.self], defaultSubcommand: Give.self)

    struct Give: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a role on a job, or on a team's jobs, to a person or a group.",
            discussion: "Example: almanac grant analyst --team planning --group analysts")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "viewer, analyst, publisher or owner.") var role: Role
        @Option(help: "The job.") var job: String?
        @Option(help: "The team whose jobs are meant.") var team: String?
        @Option(help: "The person.") var user: String?
        @Option(help: "The group.") var group: String?

        func validate() throws {
            guard (job == nil) != (team == nil) else { throw ValidationError("name either --job or --team") }
            guard (user == nil) != (group == nil) else { throw ValidationError("name either --user or --group") }
        }

        func run() async throws {
            try await verb {
                try report(try await perform(.grant(role: role, job: job, team: team, user: user, group: group), Folders(options)), options)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List grants, those of job.yaml included.", discussion: "Example: almanac grant list --job airline-passengers")
        @OptionGroup var options: GlobalOptions
        @Option(help: "Only what reaches this job.") var job: String?

        func run() async throws {
            try await verb {
                let grants = try await openRecord(Folders(options)).grants(job: job)
                struct Line: Encodable { let id, role: String; let job, team: String?; let principal: String; let fromJobFile: Bool }
                let lines = grants.map { grant in
                    let (job, team): (String?, String?) = switch grant.scope { case .job(let name): (name, nil); case .team(let name): (nil, name) }
                    return Line(id: grant.id.text, role: grant.role.rawValue, job: job, team: team, principal: grant.principalName, fromJobFile: grant.fromDefinition)
                }
                if options.json { return printJSON(["grants": lines]) }
                printTable(
                    ["role", "on", "to", "from", "id"],
                    lines.map { [$0.role, $0.job ?? "team \($0.team ?? "")", $0.principal, $0.fromJobFile ? "job.yaml" : "a grant", $0.id] },
                    empty: "No grants yet. Jobs name their readers in job.yaml under access:, or: almanac grant viewer --job JOB --group GROUP")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a grant away.", discussion: "Example: almanac grant remove 01933b9e-…")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The grant's id, as `grant list` prints it.") var id: String

        func run() async throws {
            try await verb {
                guard let id = GrantID(id) else { throw Refusal("that is not the id of a grant; `almanac grant list` prints them") }
                try report(try await perform(.removeGrant(id), Folders(options)), options)
            }
        }
    }
}

struct AccessVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access", abstract: "Explain who may do what.", subcommands: [Explain.self])

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a person may do to a job, and why.", discussion: "Example: almanac access explain ann airline-passengers")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The person; `anonymous` is who has not signed in.") var user: String
        @Argument(help: "The job.") var job: String

        func run() async throws {
            try await verb {
                let store = try await openRecord(Folders(options))
                guard let resource = try await store.resource(jobNamed: job) else { throw Refusal("there is no registered job of that name") }
                var actor = Actor.anonymous
                if user != "anonymous" {
                    guard let record = try await store.user(named: user) else { throw Refusal("there is no user of that name") }
                    if record.disabledAt != nil { throw Refusal("\(user) is disabled, and may do nothing") }
                    actor = record.actor()
                }
                struct Line: Encodable { let action: String; let allowed: Bool; let reason: String }
                let lines = Action.allCases.map { action in
                    let decision = decide(actor, action, on: resource)
                    return Line(action: action.rawValue, allowed: decision.isAllowed, reason: decision.reason)
                }
                if options.json { return printJSON(["decisions": lines]) }
                printTable(["action", "allowed", "because"], lines.map { [$0.action, $0.allowed ? "yes" : "no", $0.reason] }, empty: "")
            }
        }
    }
}

struct TokenVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, list and revoke API tokens.", subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it, this once.", discussion: "Example: almanac token create ann --name laptop --expires 90d --scope read")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Whose token.") var user: String
        @Option(help: "What it is for.") var name = "token"
        @Option(help: "How long it works, at most 365d.") var expires = "90d"
        @Option(help: "read, run or all.") var scope = TokenScope.read

        func run() async throws {
            try await verb {
                guard let lifetime = Span(expires), lifetime.milliseconds > 0, lifetime <= Span(seconds: 366 * 86_400) else {
                    throw Refusal("--expires must be a length of time such as 90d, at most 366d", status: 64)
                }
                let secret = Secret.token()
                let reply = try await perform(
                    .addToken(user: user, name: name, digest: secret.digest, prefix: String(secret.text.prefix(12)), scope: scope, lifetime: lifetime),
                    Folders(options))
                if reply.exitStatus != 0 { return try report(reply, options) }
                if options.json { printJSON(reply.values.merging(["secret": secret.text]) { old, _ in old }) } else { print(secret.text) }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List tokens; never their secrets.", discussion: "Example: almanac token list")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Only this person's.") var user: String?

        func run() async throws {
            try await verb {
                let store = try await openRecord(Folders(options))
                var owner: UserID?
                if let user {
                    guard let record = try await store.user(named: user) else { throw Refusal("there is no user of that name") }
                    owner = record.id
                }
                let tokens = try await store.tokens(user: owner)
                struct Line: Encodable { let id, user, name, prefix, scope, createdAt, expiresAt: String; let lastUsedAt, revokedAt: String? }
                let lines = tokens.map {
                    Line(
                        id: $0.id.text, user: $0.userName, name: $0.name, prefix: $0.prefix, scope: $0.scope.rawValue, createdAt: $0.createdAt.description,
                        expiresAt: $0.expiresAt.description, lastUsedAt: $0.lastUsedAt?.description, revokedAt: $0.revokedAt?.description)
                }
                if options.json { return printJSON(["tokens": lines]) }
                printTable(
                    ["user", "name", "begins with", "scope", "expires", "last used", "id"],
                    lines.map { [$0.user, $0.name, $0.prefix, $0.scope, $0.revokedAt == nil ? $0.expiresAt : "revoked", $0.lastUsedAt ?? "never", $0.id] },
                    empty: "No tokens yet. Make one: almanac token create NAME")
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a token.", discussion: "Example: almanac token revoke 01933b9e-…")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The token's id, as `token list` prints it.") var id: String

        func run() async throws {
            try await verb {
                guard let id = TokenID(id) else { throw Refusal("that is not the id of a token; `almanac token list` prints them") }
                try report(try await perform(.revokeToken(id), Folders(options)), options)
            }
        }
    }
}
