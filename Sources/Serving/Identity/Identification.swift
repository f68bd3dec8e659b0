// Who asks: a token in the header, else a session in the cookie, else nobody.
import Credentials
import FoundationEssentials
import HTTPTypes
import Recording
import Vocabulary

extension Site {
    /// The actor of a request and the proof of it. A token that is not good is an error, never somebody without one.
    func identify(_ headers: HTTPFields, now: Instant) async throws -> (Actor, Visit.Credential) {
        if let header = headers[.authorization] {
            guard let token = Site.token(in: header), Secret.isToken(token),
                let found = try await store.token(digest: Secret.digest(of: token), at: now), found.user.disabledAt == nil
            else { throw ServingError(.tokenRefused, detail: "The token is unknown, has expired or was revoked.") }
            return (found.user.actor(scope: found.scope), .token)
        }
        guard let secret = Cookies.secret(sessionCookie, in: headers) else { return (.anonymous, .none) }
        let idleUntil = now.adding(milliseconds: configuration.sessions.idle.milliseconds)
        guard let user = try await store.session(digest: Secret.digest(of: secret), idleUntil: idleUntil, at: now) else { return (.anonymous, .none) }
        return (user.actor(), .session(secret))
    }

    /// The token in `Bearer <token>`, or in `Basic` as the password, or nil.
    static func token(in header: String) -> String? {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[1].utf8.count <= 1024 else { return nil }
        switch parts[0].lowercased() {
        case "bearer": return String(parts[1])
        case "basic":
            guard let data = Data(base64Encoded: String(parts[1])), let text = String(validating: data, as: UTF8.self),
                let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
            else { return nil }
            return String(text[text.utf8.index(after: colon)...])
        default: return nil
        }
    }

    /// Starts a session and ends the one the browser came with: a new secret at each sign-in. Returns the `Set-Cookie` lines.
    func startSession(for user: UserID, replacing visit: Visit) async throws -> [String] {
        if case .session(let old) = visit.credential { try await store.endSession(digest: Secret.digest(of: old)) }
        let secret = Secret.session()
        let limits = configuration.sessions
        try await store.startSession(
            digest: secret.digest, user: user, idleUntil: visit.now.adding(milliseconds: limits.idle.milliseconds),
            endsAt: visit.now.adding(milliseconds: limits.absolute.milliseconds), at: visit.now)
        return [
            Cookies.set(sessionCookie, secret.text, seconds: limits.absolute.milliseconds / 1000, secure: origin.isSecure),
            Cookies.set(formCookie, "", seconds: 0, secure: origin.isSecure),
        ]
    }
}
