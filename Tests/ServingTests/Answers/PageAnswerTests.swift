// Pages as answers: headers on all of them, tags that follow what is shown, logs, JSON, failures that tell nothing.
import Artifacts
import HTTPTypes
import Recording
import Rendering
import Synchronization
import Testing
import Vocabulary

@testable import Serving

struct PageAnswerTests {
    @Test func `Every answer carries the security headers, whatever it is`() async throws {
        try await TestSite.with { test async throws in
            let anonymous = Browser(site: test.site)
            let viewer = try await test.browser(as: "viewer")
            let style = try #require(test.site.assets.address("site.css"))
            var answers = [
                try await anonymous.get("/login"), try await anonymous.get("/runs"), try await anonymous.get("/api/v1/runs"), try await anonymous.get(style),
                try await anonymous.get("/healthz"), try await anonymous.send(.get, "/", host: "evil.example"), try await anonymous.send(.put, "/"),
                try await viewer.get("/"), try await viewer.get("/nonsense"), try await viewer.get("/reports/forecast"),
                try await viewer.post("/reports/forecast/run"),
            ]
            let tag = try #require(answers[7].headers[.eTag])
            answers.append(try await viewer.get("/", [.ifNoneMatch: tag]))
            #expect(answers.last?.status == 304)
            for answer in answers {
                let policy = try #require(answer.headers[.contentSecurityPolicy])
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"))
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.referrerPolicy] == "same-origin")
                #expect(answer.headers[.crossOriginOpenerPolicy] == "same-origin")
                #expect(answer.headers[.crossOriginResourcePolicy] == "same-origin")
                #expect(answer.headers[.permissionsPolicy] != nil)
                #expect(answer.headers[.cacheControl] != nil)
            }
            #expect(answers[3].headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(answers[8].headers[.cacheControl] == "no-store")
        }
    }

    @Test func `A page keeps its tag until what the reader sees changes`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "viewer")
            let first = try await browser.get("/reports/forecast")
            let tag = try #require(first.headers[.eTag])
            #expect(tag.hasPrefix("\"") && !tag.hasPrefix("W/"))
            #expect(first.headers[.cacheControl] == "private, no-cache")
            test.clock.advance(seconds: 5)
            let again = try await browser.get("/reports/forecast", [.ifNoneMatch: tag])
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
            #expect(again.headers[.eTag] == tag)
            let head = try await browser.send(.head, "/reports/forecast")
            #expect(head.body.isEmpty && head.headers[.contentLength] == first.headers[.contentLength])
            try await TestSite.publish(test.store, test.artifacts, "forecast", at: test.clock.now)
            #expect(try await browser.get("/reports/forecast", [.ifNoneMatch: tag]).status == 200)
            let owner = try await test.browser(as: "owner")
            #expect(try await owner.get("/reports/forecast/editions/1").headers[.eTag] != tag)
        }
    }

    @Test func `Without a session a page is the same each time and sets no cookie`() async throws {
        try await TestSite.with { test async throws in
            try await TestSite.register(test.store, "open", access: AccessKeys(view: ["public"]), at: test.clock.now)
            try await TestSite.publish(test.store, test.artifacts, "open", at: test.clock.now)
            var program = Browser(site: test.site)
            program.token = try await test.token(of: "viewer", .read)
            for browser in [Browser(site: test.site), program] {
                let first = try await browser.get("/reports/open")
                #expect(first.status == 200 && first.headers[values: .setCookie].isEmpty)
                #expect(try await browser.get("/reports/open", [.ifNoneMatch: first.headers[.eTag] ?? ""]).status == 304)
            }
        }
    }

    @Test func `The log is followed by offset, in whole characters, and then read from its artifact`() async throws {
        try await TestSite.with { test async throws in
            let (run, attempt) = try await TestSite.start(test.store, "forecast", at: test.clock.now)
            try await test.store.appendLog(attempt: attempt, offset: 0, bytes: Array("ä line\n".utf8) + [0xC3], at: test.clock.now)
            let browser = try await test.browser(as: "analyst")
            #expect(try await browser.get("/runs/\(run)").status == 200)
            let chunk = try await browser.get("/runs/\(run)/log?from=0")
            #expect(chunk.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(chunk.headers[.nextOffset] == "8")
            #expect(chunk.headers[.runStatus] == "running")
            #expect(chunk.text == "ä line\n")
            try await test.store.appendLog(attempt: attempt, offset: 9, bytes: [0xB6] + Array(" and more\n".utf8), at: test.clock.now)
            let rest = try await browser.get("/runs/\(run)/log?from=8")
            #expect(rest.text == "ö and more\n" && rest.headers[.nextOffset] == "20")
            #expect(try await browser.get("/runs/\(run)/log?from=20").headers[.nextOffset] == "20")
            // Who followed an earlier attempt begins again.
            #expect(try await browser.get("/runs/\(run)/log?from=999").text == "ä line\nö and more\n")
            #expect(try await browser.get("/runs/\(run)/log?from=-1").status == 400)
            #expect(try await browser.get("/runs/\(run)/log?download=1").text == "ä line\nö and more\n")
            let stored = try await test.artifacts.put([ByteSource(Array("the end\n".utf8))])
            _ = try await test.store.finish(
                attempt: attempt,
                end: AttemptEnd(status: .failed, reason: .exitCode, exitStatus: 1, endedAt: test.clock.now, logDigest: stored[0].sha256, logBytes: 8),
                at: test.clock.now)
            let end = try await browser.get("/runs/\(run)/log?from=4")
            #expect(end.text == "end\n")
            #expect(end.headers[.runStatus] == "failed")
            let file = try await browser.get("/runs/\(run)/log?download=1")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"forecast-run-\(run.short)-log.txt\"")
            let viewer = try await test.browser(as: "viewer")
            #expect(try await viewer.get("/runs/\(run)/log?from=0").status == 404)
        }
    }

    @Test func `Of a long live log the page shows its end`() async throws {
        try await TestSite.with { test async throws in
            let (run, attempt) = try await TestSite.start(test.store, "forecast", at: test.clock.now)
            var end: Int64 = 0
            for number in 0..<40 {
                let piece = Array("piece \(number) begins\n".utf8) + [UInt8](repeating: 46, count: 60_000) + [10]
                try await test.store.appendLog(attempt: attempt, offset: end, bytes: piece, at: test.clock.now)
                end += Int64(piece.count)
            }
            let browser = try await test.browser(as: "analyst")
            let page = try await browser.get("/runs/\(run)").text
            #expect(page.contains("piece 39 begins") && !page.contains("piece 37 begins"))
            #expect(page.contains("data-offset=\"\(end)\""))
            let log = try await browser.get("/runs/\(run)/log").text
            #expect(log.contains("piece 39 begins") && log.contains("piece 37 begins") && !log.contains("piece 30 begins"))
            #expect(try await browser.get("/runs/\(run)/log?download=1").body.count == Int(end))
        }
    }

    @Test func `Cutting keeps characters whole`() {
        #expect(Utf8.whole(Array("aä".utf8)) == Array("aä".utf8))
        #expect(Utf8.whole([97, 0xC3]) == [97])
        #expect(Utf8.whole([97, 0xE2, 0x82]) == [97])
        #expect(Utf8.whole([97, 0xF0, 0x9F, 0x98]) == [97])
        #expect(Utf8.whole([0xC3]) == [0xC3])
        #expect(Utf8.whole([]) == [])
    }

    @Test func `Run now queues a run of the reader, who can follow and cancel it`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "analyst")
            let answer = try await browser.post("/reports/forecast/run")
            let address = try #require(answer.location)
            let id = try #require(RunID(String(address.dropFirst(6))))
            let run = try #require(try await test.store.run(id))
            #expect(run.status == .queued && run.trigger == .manual)
            let analyst = try await test.userID("analyst")
            #expect(run.requestedBy == analyst)
            #expect(try await browser.get(address).status == 200)
            #expect(try await browser.post(address + "/cancel").status == 303)
            #expect(try await test.store.run(id)?.status == .cancelled)
            #expect(try await browser.post(address + "/cancel").status == 409)
        }
    }

    @Test func `Who asked for a run sees it after losing the right, but a reading token does not cancel it`() async throws {
        try await TestSite.with { test async throws in
            let viewer = try await test.userID("viewer")
            let (run, _) = try await TestSite.start(test.store, "forecast", requestedBy: viewer, at: test.clock.now)
            let browser = try await test.browser(as: "viewer")
            #expect(try await browser.get("/runs/\(run)").status == 200)
            var program = Browser(site: test.site)
            program.token = try await test.token(of: "viewer", .read)
            #expect(try await program.post("/runs/\(run)/cancel").status == 403)
            #expect(try await browser.post("/runs/\(run)/cancel").status == 303)
        }
    }

    @Test func `The JSON surface has the contract's keys and nothing of other teams`() async throws {
        try await TestSite.with { test async throws in
            var program = Browser(site: test.site)
            program.token = try await test.token(of: "analyst", .run)
            let list = try await program.get("/api/v1/runs?job=forecast").text
            #expect(list.hasPrefix(#"{"runs":[{"id":"\#(test.run)","job":"forecast","task":"score","status":"succeeded","queuedAt":"20"#))
            #expect(list.contains(#""failureReason":null,"edition":1}]}"#))
            let show = try await program.get("/api/v1/runs/\(test.run)").text
            for key in ["parameters", "inputs", "metrics", "outputs", "attempts", "jobVersion"] { #expect(show.contains("\"\(key)\":")) }
            #expect(show.contains(#"{"name":"forecast","path":"forecast.csv","bytes":\#(test.csv.count),"rows":null,"sha256":""#))
            let jobs = try await program.get("/api/v1/jobs").text
            #expect(jobs.contains("\"forecast\"") && !jobs.contains("secret"))
            let missing = try await program.get("/api/v1/jobs/secret")
            let madeUp = try await program.get("/api/v1/jobs/madeup")
            #expect(missing.status == 404 && missing.body == madeUp.body)
            #expect(missing.headers[.contentType] == "application/problem+json")
            #expect(try await program.get("/api/v1/editions").status == 400)
        }
    }

    @Test func `JSON keeps every text a text`() {
        let value = JSON.object([("a\"\\", .string("</script>\n\u{1}ü")), ("n", .number(.nan)), ("i", .integer(-1)), ("l", .array([.null, .boolean(true)]))])
        #expect(value.text == "{\"a\\\"\\\\\":\"\\u003c/script>\\n\\u0001ü\",\"n\":null,\"i\":-1,\"l\":[null,true]}\n")
    }

    @Test func `A failure tells an id and nothing else`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "viewer")
            var program = Browser(site: test.site)
            program.token = try await test.token(of: "viewer", .read)
            try test.store.close()
            let health = try await browser.get("/healthz")
            #expect(health.status == 200)
            for answer in [try await browser.get("/reports/forecast"), try await program.get("/api/v1/jobs")] {
                #expect(answer.status == 503 || answer.status == 500)
                for word in ["sqlite", "SELECT", "record.sqlite", test.folder, "Recording"] { #expect(!answer.text.contains(word)) }
            }
        }
    }
}
