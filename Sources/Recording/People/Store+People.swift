// Requests about users and groups.
package import Vocabulary

extension Store {
    /// Adds a user. Throws `conflict` when the name is taken. Groups that do not exist are made.
    package func addUser(
        name: String, email: String?, passwordHash: String?, administrator: Bool, auditor: Bool = false, groups: [String], at now: Instant
    ) async throws -> UserID {
        try await write { connection in
            guard try !connection.exists("SELECT 1 FROM user_account u WHERE u.name = ?", [name]) else {
                throw RecordingError(.conflict, subject: "user \(name)", detail: "there is a user of this name already")
            }
            let id = UserID(at: now)
            try connection.execute(
                """
                INSERT INTO user_account (id, name, email, password_hash, administrator, auditor, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [id, name, email, passwordHash, administrator, auditor, now])
            for group in groups {
                try connection.makeGroup(group, at: now)
                try connection.addMember(id, group: group, at: now)
            }
            try connection.bumpAccessEpoch()
            return id
        }
    }

    /// The user of this name, or nil.
    package func user(named name: String) async throws -> UserRecord? { try await read { try $0.user("u.name = ?", [name]) } }

    /// The user with this identifier, or nil.
    package func user(_ id: UserID) async throws -> UserRecord? { try await read { try $0.user("u.id = ?", [id]) } }

    /// Every user, by name.
    package func users() async throws -> [UserRecord] {
        try await read { connection in
            let members = try connection.all("SELECT m.user_id, m.group_name FROM group_member m ORDER BY m.user_id, m.group_name") { row in
                (user: try row.next(UserID.self), group: try row.next(String.self))
            }
            let groups = Dictionary(grouping: members, by: \.user).mapValues { $0.map(\.group) }
            return try connection.all("SELECT \(UserRecord.columns) FROM user_account u ORDER BY u.name") { row in
                try UserRecord(row: &row) { groups[$0] ?? [] }
            }
        }
    }

    /// Disables a user, ends their sessions and voids their links, or enables them again. Throws `notFound`.
    package func setDisabled(_ disabled: Bool, user: UserID, at now: Instant) async throws {
        try await write { connection in
            let since: Instant? = disabled ? now : nil
            try connection.require(try connection.execute("UPDATE user_account SET disabled_at = ? WHERE id = ?", [since, user]), user: user)
            if disabled { try connection.endSessionsAndLinks(user: user, keeping: nil) }
            try connection.bumpAccessEpoch()
        }
    }

    /// Sets the password, ends every session of the user but `keeping` and voids their links. Throws `notFound`.
    package func setPassword(hash: String, user: UserID, keepingSession keeping: Digest?, at now: Instant) async throws {
        try await write { connection in
            try connection.require(try connection.execute("UPDATE user_account SET password_hash = ? WHERE id = ?", [hash, user]), user: user)
            try connection.endSessionsAndLinks(user: user, keeping: keeping)
        }
    }

    /// Replaces a hash by one with stronger parameters; sessions stay. Throws `notFound`.
    package func raisePassword(hash: String, user: UserID) async throws {
        try await write { connection in
            try connection.require(try connection.execute("UPDATE user_account SET password_hash = ? WHERE id = ?", [hash, user]), user: user)
        }
    }

    /// Makes a group; does nothing when it is there. Throws `conflict` for `everyone` and `public`.
    package func addGroup(_ name: String, at now: Instant) async throws {
        try await write { connection in
            try connection.makeGroup(name, at: now)
            try connection.bumpAccessEpoch()
        }
    }

    /// Puts a user into a group, which is made when it is not there. Throws `notFound` for a user that is not there.
    package func addMember(user: String, group: String, at now: Instant) async throws {
        try await write { connection in
            let id = try connection.userID(named: user)
            try connection.makeGroup(group, at: now)
            try connection.addMember(id, group: group, at: now)
            try connection.bumpAccessEpoch()
        }
    }

    /// Takes a user out of a group. Throws `notFound` when the user is not there or not in it.
    package func removeMember(user: String, group: String) async throws {
        try await write { connection in
            let id = try connection.userID(named: user)
            guard try connection.execute("DELETE FROM group_member WHERE user_id = ? AND group_name = ?", [id, group]) == 1 else {
                throw RecordingError(.notFound, subject: "user \(user)", detail: "is not in group \(group)")
            }
            try connection.bumpAccessEpoch()
        }
    }

    /// Removes a group with its members and the grants to it; `access:` keys that name it stay, and reach nobody. Throws `notFound`.
    package func removeGroup(_ name: String) async throws {
        try await write { connection in
            try connection.execute("DELETE FROM group_member WHERE group_name = ?", [name])
            try connection.execute("DELETE FROM role_grant WHERE principal = ? AND from_definition = 0", [Principal.group(name)])
            guard try connection.execute("DELETE FROM user_group WHERE name = ?", [name]) == 1 else { throw RecordingError.noGroup(name) }
            try connection.bumpAccessEpoch()
        }
    }

    /// Every group with the names of its members, by name.
    package func groups() async throws -> [(name: String, members: [String])] {
        let sql = """
            SELECT g.name, u.name FROM user_group g LEFT JOIN group_member m ON m.group_name = g.name LEFT JOIN user_account u ON u.id = m.user_id
            ORDER BY g.name, u.name
            """
        return try await read { connection in
            var groups: [(name: String, members: [String])] = []
            for (group, member) in try connection.all(sql, [], { (try $0.next(String.self), try $0.next(String?.self)) }) {
                if groups.last?.name != group { groups.append((group, [])) }
                if let member { groups[groups.count - 1].members.append(member) }
            }
            return groups
        }
    }
}
