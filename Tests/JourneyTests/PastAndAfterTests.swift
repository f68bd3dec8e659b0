// Runs that no clock starts: for the past, and after another job; and what an expression means.
import Foundation
import Testing
import TestSupport

@Suite struct `Besides the schedule` {
    @Test func `a range of the past is one run and one edition per due time, and runs the jobs that come after`() async throws {
        var files = SampleJobs.rainfall(extra: "schedule: { cron: \"30 2 * * *\", timezone: America/New_York, gap: skip }")
        files.merge(SampleJobs.rainfall("floods", extra: "after: [rainfall]")) { $1 }
        let place = try Workplace(files)
        #expect(try place.almanac("run", "floods", "--wait").status == 0)
        let range = try place.almanac("run", "rainfall", "--from", "2026-03-06", "--to", "2026-03-10", "--wait")
        #expect(range.status == 0, "\(range.errors)")
        #expect(range.output.contains("3 of 3 runs succeeded"), "\(range.output)")
        #expect(range.errors.contains("3 runs of rainfall are queued, for 2026-03-06T02:30:00-05:00 to 2026-03-09T02:30:00-04:00"), "\(range.errors)")
        let runs = try place.runs()
        #expect(Set(runs.filter { $0["job"] as? String == "rainfall" }.compactMap { $0["edition"] as? Int }) == [1, 2, 3])
        #expect(runs.count { $0["job"] as? String == "floods" } >= 2, "one by hand and at least one after")
        #expect(try place.almanac("run", "rainfall", "--from", "2026-03-06").status == 64)
        let none = try place.almanac("run", "floods", "--from", "2026-03-06", "--to", "2026-03-10")
        #expect(none.status == 1)
        #expect(none.errors.contains("floods has no schedule, so there are no due times"), "\(none.errors)")
    }

    @Test func `a range with a run that fails ends with 1`() async throws {
        let place = try Workplace(SampleJobs.script(
            "probe", "case $ALMANAC_SCHEDULED_FOR in 2026-03-07*) exit 3;; esac; echo a > \"$ALMANAC_OUTPUT_TABLE\"", extra: "schedule: { cron: \"@daily\", timezone: UTC }"))
        let range = try place.almanac("run", "probe", "--from", "2026-03-06", "--to", "2026-03-09", "--wait")
        #expect(range.status == 1)
        #expect(range.output.contains("2 of 3 runs succeeded"), "\(range.output)")
        #expect(range.errors.contains("2026-03-07T00:00:00Z failed"), "\(range.errors)")
    }

    @Test func `an expression is explained as the contract says`() throws {
        let place = try Workplace()
        func explain(_ cron: String, _ zone: String, _ from: String, _ next: Int, gap: String = "run_after") throws -> [[String: Any]] {
            let answer = try place.almanac("schedule", "explain", cron, zone, "--from", from, "--next", "\(next)", "--gap", gap, "--json")
            #expect(answer.status == 0, "\(answer.errors)")
            return try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
        }
        let spring = try explain("30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z", 1)
        #expect(spring.count == 1)
        #expect(spring[0] as? [String: String] == [
            "at": "2026-03-08T07:00:00Z", "nominal": "2026-03-08T02:30:00", "local": "2026-03-08T03:00:00", "offset": "-04:00",
            "note": "clocks go forward: 02:30 does not exist, runs at 03:00",
        ])
        let skipped = try explain("30 2 * * *", "America/New_York", "2026-03-07", 2, gap: "skip")
        #expect(skipped.map { $0["at"] as? String } == ["2026-03-07T07:30:00Z", nil, "2026-03-09T06:30:00Z"])
        #expect(skipped[1]["at"] is NSNull && skipped[1]["local"] is NSNull && skipped[1]["nominal"] as? String == "2026-03-08T02:30:00")
        #expect(try explain("30 1 * * *", "America/New_York", "2026-11-01T00:00:00Z", 1).map { $0["at"] as? String } == ["2026-11-01T05:30:00Z"])
        #expect(try explain("0 0 30 2 *", "UTC", "2026-01-01", 3).isEmpty)
        let quartz = try place.almanac("schedule", "explain", "0 30 2 ? * 2-6", "Europe/Berlin")
        #expect(quartz.status == 1)
        #expect(quartz.errors.contains("write 30 2 * * 1-5"), "\(quartz.errors)")
    }
}
