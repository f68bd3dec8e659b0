// Commands about users, groups, grants and tokens.
import Recording
import Vocabulary

extension ControlDesk {
    func people(_ command: ControlCommand) async throws -> ControlReply {
        switch command {
        case .addUser(let user):
            guard Names.isPrincipal(user.name) else { return .refused(badName("a user")) }
            guard user.groups.allSatisfy(Names.isPrincipal) else { return .refused(badName("a group")) }
            let id = try await store.addUser(
                name: user.name, email: user.email, passwordHash: user.passwordHash, administrator: user.administrator, groups: user.groups,
                at: clock())
            return ControlReply(message: "user \(user.name) is there", values: ["user": id.text])
        case .disableUser(let name, let disabled):
            return try await forUser(name) { user in
                try await store.setDisabled(disabled, user: user.id, at: clock())
                return ControlReply(message: disabled ? "\(name) is disabled, and signed out everywhere" : "\(name) may sign in again")
            }
        case .setPassword(let name, let hash):
            return try await forUser(name) { user in
                try await store.setPassword(hash: hash, user: user.id, keepingSession: nil, at: clock())
                return ControlReply(message: "\(name) has a new password, and is signed out everywhere")
            }
        case .addLink(let name, let digest, let lifetime):
            return try await forUser(name) { user in
                if user.disabledAt != nil { return .refused("\(name) is disabled") }
                try await store.addLink(digest: digest, user: user.id, expiresAt: clock().adding(milliseconds: lifetime.milliseconds), at: clock())
                return ControlReply(message: "", values: siteAddress.map { ["address": $0] } ?? [:])
            }
        case .addToken(let name, let label, let digest, let prefix, let scope, let lifetime):
            return try await forUser(name) { user in
                let expiry = clock().adding(milliseconds: lifetime.milliseconds)
                let id = try await store.addToken(
                    digest: digest, prefix: prefix, user: user.id, name: label, scope: scope, expiresAt: expiry, at: clock())
                return ControlReply(message: "", values: ["token": id.text, "expiresAt": expiry.description])
            }
        case .revokeToken(let id):
            try await store.revokeToken(id, at: clock())
            return ControlReply(message: "token \(id) is revoked")
        case .addGroup(let name, let member):
            guard Names.isPrincipal(name) else { return .refused(badName("a group")) }
            guard let member else {
                try await store.addGroup(name, at: clock())
                return ControlReply(message: "group \(name) is there")
            }
            return try await forUser(member) { _ in
                try await store.addMember(user: member, group: name, at: clock())
                return ControlReply(message: "\(member) is in \(name)")
            }
        case .removeFromGroup(let name, let member):
            if let member {
                try await store.removeMember(user: member, group: name)
                return ControlReply(message: "\(member) is no longer in \(name)")
            }
            try await store.removeGroup(name)
            return ControlReply(message: "group \(name) is gone")
        case .grant(let role, let job, let team, let user, let group):
            let scope: GrantScope
            if let job { scope = .job(name: job) } else if let team { scope = .team(team) } else { return .refused("name a job or a team") }
            let id = try await store.grant(role, scope: scope, user: user, group: group, by: nil, at: clock())
            return ControlReply(message: "grant \(id): \(user ?? "group \(group ?? "")") is \(role.rawValue) on \(job ?? "team \(team ?? "")")", values: ["grant": id.text])
        case .removeGrant(let id):
            try await store.removeGrant(id)
            return ControlReply(message: "grant \(id) is gone")
        case .run, .cancel, .pause, .resume, .render, .publish, .withhold, .makeCurrent:
            return .refused("this command is not about people")
        }
    }

    private func forUser(_ name: String, _ body: (UserRecord) async throws -> ControlReply) async throws -> ControlReply {
        guard let user = try await store.user(named: name) else { return .refused("there is no user of that name; `almanac user list` lists them") }
        return try await body(user)
    }

    private func badName(_ what: String) -> String {
        "the name of \(what) begins with a small letter and has small letters, digits, points, dashes and underscores, at most 64"
    }
}
