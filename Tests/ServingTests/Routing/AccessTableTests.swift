// Every route for everybody: who gets an answer, who is sent to sign in, who is told that there is nothing.
import HTTPTypes
import Recording
import Rendering
import Testing
import Vocabulary

@testable import Serving

struct AccessTableTests {
    private enum Outcome: String { case answered, signIn, unauthorized, notFound, forbidden }
    private enum Who: String, CaseIterable { case anonymous, stranger, viewer, analyst, owner, root, readToken, runToken }

    /// What the table of security.md says, written down a second time.
    private func expected(_ route: MountedRoute, _ who: Who) -> Outcome {
        let path = route.path
        if path.hasPrefix("/api/"), who == .anonymous { return .unauthorized }
        if path == "/link/{secret}" { return .notFound }
        switch route.action {
        case .public: return who == .anonymous && (path == "/" || path == "/search") ? .signIn : .answered
        case .signedIn:
            if who == .anonymous { return .signIn }
            let isToken = who == .readToken || who == .runToken
            if isToken, route.method == .post { return .forbidden }
            // The job stands in the query: seen by its own rule.
            if path == "/api/v1/editions", who == .stranger { return .notFound }
            return path == "/account/tokens/{token}/revoke" ? .notFound : .answered
        case .job(let action):
            if who == .anonymous { return .signIn }
            if who == .stranger { return .notFound }
            return may(who).contains(action) ? .answered : .forbidden
        case .runPage:
            if who == .anonymous { return .signIn }
            guard may(who).contains(.run) else { return .notFound }
            if path == "/runs/{run}/files/{file}" { return may(who).contains(.administer) ? .answered : .notFound }
            return path == "/runs/{run}/publish" && !may(who).contains(.publish) ? .forbidden : .answered
        case .administrator, .metrics: return who == .anonymous ? .signIn : who == .root ? .answered : .notFound
        }
    }

    private func may(_ who: Who) -> Set<Action> {
        switch who {
        case .anonymous, .stranger: []
        case .viewer, .readToken: [.view, .download]
        case .analyst, .runToken: [.view, .download, .run]
        case .owner, .root: Set(Action.allCases)
        }
    }

    private func outcome(_ answer: Answer) -> Outcome {
        if answer.isToSignIn { return .signIn }
        switch answer.status {
        case 401: return .unauthorized
        case 403: return .forbidden
        case 404: return .notFound
        default: return .answered
        }
    }

    @Test func `Every route gives everybody what the table says`() async throws {
        try await TestSite.with { test async throws in
            for who in Who.allCases { try await check(who, test) }
        }
    }

    private func check(_ who: Who, _ test: TestSite) async throws {
        let style = try #require(test.site.assets.address("site.css"))
        for route in SiteRoutes.table.routes where route.path != "/logout" {
            // POST /login is public, and a wrong password is refused with 403 like everything else.
            if route.method == .post, route.path == "/login" { continue }
            var path = route.path
            for (capture, value) in [
                ("{job}", "forecast"), ("{number}", "1"), ("{file}", "forecast.csv"), ("{run}", test.run.text), ("{secret}", String(repeating: "a", count: 43)),
                ("{token}", test.run.text), ("/assets/{name}", style),
            ] { path = path.replacing(capture, with: value) }
            if path == "/api/v1/editions" { path += "?job=forecast" }
            var browser = Browser(site: test.site)
            switch who {
            case .anonymous: _ = try await browser.open()
            case .readToken: browser.token = try await test.token(of: "owner", .read)
            case .runToken: browser.token = try await test.token(of: "owner", .run)
            default: browser = try await test.browser(as: who.rawValue)
            }
            let answer = route.method == .get ? try await browser.get(path) : try await browser.post(path)
            // The form of a token's request needs no form token, so nothing else may refuse it.
            #expect(outcome(answer) == expected(route, who), "\(who): \(route) → \(answer.status) \(answer.location ?? "")")
            #expect(answer.status != 500, "\(who): \(route)")
        }
    }

