// Signing in and out: the journey, sessions and their cookies, one-time links, passwords.
import Credentials
import HTTPTypes
import Recording
import Testing
import Vocabulary

@testable import Serving

@Suite(.serialized)
struct SignInTests {
    @Test func `A reader signs in with a password, reads, signs out, and the session is over`() async throws {
        try await TestSite.with { test async throws in
            try await test.setPassword(of: "viewer")
            var browser = Browser(site: test.site)
            let page = try await browser.open("/login?next=/reports/forecast")
            #expect(page.status == 200)
            #expect(page.text.contains("value=\"\(browser.formToken)\""))
            let answer = try await browser.post("/login", ["username": " Viewer ", "password": TestSite.password, "next": "/reports/forecast"])
            #expect(answer.status == 303)
            #expect(answer.location == "/reports/forecast")
            let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("almanac=") })
            #expect(cookie.hasSuffix("; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax"))
            browser.keep(answer)
            #expect(browser.cookies["almanac-form"] == nil)
            #expect(try await browser.get("/reports/forecast").text.contains("The forecast"))
            let before = browser
            #expect(try await browser.post("/logout").location == "/login")
            #expect(try await before.get("/reports/forecast").isToSignIn)
        }
    }

    @Test func `Behind TLS the cookies are tied to the host`() async throws {
        try await TestSite.with(baseURL: "https://reports.example.com") { test async throws in
            let browser = Browser(site: test.site)
            let answer = try await browser.send(.get, "/login", host: "reports.example.com")
            let cookie = try #require(answer.headers[values: .setCookie].first)
            #expect(cookie.hasPrefix("__Host-almanac-form="))
            #expect(cookie.hasSuffix("; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure"))
            #expect(answer.headers[.strictTransportSecurity] != nil)
        }
    }

    @Test func `A wrong password and an unknown user get the same answer`() async throws {
        try await TestSite.with { test async throws in
            try await test.setPassword(of: "viewer")
            var browser = Browser(site: test.site)
            _ = try await browser.open()
            let wrong = try await browser.post("/login", ["username": "viewer", "password": "wrong"])
            let unknown = try await browser.post("/login", ["username": "nobody", "password": "wrong"])
            let disabled = try await browser.post("/login", ["username": "stranger", "password": "wrong"])
            #expect([wrong.status, unknown.status, disabled.status] == [403, 403, 403])
            #expect(wrong.text.replacing("viewer", with: "X") == unknown.text.replacing("nobody", with: "X"))
            #expect(wrong.headers[values: .setCookie].isEmpty)
        }
    }

    @Test func `A disabled user does not get in with the right password`() async throws {
        try await TestSite.with { test async throws in
            try await test.setPassword(of: "viewer")
            try await test.store.setDisabled(true, user: try await test.userID("viewer"), at: test.clock.now)
            var browser = Browser(site: test.site)
            _ = try await browser.open()
            #expect(try await browser.post("/login", ["username": "viewer", "password": TestSite.password]).status == 403)
        }
    }

    @Test func `Signing in again makes a new session and ends the old one`() async throws {
        try await TestSite.with { test async throws in
            try await test.setPassword(of: "viewer")
            var browser = try await test.browser(as: "viewer")
            let old = browser
            let answer = try await browser.post("/login", ["username": "viewer", "password": TestSite.password])
            browser.keep(answer)
            #expect(browser.cookies["almanac"] != old.cookies["almanac"])
            #expect(try await old.get("/account").isToSignIn)
            #expect(try await browser.get("/account").status == 200)
        }
    }

    @Test func `A session ends when it is not used, and after its longest time however much it is used`() async throws {
        try await TestSite.with { test async throws in
            let secret = Secret.session()
            let visit = try await test.browser(as: "viewer")
            var browser = visit
            let start = test.clock.now
            try await test.store.startSession(
                digest: secret.digest, user: try await test.userID("viewer"), idleUntil: start.adding(seconds: 12 * 3600),
                endsAt: start.adding(seconds: 7 * 86_400), at: start)
            browser.cookies["almanac"] = secret.text
            for _ in 0..<16 {
                test.clock.advance(seconds: 11 * 3600)
                if test.clock.now - start < 7 * 86_400_000 { #expect(try await browser.get("/account").status == 200) }
            }
            #expect(try await browser.get("/account").isToSignIn)
        }
    }

    @Test func `A password change ends the other sessions and needs the present one`() async throws {
        try await TestSite.with { test async throws in
            try await test.setPassword(of: "viewer")
            let here = try await test.browser(as: "viewer")
            let there = try await test.browser(as: "viewer")
            #expect(try await here.post("/account/password", ["current": "wrong", "password": "nine quiet rivers"]).status == 403)
            #expect(try await here.post("/account/password", ["current": TestSite.password, "password": "short"]).status == 400)
            #expect(try await here.post("/account/password", ["current": TestSite.password, "password": "nine quiet rivers", "again": "x"]).status == 400)
            #expect(try await there.get("/account").status == 200)
            let answer = try await here.post("/account/password", ["current": TestSite.password, "password": "nine quiet rivers", "again": "nine quiet rivers"])
            #expect(answer.status == 303)
            #expect(try await here.get("/account").status == 200)
            #expect(try await there.get("/account").isToSignIn)
        }
    }

    @Test func `A token is shown once, works, and works no more when it is revoked`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "viewer")
            let made = try await browser.post("/account/tokens", ["name": "laptop", "scope": "read", "days": "30"])
            let pieces = made.text.split(separator: "alm_").dropFirst().map { "alm_" + $0.prefix(49) }
            let text = try #require(pieces.first { Secret.isToken($0) })
            #expect(Secret.isToken(text))
            #expect(made.headers[.cacheControl] == "no-store")
            #expect(try await !browser.get("/account").text.contains(text))
            var program = Browser(site: test.site)
            program.token = text
            #expect(try await program.get("/api/v1/jobs").status == 200)
            let id = try #require(try await test.store.tokens(user: try await test.userID("viewer")).first?.id)
            let other = try await test.browser(as: "analyst")
            #expect(try await other.post("/account/tokens/\(id)/revoke").status == 404)
            #expect(try await program.get("/api/v1/jobs").status == 200)
            #expect(try await browser.post("/account/tokens/\(id)/revoke").status == 303)
            #expect(try await program.get("/api/v1/jobs").status == 401)
            for fields in [["name": ""], ["name": "x", "days": "366"], ["name": "x", "days": "-1"], ["name": "x", "scope": "root"]] {
                #expect(try await browser.post("/account/tokens", fields).status == 400)
            }
        }
    }
}

