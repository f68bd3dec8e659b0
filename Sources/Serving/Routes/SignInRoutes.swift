// Signing in with a password, and signing out.
import Credentials
import HTTPTypes
import Hummingbird
import Recording
import Rendering
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /login | public |
/// | POST | /login | public |
/// | POST | /logout | public (signed out already, it does nothing) |
enum SignInRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountPublic(.get, "/login") { visit in
            let next = SafeAddress.next(visit.query["next"])
            if case .user = visit.actor { return Answers.redirect(next) }
            return visit.page(LoginPage(next: next))
        }
        table.mountPublic(.post, "/login", signIn)
        table.mountPublic(.post, "/logout") { visit in
            if case .session(let secret) = visit.credential { try await visit.site.store.endSession(digest: Secret.digest(of: secret)) }
            return Answers.redirect("/login", cookies: [Cookies.set(visit.site.sessionCookie, "", seconds: 0, secure: visit.site.origin.isSecure)])
        }
    }

    private static func signIn(_ visit: Visit) async throws -> Response {
        let site = visit.site
        let next = SafeAddress.next(visit.form["next"])
        let name = (visit.form.text("username") ?? "").lowercased()
        let password = visit.form["password"] ?? ""
        let account = Names.isPrincipal(name) ? name : "not a name"
        if let seconds = await site.throttle.attempt(account: account, address: visit.address, at: visit.now) {
            return refused(visit, next, account, "There were too many tries. Wait \(seconds == 1 ? "a second" : "\(seconds) seconds") and try again.", seconds)
        }
        let user: UserRecord?
        do {
            user = try await check(account, password, site)
        } catch let error as CredentialsError where error.code == .busy {
            await site.throttle.giveBack(account: account, address: visit.address, at: visit.now)
            return refused(visit, next, account, "Too many people are signing in at this moment. Try again in a few seconds.", 5)
        }
        guard let user else {
            return visit.page(
                LoginPage(next: next, userName: Names.isPrincipal(name) ? name : nil, problem: "The user name or the password is not right."),
                status: .forbidden)
        }
        await site.throttle.succeed(account: account, address: visit.address)
        return Answers.redirect(next, cookies: try await site.startSession(for: user.id, replacing: visit))
    }

    private static func refused(_ visit: Visit, _ next: String, _ account: String, _ problem: String, _ seconds: Int) -> Response {
        var response = visit.page(LoginPage(next: next, problem: problem), status: .tooManyRequests)
        response.headers[.retryAfter] = String(seconds)
        return response
    }

    /// The user whose password this is, or nil; takes as long for a user who is not there, is disabled or has no password.
    static func check(_ name: String, _ password: String, _ site: Site) async throws -> UserRecord? {
        guard let user = try await site.store.user(named: name), let hash = user.passwordHash else {
            try await Passwords.verifyAgainstNobody(password)
            return nil
        }
        guard try await Passwords.verify(password, against: hash), user.disabledAt == nil else { return nil }
        if Passwords.needsRaise(hash) { try await site.store.raisePassword(hash: Passwords.hash(password), user: user.id) }
        return user
    }
}