    @Test func `A job of another team is not there, in the same bytes as one that never was`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "viewer")
            let addresses = ["/reports/secret", "/reports/madeup", "/reports/secret/editions", "/reports/madeup/editions", "/nonsense", "/runs/\(test.run)", "/reports/forecast/performance"]
            var bodies: Set<String> = []
            for address in addresses {
                let answer = try await browser.get(address)
                #expect(answer.status == 404)
                bodies.insert(answer.text.replacing(address, with: "ADDRESS"))
                #expect(answer.headers[.eTag] == nil)
            }
            #expect(bodies.count == 1)
        }
    }

    @Test func `Signed out, every page address leads to the sign-in page, whether it exists or not`() async throws {
        try await TestSite.with { test async throws in
            let browser = Browser(site: test.site)
            for address in ["/reports/forecast", "/reports/madeup", "/runs", "/nonsense", "/reports/forecast/editions/1/files/forecast.csv", "/account?x=1"] {
                let answer = try await browser.get(address)
                #expect(answer.status == 303)
                #expect(answer.location == "/login?next=" + PercentCoding.encode(address, keeping: "/"))
                #expect(answer.body.isEmpty)
            }
            #expect(try await browser.get("/api/v1/nonsense").status == 401)
            #expect(try await browser.get("/api/v1/jobs").headers[.contentType] == "application/problem+json")
        }
    }

    @Test func `A public job answers without signing in, and only it`() async throws {
        try await TestSite.with { test async throws in
            try await TestSite.register(test.store, "open", access: AccessKeys(view: ["public"]), at: test.clock.now)
            try await TestSite.publish(test.store, test.artifacts, "open", at: test.clock.now)
            let browser = Browser(site: test.site)
            #expect(try await browser.get("/reports/open").status == 200)
            #expect(try await browser.get("/reports/open/editions").status == 200)
            #expect(try await browser.get("/").text.contains("The open"))
            #expect(try await !browser.get("/").text.contains("The forecast"))
            #expect(try await browser.get("/reports/forecast").isToSignIn)
            #expect(try await browser.get("/reports/open/editions/99").isToSignIn)
            #expect(try await browser.get("/api/v1/jobs/open").status == 401)
            _ = try await browser.post("/reports/open/run")
            #expect(try await test.store.queueDepth().queued == 0)
        }
    }

    @Test func `A former name leads to the present one, for those who may see it`() async throws {
        try await TestSite.with { test async throws in
            let viewer = try await test.browser(as: "viewer")
            let answer = try await viewer.get("/reports/old-forecast/editions/1?x=1")
            #expect(answer.status == 308)
            #expect(answer.location == "/reports/forecast/editions/1?x=1")
            let stranger = try await test.browser(as: "stranger")
            #expect(try await stranger.get("/reports/old-forecast").status == 404)
            #expect(try await viewer.post("/reports/old-forecast/run").status == 404)
        }
    }

    @Test func `Held and withheld editions are there only for who publishes`() async throws {
        try await TestSite.with { test async throws in
            try await TestSite.publish(test.store, test.artifacts, "forecast", state: .held, at: test.clock.now)
            let viewer = try await test.browser(as: "viewer")
            let owner = try await test.browser(as: "owner")
            #expect(try await viewer.get("/reports/forecast/editions/2").status == 404)
            #expect(try await owner.get("/reports/forecast/editions/2").status == 200)
            #expect(try await !viewer.get("/api/v1/editions?job=forecast").text.contains("\"held\""))
            #expect(try await owner.post("/reports/forecast/editions/2/current", ["reason": "it is right"]).status == 303)
            #expect(try await viewer.get("/reports/forecast/editions/2").status == 200)
            #expect(try await owner.post("/reports/forecast/editions/2/withhold", ["reason": "it was not"]).status == 303)
            #expect(try await viewer.get("/reports/forecast/editions/2").status == 404)
            #expect(try await owner.post("/reports/forecast/editions/2/withhold", ["reason": " "]).status == 400)
        }
    }

    @Test func `A token that is not good is refused everywhere, also on public pages`() async throws {
        try await TestSite.with { test async throws in
            var browser = Browser(site: test.site)
            for token in ["alm_nonsense", "", "x y z"] {
                browser.token = token
                #expect(try await browser.get("/about").status == 401)
                #expect(try await browser.get("/api/v1/jobs").status == 401)
            }
            browser.token = try await test.token(of: "viewer", .all)
            #expect(try await browser.get("/api/v1/jobs").status == 200)
            test.clock.advance(seconds: 90_000)
            #expect(try await browser.get("/api/v1/jobs").status == 401)
        }
    }

    @Test func `A token works as the password of Basic, and a session of a disabled user does not`() async throws {
        try await TestSite.with { test async throws in
            let token = try await test.token(of: "viewer", .read)
            let basic = "Basic " + base64("anything:" + token)
            let browser = Browser(site: test.site)
            #expect(try await browser.get("/api/v1/jobs", [.authorization: basic]).status == 200)
            let session = try await test.browser(as: "viewer")
            #expect(try await session.get("/reports/forecast").status == 200)
            try await test.store.setDisabled(true, user: try await test.userID("viewer"), at: test.clock.now)
            #expect(try await session.get("/reports/forecast").isToSignIn)
            #expect(try await browser.get("/api/v1/jobs", [.authorization: basic]).status == 401)
        }
    }
}
