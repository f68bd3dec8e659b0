// The server may be killed at any moment: runs go on, and nothing is published twice.
import Foundation
import Testing
import TestSupport

@Suite struct `Restarts` {
    @Test func `a run survives kill -9 of the server and is published once`() async throws {
        let place = try Gate.workplace()
        let first = try await place.serve()
        #expect(await Program.eventually { (try? place.almanac("run", "rainfall").status) == 0 })
        #expect(try await Program.eventually { try status(place) == "running" })
        first.end(SIGKILL)
        let second = try await place.serve()
        #expect(try status(place) == "running")
        Gate.open(place)
        #expect(try await Program.eventually { try status(place) == "succeeded" })
        second.end(SIGKILL)
        let third = try await place.serve()
        #expect(try place.runs().map { $0["edition"] as? Int } == [1])
        #expect(third.end() == 0)
    }

    @Test func `a run that ended while no server was there is published by the next`() async throws {
        let place = try Workplace(SampleJobs.rainfall(body: "sleep 1"))
        let first = try await place.serve()
        #expect(await Program.eventually { (try? place.almanac("run", "rainfall").status) == 0 })
        #expect(try await Program.eventually { try status(place) == "running" })
        first.end(SIGKILL)
        #expect(await Program.eventually { endedFolders(place) == 1 })
        let second = try await place.serve()
        #expect(try await Program.eventually { try status(place) == "succeeded" })
        #expect(second.end() == 0)
    }

    @Test func `an edit is registered while serving, and a broken one leaves the last good version`() async throws {
        var files = SampleJobs.rainfall()
        let place = try Workplace(files)
        let server = try await place.serve()
        #expect(await Program.eventually { (try? place.almanac("run", "rainfall", "--wait").status) == 0 })
        files["Jobs/rainfall/report.md"] = "## New words\n\nIn all {{metric.total}} mm.\n"
        try place.write(files)
        #expect(try place.almanac("user", "add", "ada", "--administrator").status == 0)
        let ada = try Visitor(server)
        try ada.signIn(link: try place.link("ada"))
        #expect(try await Program.eventually { try ada.get("/reports/rainfall").text.contains("New words") })
        try place.write(["Jobs/rainfall/job.yaml": "contract: 1\ntitel: broken\n"])
        #expect(try await Program.eventually { try ada.get("/reports/rainfall").text.contains("job.yaml:2:1") })
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        try FileManager.default.removeItem(atPath: place.path + "/Jobs/rainfall")
        #expect(await Program.eventually { (try? place.almanac("run", "rainfall").status) == 1 })
        #expect(try ada.get("/reports/rainfall").status == 200)
        #expect(server.end() == 0)
    }

    private func status(_ place: Workplace) throws -> String? {
        try place.runs().first?["status"] as? String
    }

    private func endedFolders(_ place: Workplace) -> Int {
        Gate.attempts(place).count { FileManager.default.fileExists(atPath: $0 + "/exit.json") }
    }
}
