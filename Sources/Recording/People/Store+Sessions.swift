// Requests about sessions, one-time links and API tokens; only digests of secrets come here.
package import Vocabulary

extension Store {
    /// Starts a session for a user; idle and absolute limits are the caller's.
    package func startSession(digest: Digest, user: UserID, idleUntil: Instant, endsAt: Instant, at now: Instant) async throws { fatalError() }
    /// The user of a session that has not expired and whose user is not disabled; moves the idle limit at most once a minute.
    package func session(digest: Digest, idleUntil: Instant, at now: Instant) async throws -> UserRecord? { fatalError() }
    package func endSession(digest: Digest) async throws { fatalError() }
    package func endSessions(user: UserID) async throws { fatalError() }

    /// Makes a one-time sign-in link for a user.
    package func addLink(digest: Digest, user: UserID, expiresAt: Instant, at now: Instant) async throws { fatalError() }
    /// Uses a link up: the user when it was there, unused, not expired and the user not disabled; nil else. Once, also with two requests at the same time.
    package func redeemLink(digest: Digest, at now: Instant) async throws -> UserRecord? { fatalError() }
    /// Whether a link could be redeemed, without using it up (the page that asks for the click).
    package func linkUser(digest: Digest, at now: Instant) async throws -> UserRecord? { fatalError() }

    package func addToken(digest: Digest, prefix: String, user: UserID, name: String, scope: TokenScope, expiresAt: Instant, at now: Instant)
        async throws -> TokenID { fatalError() }
    /// The user and scope of a token that is neither expired nor revoked; writes the last use at most once a minute.
    package func token(digest: Digest, at now: Instant) async throws -> (user: UserRecord, scope: TokenScope)? { fatalError() }
    package func tokens(user: UserID?) async throws -> [TokenRecord] { fatalError() }
    package func revokeToken(_ id: TokenID, at now: Instant) async throws { fatalError() }
    /// Removes sessions and links that are over.
    package func removeExpired(at now: Instant) async throws { fatalError() }
}
