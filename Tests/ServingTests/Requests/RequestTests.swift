// What requests may and may not say: other sites' forms, open redirects, hosts, forms, paths.
import Credentials
import HTTPTypes
import Recording
import Testing
import Vocabulary

@testable import Serving

struct CrossSiteTests {
    private static let refusedHeaders: [HTTPFields] = [
        [.secFetchSite: "cross-site"], [.secFetchSite: "same-site"], [.secFetchSite: "none"], [.secFetchSite: "cross-site", .origin: "http://localhost"],
    ]

    @Test func `A form from elsewhere changes nothing`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "analyst")
            for headers in Self.refusedHeaders { #expect(try await browser.post("/reports/forecast/run", [:], headers).status == 403) }
            for origin in ["http://evil.example", "null", "https://localhost", "http://localhost:99", "http://localhost.evil.example"] {
                let answer = try await browser.send(
                    .post, "/reports/forecast/run", [.origin: origin], body: "form_token=\(browser.formToken)")
                #expect(answer.status == 403, "\(origin)")
            }
            #expect(try await browser.post("/reports/forecast/run", ["form_token": ""]).status == 403)
            let other = try await test.browser(as: "analyst")
            #expect(try await browser.post("/reports/forecast/run", ["form_token": other.formToken]).status == 403)
            #expect(try await test.store.queueDepth().queued == 0)
            #expect(try await browser.post("/reports/forecast/run").status == 303)
            let same = try await browser.send(
                .post, "/reports/forecast/run", [.origin: "http://localhost:8080"], body: "form_token=\(browser.formToken)", host: "localhost:8080")
            #expect(same.status == 303)
        }
    }

    @Test func `No address changes anything by GET or HEAD`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "owner")
            for path in ["/reports/forecast/run", "/runs/\(test.run)/cancel", "/logout", "/reports/forecast/editions/1/withhold"] {
                #expect(try await browser.get(path).status == 404)
                #expect(try await browser.send(.head, path).status == 404)
            }
            for method in [HTTPRequest.Method.put, .delete, .patch, .options, .trace] {
                let answer = try await browser.send(method, "/reports/forecast")
                #expect(answer.status == 405)
                #expect(answer.headers[.allow] == "GET, HEAD, POST")
            }
        }
    }
}

struct SafeAddressTests {
    @Test(arguments: [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)", "", "evil.example", "/a\nb", "/a\r\nSet-Cookie:x",
        "/a b", "/\u{9}/evil.example", "/é", "/login", "/login?next=/login", "/logout", "/link/abc", "/a\\b", "/" + String(repeating: "a", count: 3000),
    ])
    func `What is no path of this site leads to the start`(next: String) { #expect(SafeAddress.next(next) == "/") }

    @Test(arguments: ["/", "/reports/x", "/reports/x?from=1&to=2", "/search?q=%2F%2Fevil", "/runs#end", "/loginx"])
    func `A path of this site is kept`(next: String) { #expect(SafeAddress.next(next) == next) }

    @Test func `Signing in leads nowhere else, whatever the form says`() async throws {
        try await TestSite.with { test async throws in
            try await test.setPassword(of: "viewer")
            for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "/a\r\nX-Evil: 1"] {
                var browser = Browser(site: test.site)
                let page = try await browser.open("/login?next=" + PercentCoding.encode(next))
                #expect(!page.text.contains("evil"))
                let answer = try await browser.post("/login", ["username": "viewer", "password": TestSite.password, "next": next])
                #expect(answer.location == "/")
            }
        }
    }
}

