// Requests about sessions and one-time links; only digests of secrets come here.
package import Vocabulary

extension Store {
    /// Starts a session for a user; idle and absolute limits are the caller's.
    package func startSession(digest: Digest, user: UserID, idleUntil: Instant, endsAt: Instant, at now: Instant) async throws {
        try await write { connection in
            _ = try connection.execute(
                "INSERT INTO session (digest, user_id, idle_until, ends_at, created_at) VALUES (?, ?, ?, ?, ?)",
                [digest, user, min(idleUntil, endsAt), endsAt, now])
        }
    }

    /// The user of a session that has not expired and whose user is not disabled; moves the idle limit at most once a minute.
    package func session(digest: Digest, idleUntil: Instant, at now: Instant) async throws -> UserRecord? {
        let found = try await read { connection in
            let sql = "SELECT s.user_id, s.idle_until, s.ends_at FROM session s WHERE s.digest = ? AND s.idle_until > ? AND s.ends_at > ?"
            let session = try connection.first(sql, [digest, now, now]) { row in
                (user: try row.next(UserID.self), idleUntil: try row.next(Instant.self), endsAt: try row.next(Instant.self))
            }
            guard let session, let user = try connection.user("u.id = ? AND u.disabled_at IS NULL", [session.user]) else {
                return nil as (user: UserRecord, isDue: Bool)?
            }
            return (user, min(idleUntil, session.endsAt) - session.idleUntil >= 60_000)
        }
        guard let found else { return nil }
        if found.isDue, database.isWritable {
            try await write { connection in
                _ = try connection.execute(
                    """
                    UPDATE session SET idle_until = CASE WHEN ends_at < ? THEN ends_at ELSE ? END WHERE digest = ?
                    """,
                    [idleUntil, idleUntil, digest])
            }
        }
        return found.user
    }

    /// Ends one session; nothing happens when it is over already.
    package func endSession(digest: Digest) async throws {
        try await write { _ = try $0.execute("DELETE FROM session WHERE digest = ?", [digest]) }
    }

    /// Ends every session of a user.
    package func endSessions(user: UserID) async throws {
        try await write { _ = try $0.execute("DELETE FROM session WHERE user_id = ?", [user]) }
    }

    /// How many sessions of a user have not expired.
    package func sessionCount(user: UserID, at now: Instant) async throws -> Int {
        let sql = "SELECT count(*) FROM session s WHERE s.user_id = ? AND s.idle_until > ?"
        return try await read { try $0.value(sql, [user, now]) ?? 0 }
    }

    /// Makes a one-time sign-in link for a user.
    package func addLink(digest: Digest, user: UserID, expiresAt: Instant, at now: Instant) async throws {
        try await write { connection in
            _ = try connection.execute(
                "INSERT INTO sign_in_link (digest, user_id, expires_at, created_at) VALUES (?, ?, ?, ?)", [digest, user, expiresAt, now])
        }
    }

    /// Uses a link up: the user when it was there, unused, not expired and the user not disabled; nil else. Once, also with two requests at the same time.
    package func redeemLink(digest: Digest, at now: Instant) async throws -> UserRecord? {
        guard try await linkUser(digest: digest, at: now) != nil else { return nil }
        return try await write { connection in
            guard let user = try connection.linkUser(digest, at: now) else { return nil }
            let used = try connection.execute("UPDATE sign_in_link SET used_at = ? WHERE digest = ? AND used_at IS NULL", [now, digest])
            return used == 1 ? user : nil
        }
    }

    /// Whether a link could be redeemed, without using it up (the page that asks for the click).
    package func linkUser(digest: Digest, at now: Instant) async throws -> UserRecord? {
        try await read { try $0.linkUser(digest, at: now) }
    }

    /// Removes sessions and links that are over.
    package func removeExpired(at now: Instant) async throws {
        try await write { connection in
            // A session's idle limit never lies behind its absolute one.
            try connection.execute("DELETE FROM session WHERE idle_until <= ?", [now])
            try connection.execute("DELETE FROM sign_in_link WHERE expires_at <= ?", [now])
        }
    }
}

extension Connection {
    fileprivate func linkUser(_ digest: Digest, at now: Instant) throws -> UserRecord? {
        let sql = "SELECT k.user_id FROM sign_in_link k WHERE k.digest = ? AND k.used_at IS NULL AND k.expires_at > ?"
        guard let user: UserID = try value(sql, [digest, now]) else { return nil }
        return try self.user("u.id = ? AND u.disabled_at IS NULL", [user])
    }
}
