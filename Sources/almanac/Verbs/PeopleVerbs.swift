// user and group: who there is.
import ArgumentParser
import Credentials
import Operating
import Recording
import Vocabulary

struct UserVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add, list and disable people.",
        subcommands: [Add.self, List.self, Disable.self, Enable.self, Password.self, Link.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a person; without a password, print a one-time sign-in link.",
            discussion: "Example: almanac user add ann --email ann@example.com --group planning")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The name to sign in with.") var name: String
        @Option(help: "Where mail for this person goes.") var email: String?
        @Flag(help: "May do everything.") var administrator = false
        @Option(name: .customLong("group"), help: "A group to be in; may be repeated.") var groups: [String] = []
        @Flag(help: "Read the password from standard input.") var passwordStdin = false

        func run() async throws {
            try await verb {
                let folders = try Folders(options)
                let hash = passwordStdin ? try await passwordHash(for: name) : nil
                let reply = try await perform(
                    .addUser(.init(name: name, email: email, passwordHash: hash, administrator: administrator, groups: groups)), folders)
                if reply.exitStatus != 0 || passwordStdin { return try report(reply, options) }
                if !options.json { print(reply.message) }
                try await printLink(name, folders, options)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List people and their groups.", discussion: "Example: almanac user list")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await verb {
                let users = try await openRecord(Folders(options)).users()
                struct Line: Encodable { let id, name: String; let email: String?; let administrator, disabled: Bool; let groups: [String] }
                if options.json {
                    return printJSON(["users": users.map {
                        Line(id: $0.id.text, name: $0.name, email: $0.email, administrator: $0.administrator, disabled: $0.disabledAt != nil, groups: $0.groups)
                    }])
                }
                printTable(
                    ["name", "e-mail", "groups", ""],
                    users.map { user in
                        let marks = [user.administrator ? "administrator" : nil, user.auditor ? "auditor" : nil, user.disabledAt == nil ? nil : "disabled"]
                        return [user.name, user.email ?? "", user.groups.joined(separator: ", "), marks.compactMap { $0 }.joined(separator: ", ")]
                    },
                    empty: "Nobody yet. Add the first person: almanac user add NAME --administrator")
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Disable a person and end their sessions.", discussion: "Example: almanac user disable ann")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The name.") var name: String

        func run() async throws {
            try await verb { try report(try await perform(.disableUser(name: name, disabled: true), Folders(options)), options) }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a disabled person sign in again.", discussion: "Example: almanac user enable ann")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The name.") var name: String

        func run() async throws {
            try await verb { try report(try await perform(.disableUser(name: name, disabled: false), Folders(options)), options) }
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a person's password, read from standard input; ends their sessions.",
            discussion: "Example: almanac user password ann < password.txt")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The name.") var name: String

        func run() async throws {
            try await verb {
                let folders = try Folders(options)
                let hash = try await passwordHash(for: name)
                try report(try await perform(.setPassword(user: name, hash: hash), folders), options)
            }
        }
    }

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a sign-in link that works once, for a day.", discussion: "Example: almanac user link ann")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The name.") var name: String

        func run() async throws { try await verb { try await printLink(name, Folders(options), options) } }
    }
}

struct GroupVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "group", abstract: "Make groups and say who is in them.", subcommands: [Add.self, Remove.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a group, or put a person into it.", discussion: "Example: almanac group add planning ann")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group.") var group: String
        @Argument(help: "Who joins it.") var user: String?

        func run() async throws {
            try await verb { try report(try await perform(.addGroup(name: group, member: user), Folders(options)), options) }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a person out of a group, or remove the group.", discussion: "Example: almanac group remove planning ann")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group.") var group: String
        @Argument(help: "Who leaves it.") var user: String?

        func run() async throws {
            try await verb { try report(try await perform(.removeFromGroup(name: group, member: user), Folders(options)), options) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List groups and members.", discussion: "Example: almanac group list")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await verb {
                let groups = try await openRecord(Folders(options)).groups()
                struct Line: Encodable { let name: String; let members: [String] }
                if options.json { return printJSON(["groups": groups.map { Line(name: $0.name, members: $0.members) }]) }
                printTable(
                    ["group", "members"], groups.map { [$0.name, $0.members.joined(separator: ", ")] },
                    empty: "No groups yet. Make one: almanac group add planning ann")
            }
        }
    }
}

/// Reads a password from standard input and hashes it, or refuses with what is wrong with it.
private func passwordHash(for name: String) async throws -> String {
    guard let password = readSecretLine() else { throw Refusal("give the password on standard input, as one line") }
    if let complaint = Passwords.complaint(about: password, userName: name) { throw Refusal(complaint) }
    return try await Passwords.hash(password)
}

/// Makes a one-time link and prints it; its secret exists only here and in the reader's browser.
private func printLink(_ name: String, _ folders: Folders, _ options: GlobalOptions) async throws {
    let secret = Secret.link()
    let reply = try await perform(.addLink(user: name, digest: secret.digest, lifetime: Span(seconds: 86_400)), folders)
    if reply.exitStatus != 0 { return try report(reply, options) }
    let settings = Settings(workspace: folders.workspace, overrides: [:])
    let base = settings.text("site.base_url")
    // A running server knows its port best.
    let local = reply.values["address"] ?? "http://\(settings.text("server.host")):\(settings.text("server.port"))"
    let address = (base.isEmpty ? local : base) + "/link/" + secret.text
    if options.json { printJSON(["user": name, "link": address]) } else { print(address) }
}
