// A person's own account: password and API tokens. Only a session changes it, never a token.
import Credentials
import HTTPTypes
import Hummingbird
import Recording
import Rendering
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /account | signedIn |
/// | POST | /account/password | signedIn, by session |
/// | POST | /account/tokens | signedIn, by session |
/// | POST | /account/tokens/{token}/revoke | signedIn, by session |
enum AccountRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountSignedIn(.get, "/account") { visit, user in try await page(visit, user, notice: notices[visit.query["done"] ?? ""]) }
        table.mountSignedIn(.post, "/account/password", changePassword)
        table.mountSignedIn(.post, "/account/tokens", makeToken)
        table.mountSignedIn(.post, "/account/tokens/{token}/revoke") { visit, user in
            _ = try session(visit)
            let own = try await visit.site.store.tokens(user: user.id)
            guard let token = own.first(where: { $0.id.text == visit.capture("token") }) else { throw ServingError.notFound }
            try await visit.site.store.revokeToken(token.id, at: visit.now)
            return Answers.redirect("/account?done=revoked")
        }
    }

    private static let notices = ["revoked": "The token was revoked.", "password": "Your password was changed. Your other sessions have ended."]

    private static func page(
        _ visit: Visit, _ user: Actor.SignedIn, newToken: String? = nil, notice: String? = nil, problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let record = try await visit.site.store.user(user.id) else { throw ServingError.notFound }
        let page = try await AccountPage.load(
            from: visit.site.store, user: record, newToken: newToken, notice: notice, problem: problem, clock: visit.clock)
        var response = visit.page(page, status: status)
        if newToken != nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    /// The session's secret; a token may not change the account it belongs to.
    private static func session(_ visit: Visit) throws -> String {
        guard case .session(let secret) = visit.credential else {
            throw ServingError(.forbidden, subject: "account", detail: "A token cannot change the account. Sign in with a browser.")
        }
        return secret
    }

    private static func changePassword(_ visit: Visit, _ user: Actor.SignedIn) async throws -> Response {
        let secret = try session(visit)
        let site = visit.site
        guard let record = try await site.store.user(user.id) else { throw ServingError.notFound }
        if let hash = record.passwordHash {
            if let seconds = await site.throttle.attempt(account: record.name, address: visit.address, at: visit.now) {
                throw ServingError(.tooMany, subject: "password", detail: "There were too many tries. Wait \(seconds) seconds.", retryAfter: seconds)
            }
            let isRight: Bool
            do {
                isRight = try await Passwords.verify(visit.form["current"] ?? "", against: hash)
            } catch let error as CredentialsError where error.code == .busy {
                await site.throttle.giveBack(account: record.name, address: visit.address, at: visit.now)
                throw error
            }
            guard isRight else {
                return try await page(visit, user, problem: "The current password is not right, so nothing was changed.", status: .forbidden)
            }
            await site.throttle.succeed(account: record.name, address: visit.address)
        }
        let password = visit.form["password"] ?? ""
        if let again = visit.form["again"], again != password {
            return try await page(visit, user, problem: "The two new passwords differ, so nothing was changed.", status: .badRequest)
        }
        if let complaint = Passwords.complaint(about: password, userName: record.name) {
            return try await page(visit, user, problem: complaint, status: .badRequest)
        }
        let hash = try await Passwords.hash(password)
        try await site.store.setPassword(hash: hash, user: record.id, keepingSession: Secret.digest(of: secret), at: visit.now)
        return Answers.redirect("/account?done=password")
    }

    private static func makeToken(_ visit: Visit, _ user: Actor.SignedIn) async throws -> Response {
        _ = try session(visit)
        let name = visit.form.text("name") ?? ""
        let days = visit.form.text("days").map { Int64($0) ?? 0 } ?? 90
        guard (1...100).contains(name.count), !name.unicodeScalars.contains(where: { $0.value < 32 }),
            let scope = TokenScope(rawValue: visit.form["scope"] ?? "read"), (1...365).contains(days)
        else {
            return try await page(
                visit, user, problem: "A token needs a name of at most 100 characters, a scope, and a life of 1 to 365 days.", status: .badRequest)
        }
        let token = Secret.token()
        _ = try await visit.site.store.addToken(
            digest: token.digest, prefix: token.prefix, user: user.id, name: name, scope: scope, expiresAt: visit.now.adding(seconds: days * 86_400),
            at: visit.now)
        return try await page(visit, user, newToken: token.text)
    }
}
