// The first promise: a job runs when its schedule says so, and once.
import Foundation
import Testing
import TestSupport

@Suite struct `A schedule` {
    @Test func `runs a job at the full minute, publishes it, and does not run it again after a restart`() async throws {
        let place = try Workplace(SampleJobs.rainfall(extra: "schedule: { cron: \"* * * * *\", timezone: Europe/Berlin }"))
        let first = try await place.serve()
        #expect(try await Program.eventually(within: 90) { try place.runs().first?["status"] as? String == "succeeded" })
        first.end(SIGKILL)
        let run = try place.newestRun()
        let due = try #require(run["scheduledFor"] as? String)
        #expect(due.contains(":00+0"), "a full minute, told in the schedule's zone: \(due)")
        let second = try await place.serve()
        _ = try place.almanac("schedule", "rainfall")
        #expect(try place.runs().count { $0["id"] as? String == run["id"] as? String } == 1)
        #expect(Set(try place.runs().compactMap { $0["edition"] as? Int }).count == (try place.runs().count { $0["edition"] is Int }))
        #expect(second.end() == 0)
    }
}
