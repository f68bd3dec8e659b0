// Jobs that go wrong are recorded and shown for what they are.
import Foundation
import Testing
import TestSupport

@Suite struct `Jobs that go wrong` {
    /// Runs a one-script job to its end and returns what the record says of it.
    private func outcome(_ script: String, extra: String = "") throws -> (status: Int32, detail: [String: Any], errors: String) {
        let place = try Workplace(SampleJobs.script("probe", script, extra: extra))
        let run = try place.almanac("run", "probe", "--wait")
        return (run.status, try place.newestRun(), run.errors)
    }

    @Test func `a typo in job.yaml is pointed at by line`() throws {
        var files = SampleJobs.rainfall()
        files["Jobs/rainfall/job.yaml"] = "contract: 1\ntitle: Rain\ntaks:\n  score: { run: rain.sh }\n"
        let place = try Workplace(files)
        let check = try place.almanac("check")
        #expect(check.status == 1)
        #expect(check.output.contains("Jobs/rainfall/job.yaml:3:1: error:"), "\(check.output)")
        #expect(check.output.contains("tasks"))
        #expect(try place.almanac("run", "rainfall", "--wait").status == 1)
    }

    @Test func `one that fails says its exit code`() throws {
        let (status, detail, errors) = try outcome("echo about to fail; exit 3")
        #expect(status == 1)
        #expect(detail["failureReason"] as? String == "exitCode")
        #expect(errors.contains("3"))
    }

    @Test func `its page says in words why it failed and shows the last lines of its log`() async throws {
        let place = try Workplace(SampleJobs.script("probe", "echo the warehouse is closed >&2; exit 3"))
        #expect(try place.almanac("run", "probe", "--wait").status == 1)
        #expect(try place.almanac("user", "add", "ada", "--administrator").status == 0)
        let link = try place.link("ada")
        let server = try await place.serve()
        let ada = try Visitor(server)
        try ada.signIn(link: link)
        let id = try #require(place.runs().first?["id"] as? String)
        let page = try ada.get("/runs/\(id)")
        #expect(page.status == 200)
        #expect(page.text.contains("exit"))
        #expect(page.text.contains("the warehouse is closed"))
        #expect(try ada.get("/").text.contains("Failed") || ada.get("/").text.contains("failed"))
        #expect(try ada.get("/runs").text.contains(id))
    }

    @Test func `one that writes nothing names the missing output`() throws {
        let (_, detail, _) = try outcome("true")
        #expect(detail["failureReason"] as? String == "contractViolation")
        #expect((detail["failureMessage"] as? String)?.contains("table") == true)
    }

    @Test func `one that writes a link to a system file does not publish it`() throws {
        let (_, detail, _) = try outcome("ln -s /etc/passwd \"$ALMANAC_OUTPUT_TABLE\"")
        #expect(detail["failureReason"] as? String == "contractViolation")
        #expect((detail["outputs"] as? [Any])?.isEmpty == true)
    }

    @Test func `one that prints 100 MB keeps the head and the tail of its log`() throws {
        let place = try Workplace(SampleJobs.script("probe", "echo first line; head -c 100000000 /dev/zero | tr '\\0' 'x' | fold -w 99; echo; echo last line; echo a > \"$ALMANAC_OUTPUT_TABLE\""))
        #expect(try place.almanac("run", "probe", "--wait", "--json").status == 0)
        let log = try place.almanac("log", try #require(place.newestRun()["id"] as? String)).output
        #expect(log.utf8.count < 40_000_000)
        #expect(log.contains("first line"))
        #expect(log.contains("last line"))
    }

    @Test func `one with a broken CSV is told the row`() throws {
        let (_, detail, _) = try outcome("printf 'a,b\\n1,2\\n3\\n' > \"$ALMANAC_OUTPUT_TABLE\"")
        #expect(detail["failureReason"] as? String == "contractViolation")
        #expect((detail["failureMessage"] as? String)?.contains("row") == true)
    }

    @Test func `one that runs too long is stopped with everything it started`() throws {
        let (_, detail, _) = try outcome("sleep 300 & sleep 301", extra: "limits: { time: 1s }")
        #expect(detail["failureReason"] as? String == "timedOut")
        #expect(try Program.run("/bin/sh", ["-c", "ps ax | grep -c '[s]leep 30[01]'"]).output.trimmingCharacters(in: .whitespacesAndNewlines) == "0")
    }

    @Test func `one whose metric is beyond its limit is held, and the last good edition stays`() async throws {
        var files = SampleJobs.rainfall()
        let place = try Workplace(files)
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        files["Jobs/rainfall/job.yaml"] = files["Jobs/rainfall/job.yaml"]?.replacingOccurrences(of: "unit: mm }", with: "unit: mm, hold_above: 50 }")
        try place.write(files)
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        #expect(try place.almanac("user", "add", "ada", "--administrator").status == 0)
        let link = try place.link("ada")
        let server = try await place.serve()
        let ada = try Visitor(server)
        try ada.signIn(link: link)
        let editions = try ada.get("/reports/rainfall/editions").text
        #expect(editions.contains("held"))
        #expect(try ada.get("/api/v1/jobs").text.contains("rainfall"))
        #expect(try place.almanac("current", "rainfall", "2", "--reason", "checked by hand").status == 0)
        #expect(try place.almanac("current", "rainfall", "2", "--reason", "again").status == 1)
    }
}