struct LinkTests {
    private func link(_ test: TestSite, _ name: String) async throws -> String {
        let secret = Secret.link()
        try await test.store.addLink(
            digest: secret.digest, user: try await test.userID(name), expiresAt: test.clock.now.adding(seconds: 3600), at: test.clock.now)
        return secret.text
    }

    @Test func `A link signs in once, and looking at it does not use it up`() async throws {
        try await TestSite.with { test async throws in
            let secret = try await link(test, "viewer")
            var browser = Browser(site: test.site)
            for _ in 0..<3 { #expect(try await browser.open("/link/\(secret)").text.contains("viewer")) }
            let answer = try await browser.post("/link/\(secret)")
            #expect(answer.status == 303)
            browser.keep(answer)
            #expect(try await browser.get("/account").status == 200)
            var other = Browser(site: test.site)
            #expect(try await other.open("/link/\(secret)").status == 404)
            #expect(try await other.post("/link/\(secret)").status == 404)
        }
    }

    @Test func `A used link says so in plain words and shows a way on`() async throws {
        try await TestSite.with { test async throws in
            let secret = try await link(test, "viewer")
            var browser = Browser(site: test.site)
            _ = try await browser.open("/link/\(secret)")
            let signedIn = try await browser.post("/link/\(secret)")
            #expect(signedIn.location == "/")
            let used = try await browser.get("/link/\(secret)")
            #expect(used.status == 404 && used.text.contains("This link does not work any more"))
            #expect(used.text.contains("Ask whoever looks after Test for a new one") && used.text.contains("<a href=\"/login\">"))
            #expect(!used.text.contains("viewer"))
        }
    }

    @Test func `A link leads to the page of this site that it names, and nowhere else`() async throws {
        try await TestSite.with { test async throws in
            for (next, location) in [("/reports/forecast", "/reports/forecast"), ("//evil.example", "/"), ("https://evil.example", "/")] {
                let secret = try await link(test, "viewer")
                var browser = Browser(site: test.site)
                let page = try await browser.open("/link/\(secret)?next=" + PercentCoding.encode(next))
                #expect(page.text.contains("name=\"next\" value=\"\(next)\"") == (next == location))
                #expect(try await browser.post("/link/\(secret)", ["next": next]).location == location)
            }
        }
    }

    @Test func `Of many presses at the same time one signs in`() async throws {
        try await TestSite.with { test async throws in
            let secret = try await link(test, "viewer")
            var browser = Browser(site: test.site)
            _ = try await browser.open("/link/\(secret)")
            let ready = browser
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<12 { group.addTask { try await ready.post("/link/\(secret)").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 303 }.count == 1)
            #expect(statuses.filter { $0 == 404 }.count == 11)
        }
    }

    @Test func `An old link, a made-up one and one of a disabled user are one page`() async throws {
        try await TestSite.with { test async throws in
            let disabled = try await link(test, "analyst")
            try await test.store.setDisabled(true, user: try await test.userID("analyst"), at: test.clock.now)
            let old = try await link(test, "viewer")
            test.clock.advance(seconds: 3601)
            let browser = Browser(site: test.site)
            var bodies: Set<String> = []
            for secret in [disabled, old, String(repeating: "b", count: 43), "x", "..%2f..%2fetc"] {
                let answer = try await browser.get("/link/\(secret)")
                #expect(answer.status == 404)
                bodies.insert(answer.text.replacing(secret, with: "SECRET").replacing(PercentCoding.encode("/link/" + secret, keeping: "/%"), with: "A"))
            }
            #expect(bodies.count == 1 || bodies.allSatisfy { $0.contains("does not work") })
        }
    }

    @Test func `A link is refused without the form token of the browser that opened it`() async throws {
        try await TestSite.with { test async throws in
            let secret = try await link(test, "viewer")
            var browser = Browser(site: test.site)
            _ = try await browser.open("/link/\(secret)")
            #expect(try await browser.post("/link/\(secret)", ["form_token": "x"]).status == 403)
            var stolen = Browser(site: test.site)
            stolen.cookies["almanac-form"] = Secret.session().text
            #expect(try await stolen.post("/link/\(secret)", ["form_token": browser.formToken]).status == 403)
            #expect(try await browser.post("/link/\(secret)").status == 303)
        }
    }
}
