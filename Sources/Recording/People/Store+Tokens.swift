// Requests about API tokens; only their digests come here.
package import Vocabulary

extension Store {
    /// Records a token. Throws `notFound` for a user that is not there.
    package func addToken(digest: Digest, prefix: String, user: UserID, name: String, scope: TokenScope, expiresAt: Instant, at now: Instant)
        async throws -> TokenID
    {
        try await write { connection in
            let id = TokenID(at: now)
            try connection.execute(
                """
                INSERT INTO api_token (id, digest, prefix, user_id, name, scope, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [id, digest, prefix, user, name, scope, now, expiresAt])
            return id
        }
    }

    /// The user and scope of a token that is neither expired nor revoked and whose user is not disabled; writes the last use at most once a minute.
    package func token(digest: Digest, at now: Instant) async throws -> (user: UserRecord, scope: TokenScope)? {
        let found = try await read { connection in
            let sql = """
                SELECT t.id, t.user_id, t.scope, t.last_used_at FROM api_token t WHERE t.digest = ? AND t.expires_at > ? AND t.revoked_at IS NULL
                """
            let token = try connection.first(sql, [digest, now]) { row in
                (id: try row.next(TokenID.self), user: try row.next(UserID.self), scope: try row.next(TokenScope.self), last: try row.next(Instant?.self))
            }
            guard let token, let user = try connection.user("u.id = ? AND u.disabled_at IS NULL", [token.user]) else {
                return nil as (id: TokenID, user: UserRecord, scope: TokenScope, isDue: Bool)?
            }
            return (token.id, user, token.scope, token.last.map { now - $0 >= 60_000 } ?? true)
        }
        guard let found else { return nil }
        if found.isDue, database.isWritable {
            try await write { _ = try $0.execute("UPDATE api_token SET last_used_at = ? WHERE id = ?", [now, found.id]) }
        }
        return (found.user, found.scope)
    }

    /// The tokens of a user, or all of them, newest first; expired and revoked ones included.
    package func tokens(user: UserID?) async throws -> [TokenRecord] {
        let sql = """
            SELECT t.id, u.name, t.name, t.prefix, t.scope, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
            FROM api_token t JOIN user_account u ON u.id = t.user_id\(user == nil ? "" : " WHERE t.user_id = ?") ORDER BY t.id DESC
            """
        return try await read { connection in
            try connection.all(sql, user.map { [$0] } ?? []) { row in
                TokenRecord(
                    id: try row.next(), userName: try row.next(), name: try row.next(), prefix: try row.next(), scope: try row.next(),
                    createdAt: try row.next(), expiresAt: try row.next(), lastUsedAt: try row.next(), revokedAt: try row.next())
            }
        }
    }

    /// Revokes a token; the first time counts. Throws `notFound`.
    package func revokeToken(_ id: TokenID, at now: Instant) async throws {
        try await write { connection in
            guard try connection.execute("UPDATE api_token SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?", [now, id]) == 1 else {
                throw RecordingError(.notFound, subject: "token \(id.short)", detail: "there is no such token")
            }
        }
    }
}
