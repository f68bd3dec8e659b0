// How users and their groups are read from rows.
import Vocabulary

extension UserRecord {
    static let columns = "u.id, u.name, u.email, u.password_hash, u.administrator, u.auditor, u.disabled_at, u.created_at"

    init(row: inout Row, groups: (UserID) throws -> [String]) throws {
        let (id, name, email, hash): (UserID, String, String?, String?) = (try row.next(), try row.next(), try row.next(), try row.next())
        let (administrator, auditor, disabledAt): (Bool, Bool, Instant?) = (try row.next(), try row.next(), try row.next())
        self.init(
            id: id, name: name, email: email, passwordHash: hash, administrator: administrator, auditor: auditor, disabledAt: disabledAt,
            groups: try groups(id), createdAt: try row.next())
    }
}

extension Connection {
    /// The first user that the condition on `u` selects, with their groups.
    func user(_ condition: String, _ arguments: [any Storable]) throws -> UserRecord? {
        try first("SELECT \(UserRecord.columns) FROM user_account u WHERE \(condition)", arguments) { row in
            try UserRecord(row: &row) { id in
                try all("SELECT m.group_name FROM group_member m WHERE m.user_id = ? ORDER BY m.group_name", [id]) { try $0.next() }
            }
        }
    }

    /// The identifier of the user of this name. Throws `notFound`.
    func userID(named name: String) throws -> UserID {
        guard let id: UserID = try value("SELECT u.id FROM user_account u WHERE u.name = ?", [name]) else { throw RecordingError.noUser(name) }
        return id
    }

    /// Throws `notFound` unless a write changed a user's row.
    func require(_ changed: Int, user: UserID) throws {
        guard changed == 1 else { throw RecordingError(.notFound, subject: "user \(user.short)", detail: "there is no such user") }
    }

    /// Makes a group unless it is there.
    func makeGroup(_ name: String, at now: Instant) throws {
        guard name != "everyone", name != "public" else {
            throw RecordingError(.conflict, subject: "group \(name)", detail: "the word has a meaning of its own in access keys; choose another name")
        }
        try execute("INSERT INTO user_group (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", [name, now])
    }

    func addMember(_ user: UserID, group: String, at now: Instant) throws {
        try execute(
            "INSERT INTO group_member (user_id, group_name, created_at) VALUES (?, ?, ?) ON CONFLICT (user_id, group_name) DO NOTHING",
            [user, group, now])
    }

    /// Ends every session of a user but one, and lets no link lead in any more.
    func endSessionsAndLinks(user: UserID, keeping: Digest?) throws {
        if let keeping {
            try execute("DELETE FROM session WHERE user_id = ? AND digest <> ?", [user, keeping])
        } else {
            try execute("DELETE FROM session WHERE user_id = ?", [user])
        }
        try execute("DELETE FROM sign_in_link WHERE user_id = ?", [user])
    }
}

extension RecordingError {
    static func noUser(_ name: String) -> RecordingError { RecordingError(.notFound, subject: "user \(name)", detail: "there is no such user") }
    static func noGroup(_ name: String) -> RecordingError { RecordingError(.notFound, subject: "group \(name)", detail: "there is no such group") }
}
