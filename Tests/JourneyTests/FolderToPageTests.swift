// The promise of the README: a folder in Jobs/ becomes a page in a browser.
import Crypto
import Foundation
import Testing
import TestSupport

@Suite struct `A folder becomes a page` {
    @Test func `a job runs, is recorded, and its page and CSV are served behind a sign-in`() async throws {
        let place = try Workplace(SampleJobs.rainfall())
        let run = try place.almanac("run", "rainfall", "--wait")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("writing 3 months"))
        let runs = try place.runs()
        #expect(runs.count == 1)
        #expect(runs.first?["status"] as? String == "succeeded")
        #expect(runs.first?["edition"] as? Int == 1)
        let output = try #require((try place.newestRun()["outputs"] as? [[String: Any]])?.first { $0["name"] as? String == "rain" })
        #expect(output["rows"] as? Int == 3)

        #expect(try place.almanac("user", "add", "paula", "--group", "readers").status == 0)
        let link = try place.link("paula")
        let server = try await place.serve()
        let stranger = try Visitor(server)
        let refused = try stranger.get("/reports/rainfall")
        #expect(refused.status == 303 || refused.status == 302)
        #expect(refused.headers["location"]?.hasPrefix("/login?next=") == true)

        let paula = try Visitor(server)
        try paula.signIn(link: link)
        #expect(try paula.get("/").text.contains("Rainfall by month"))
        let page = try paula.get("/reports/rainfall")
        #expect(page.status == 200)
        #expect(page.text.contains("In all 60"))
        #expect(page.text.contains("<svg"))
        let file = try paula.get("/reports/rainfall/editions/1/files/rain.csv")
        #expect(file.status == 200)
        #expect(SHA256.hash(data: file.body).map { String(format: "%02x", $0) }.joined() == output["sha256"] as? String)
        #expect(file.headers["content-disposition"]?.hasPrefix("attachment") == true)

        let tag = try #require(page.headers["etag"])
        #expect(try paula.get("/reports/rainfall", headers: ["If-None-Match: \(tag)"]).status == 304)
        #expect(server.end() == 0)
    }

    @Test func `what one may not see and what does not exist are the same page`() async throws {
        let place = try Workplace(SampleJobs.rainfall())
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        #expect(try place.almanac("user", "add", "otto").status == 0)
        let link = try place.link("otto")
        let server = try await place.serve()
        let otto = try Visitor(server)
        try otto.signIn(link: link)
        let forbidden = try otto.get("/reports/rainfall")
        let missing = try otto.get("/reports/snowfall")
        #expect(forbidden.status == 404)
        #expect(missing.status == 404)
        #expect(forbidden.text == missing.text.replacingOccurrences(of: "snowfall", with: "rainfall"))
        #expect(try otto.get("/reports/rainfall/editions/1/files/rain.csv").status == 404)
        #expect(try !otto.get("/").text.contains("Rainfall"))
    }

    @Test func `a one-time link works once`() async throws {
        let place = try Workplace(SampleJobs.rainfall())
        #expect(try place.almanac("user", "add", "paula").status == 0)
        let link = try place.link("paula")
        let server = try await place.serve()
        try Visitor(server).signIn(link: link)
        #expect(throws: Workplace.Failure.self) { try Visitor(server).signIn(link: link) }
    }

    @Test func `the starter of init runs as it is`() async throws {
        let place = try Workplace()
        let target = place.folder.path + "/demo"
        #expect(try place.almanac("init", target).status == 0)
        let job = try #require(try FileManager.default.contentsOfDirectory(atPath: target + "/Jobs").first { !$0.hasSuffix(".md") })
        let check = try place.almanac("check", "--workspace", target)
        #expect(check.status == 0, "\(check.output)")
        let run = try place.almanac("run", job, "--wait", "--workspace", target)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try place.almanac("init", target).status == 1)
    }
}
