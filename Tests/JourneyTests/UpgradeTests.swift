// The program is replaced under a running job, and a server that is followed dies: the run comes to its one end all the same.
import Foundation
import Testing
import TestSupport

@Suite struct `Upgrades` {
    private func status(_ place: Workplace) throws -> String? { try place.runs().first?["status"] as? String }

    @Test func `a new program takes over the job that the old one started`() async throws {
        let place = try Gate.workplace()
        let old = place.folder.path + "/old"
        try FileManager.default.createDirectory(atPath: old, withIntermediateDirectories: true)
        for name in ["almanac", "almanac-supervisor"] {
            try FileManager.default.copyItem(atPath: Program.folder + "/" + name, toPath: old + "/" + name)
        }
        let first = try await place.serve(program: old + "/almanac")
        #expect(await Program.eventually { (try? place.almanac("run", "rainfall").status) == 0 })
        #expect(try await Program.eventually { try status(place) == "running" })
        #expect(first.end(SIGTERM) == 0)
        try FileManager.default.removeItem(atPath: old)
        let second = try await place.serve()
        #expect(try status(place) == "running")
        Gate.open(place)
        #expect(try await Program.eventually { try status(place) == "succeeded" })
        let run = try place.newestRun()
        #expect((run["attempts"] as? [Any])?.count == 1, "\(run)")
        #expect(try place.runs().map { $0["edition"] as? Int } == [1])
        #expect(second.end() == 0)
    }

    @Test func `who follows a run goes on with it when the server dies and none comes back`() async throws {
        let place = try Gate.workplace()
        let server = try await place.serve()
        #expect(await Program.eventually { (try? place.almanac("run", "rainfall").status) == 0 })
        #expect(try await Program.eventually { try status(place) == "running" })
        // The slot is taken: this one waits in the queue when the server dies.
        async let follower = Program.blocking { try place.almanac("run", "rainfall", "--wait") }
        #expect(try await Program.eventually { try place.runs().count == 2 })
        server.end(SIGKILL)
        // The first run's gate, and, as soon as it is there, the second's.
        let opening = Task { while !Task.isCancelled { Gate.open(place); try await Task.sleep(for: .milliseconds(50)) } }
        let finished = try await follower
        opening.cancel()
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(finished.errors.contains("the server is gone; going on with run"), "\(finished.errors)")
        #expect(try place.runs().compactMap { $0["edition"] as? Int }.sorted() == [1, 2])
    }

    @Test func `without a server run --wait conducts its own run and leaves the others queued`() throws {
        var files = SampleJobs.rainfall()
        files.merge(SampleJobs.rainfall("snowfall")) { $1 }
        let place = try Workplace(files)
        #expect(try place.almanac("run", "snowfall").status == 0)
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        #expect(try place.runs("snowfall").map { $0["status"] as? String } == ["queued"])
        #expect(try place.runs("rainfall").map { $0["status"] as? String } == ["succeeded"])
    }
}
