// What somebody tries who wants to get in: each of these was tried on a running server.
import HTTPTypes
import Recording
import Testing
import Vocabulary

@testable import Serving

struct HostileRequestTests {
    @Test func `A browser that remembers a token for Basic does nothing for another site`() async throws {
        try await TestSite.with { test async throws in
            let token = try await test.token(of: "analyst", .all)
            let browser = Browser(site: test.site)
            for proof in ["Basic " + base64("anything:" + token), "Bearer " + token] {
                let elsewhere: [HTTPFields] = [
                    [.authorization: proof, .secFetchSite: "cross-site"], [.authorization: proof, .origin: "http://evil.example"],
                    [.authorization: proof, .origin: "null"],
                ]
                for headers in elsewhere { #expect(try await browser.send(.post, "/reports/forecast/run", headers).status == 403) }
                #expect(try await test.store.queueDepth().queued == 0)
            }
            #expect(try await browser.send(.post, "/reports/forecast/run", [.authorization: "Basic " + base64("anything:" + token)]).status == 303)
        }
    }

    @Test func `A request with two hosts is refused, whichever comes first`() async throws {
        try await TestSite.with { test async throws in
            // The codec takes the first for the authority and leaves the second among the fields.
            for second in ["evil.example", "localhost"] {
                #expect(try await Browser(site: test.site).get("/about", [.host: second]).status == 400)
                #expect(try await Browser(site: test.site).get("/healthz", [.host: second]).status == 400)
            }
        }
    }

    @Test func `A job that was called as a part of its address moves on all the same`() async throws {
        try await TestSite.with { test async throws in
            try await TestSite.register(test.store, "sales", access: AccessKeys(view: ["viewers"]), former: ["v1"], at: test.clock.now)
            let browser = try await test.browser(as: "viewer")
            #expect(try await browser.get("/reports/v1/editions").location == "/reports/sales/editions")
            #expect(try await browser.get("/api/v1/jobs/v1").location == "/api/v1/jobs/sales")
        }
    }

    @Test func `Another spelling of a name is the same account to the throttle`() async throws {
        try await TestSite.with { test async throws in
            var browser = Browser(site: test.site)
            _ = try await browser.open()
            for name in ["viewer", "VIEWER", " viewer ", "Viewer\t"] {
                #expect(try await browser.post("/login", ["username": name, "password": "x"]).status == 403)
            }
            for name in ["viewer", "vIEWER", "\u{A0}viewer"] {
                let answer = try await browser.post("/login", ["username": name, "password": "x"], [.forwardedFor: "203.0.113.9"])
                #expect(answer.status == 429)
            }
        }
    }

    @Test func `All addresses of one IPv6 network are one to the throttle`() async {
        #expect(ReaderAddress.network("192.0.2.7") == "192.0.2.7")
        #expect(ReaderAddress.network("::ffff:192.0.2.7") == "192.0.2.7")
        #expect(ReaderAddress.network("2001:db8::1") == ReaderAddress.network("2001:db8:0:0:ffff::2"))
        #expect(ReaderAddress.network("2001:db8::1") != ReaderAddress.network("2001:db8:0:1::1"))
        #expect(ReaderAddress.network("no address") == "no address")
        let throttle = SignInThrottle()
        let now = Instant(seconds: 1_790_000_000)
        for number in 0..<21 { #expect(await throttle.attempt(account: "user\(number)", address: "2001:db8::\(number)", at: now) == nil) }
        #expect(await throttle.attempt(account: "another", address: "2001:db8::ffff", at: now) != nil)
        #expect(await throttle.attempt(account: "another", address: "2001:db8:0:1::1", at: now) == nil)
    }

    @Test func `A tag that one reader was given tells another nothing`() async throws {
        try await TestSite.with { test async throws in
            let page = try await test.browser(as: "analyst").get("/reports/forecast")
            let file = try await test.browser(as: "analyst").get("/reports/forecast/editions/1/files/forecast.csv")
            let stranger = try await test.browser(as: "stranger")
            for (path, answer) in [("/reports/forecast", page), ("/reports/forecast/editions/1/files/forecast.csv", file)] {
                for tag in [answer.headers[.eTag] ?? "", "*"] {
                    #expect(try await stranger.get(path, [.ifNoneMatch: tag]).status == 404)
                    #expect(try await Browser(site: test.site).get(path, [.ifNoneMatch: tag]).isToSignIn)
                    #expect(try await stranger.get(path, [.range: "bytes=99999999-"]).status == 404)
                }
            }
            #expect(try await test.browser(as: "viewer").get("/reports/forecast", [.ifNoneMatch: page.headers[.eTag] ?? ""]).status == 200)
        }
    }
}