struct AddressTests {
    @Test func `Only our own hosts are answered`() async throws {
        try await TestSite.with { test async throws in
            let browser = Browser(site: test.site)
            for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "localhost:99999", "[::1", "localhost:80:80"] {
                #expect(try await browser.send(.get, "/about", host: host).status == 400, "\(host)")
                #expect(try await browser.send(.get, "/healthz", host: host).status == 200)
            }
            for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080"] { #expect(try await browser.send(.get, "/about", host: host).status == 200) }
        }
        try await TestSite.with(baseURL: "https://reports.example.com/") { test async throws in
            let browser = Browser(site: test.site)
            #expect(try await browser.send(.get, "/about", host: "reports.example.com").status == 200)
            #expect(try await browser.send(.get, "/about", host: "reports.example.com:443").status == 200)
            #expect(try await browser.send(.get, "/about", host: "localhost").status == 400)
        }
    }

    private static let strange = [
        "/reports/forecast/editions/1/files/..%2f..%2frecord.sqlite", "/reports/forecast/editions/1/files/..", "/reports/forecast/editions/1/files/%2e%2e",
        "/reports/../../etc/passwd", "/reports/forecast/editions/1/files/%00", "/reports/forecast/editions/1/files/forecast.csv%00.png", "//reports/forecast",
        "/reports//forecast", "/reports/forecast/", "/reports/./forecast", "/reports/FORECAST", "/reports/forecast/editions/01", "/reports/forecast/editions/+1",
        "/reports/forecast/editions/-1", "/reports/forecast/editions/1e0", "/reports/forecast/editions/99999999999999999999", "/reports/%66orecast%zz",
        "/reports/forecast/editions/1/files/forecast", "/reports/forecast/editions/1/files/forecast.CSV", "/reports/forecast/editions/1/files/forecast.xlsx",
        "/assets/..%2f..%2fPackage.swift", "/assets/site.css", "/runs/../../etc", "/runs/ABC",
    ]

    @Test func `No part of an address becomes a path`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "owner")
            for path in Self.strange { #expect(try await browser.get(path).status == 404, "\(path)") }
        }
    }

    @Test func `An address that is too long or holds what an address cannot is refused`() async throws {
        try await TestSite.with { test async throws in
            let browser = Browser(site: test.site)
            #expect(try await browser.get("/" + String(repeating: "a", count: 9000)).status == 414)
            #expect(try await browser.get("http://localhost/about").status == 400)
            #expect(try await browser.get("/a b").status == 400)
        }
    }

    @Test func `Forms have their limits`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "analyst")
            let token = "form_token=\(browser.formToken)"
            let same: HTTPFields = [.secFetchSite: "same-origin"]
            let large = token + "&x=" + String(repeating: "a", count: 70_000)
            #expect(try await browser.send(.post, "/reports/forecast/run", same, body: large).status == 413)
            var lying = same
            lying[.contentLength] = "10"
            #expect(try await browser.send(.post, "/reports/forecast/run", lying, body: large).status == 413)
            let many = token + String(repeating: "&a=1", count: 500)
            #expect(try await browser.send(.post, "/reports/forecast/run", same, body: many).status == 400)
            #expect(try await browser.send(.post, "/reports/forecast/run", same, body: token + "&x=%zz").status == 400)
            var json = same
            json[.contentType] = "application/json"
            #expect(try await browser.send(.post, "/reports/forecast/run", json, body: "{}").status == 415)
            #expect(try await test.store.queueDepth().queued == 0)
        }
    }

    @Test func `Fields are flat and decoded once`() throws {
        let fields = try #require(Fields("a=1+2&b=%2B&c&=d&a=3&x[y]=z".utf8, most: 10))
        #expect(fields["a"] == "1 2")
        #expect(fields["b"] == "+")
        #expect(fields["c"] == "")
        #expect(fields["x[y]"] == "z")
        #expect(Fields("a=%".utf8, most: 10) == nil)
        #expect(Fields("a=%FF".utf8, most: 10) == nil)
        #expect(Fields("a=%00".utf8, most: 10) == nil)
        #expect(Fields("a&b&c".utf8, most: 2) == nil)
        #expect(Fields("a=+x+".utf8, most: 2)?.text("a") == "x")
    }

    @Test func `A cookie that comes twice or has another shape is none`() {
        let secret = Secret.session().text
        #expect(Cookies.secret("almanac", in: [.cookie: "x=1; almanac=\(secret)"]) == secret)
        #expect(Cookies.secret("almanac", in: [.cookie: "almanac=\(secret); almanac=\(secret)"]) == nil)
        #expect(Cookies.secret("almanac", in: [.cookie: "almanac=short"]) == nil)
        #expect(Cookies.secret("almanac", in: [.cookie: "xalmanac=\(secret)"]) == nil)
    }
}
