// When schedules are due where clocks change: a table of zones.
import Scheduling
import Testing
import Vocabulary

@Suite struct TimetableTests {
    struct Case: Sendable {
        let cron: String
        let zone: String
        var gap = ScheduleDefinition.Gap.runAfter
        var overlap = ScheduleDefinition.Overlap.first
        let from: String
        let expected: [String]
    }

    static let york: [Case] = [
        .init(
            cron: "30 2 * * *", zone: "America/New_York", from: "2026-03-07T00:00Z",
            expected: ["2026-03-07T07:30:00Z 2026-03-07T02:30:00", "2026-03-08T07:00:00Z 2026-03-08T02:30:00", "2026-03-09T06:30:00Z 2026-03-09T02:30:00"]),
        .init(
            cron: "30 2 * * *", zone: "America/New_York", gap: .skip, from: "2026-03-07T00:00Z",
            expected: ["2026-03-07T07:30:00Z 2026-03-07T02:30:00", "skipped 2026-03-08T02:30:00", "2026-03-09T06:30:00Z 2026-03-09T02:30:00"]),
        // Collapsed with each other and with the time right after the gap.
        .init(
            cron: "0,30 2,3 * * *", zone: "America/New_York", from: "2026-03-08T06:00Z",
            expected: ["2026-03-08T07:00:00Z 2026-03-08T02:00:00", "2026-03-08T07:30:00Z 2026-03-08T03:30:00"]),
        .init(
            cron: "0,30 2,3 * * *", zone: "America/New_York", gap: .skip, from: "2026-03-08T06:00Z",
            expected: ["skipped 2026-03-08T02:00:00", "2026-03-08T07:00:00Z 2026-03-08T03:00:00", "2026-03-08T07:30:00Z 2026-03-08T03:30:00"]),
        .init(
            cron: "30 1 * * *", zone: "America/New_York", from: "2026-11-01T00:00Z",
            expected: ["2026-11-01T05:30:00Z 2026-11-01T01:30:00", "2026-11-02T06:30:00Z 2026-11-02T01:30:00"]),
        .init(
            cron: "30 1 * * *", zone: "America/New_York", overlap: .second, from: "2026-11-01T00:00Z",
            expected: ["2026-11-01T06:30:00Z 2026-11-01T01:30:00 fold 1", "2026-11-02T06:30:00Z 2026-11-02T01:30:00"]),
        .init(
            cron: "30 1 * * *", zone: "America/New_York", overlap: .both, from: "2026-11-01T00:00Z",
            expected: ["2026-11-01T05:30:00Z 2026-11-01T01:30:00", "2026-11-01T06:30:00Z 2026-11-01T01:30:00 fold 1", "2026-11-02T06:30:00Z 2026-11-02T01:30:00"]),
        // From between the two: the first has been, so the second is left out.
        .init(
            cron: "30 1 * * *", zone: "America/New_York", from: "2026-11-01T05:45Z", expected: ["2026-11-02T06:30:00Z 2026-11-02T01:30:00"]),
        // Wild hours follow elapsed time, whatever the policies say.
        .init(
            cron: "0 * * * *", zone: "America/New_York", gap: .skip, overlap: .second, from: "2026-11-01T04:30Z",
            expected: ["2026-11-01T05:00:00Z 2026-11-01T01:00:00", "2026-11-01T06:00:00Z 2026-11-01T01:00:00 fold 1", "2026-11-01T07:00:00Z 2026-11-01T02:00:00"]),
        .init(
            cron: "0 */2 * * *", zone: "America/New_York", from: "2026-03-08T04:30Z",
            expected: ["2026-03-08T05:00:00Z 2026-03-08T00:00:00", "2026-03-08T08:00:00Z 2026-03-08T04:00:00"]),
    ]

    static let others: [Case] = [
        .init(  // Half an hour.
            cron: "15 2 * * *", zone: "Australia/Lord_Howe", from: "2026-10-03T00:00Z",
            expected: ["2026-10-03T15:30:00Z 2026-10-04T02:15:00", "2026-10-04T15:15:00Z 2026-10-05T02:15:00"]),
        .init(
            cron: "45 1 * * *", zone: "Australia/Lord_Howe", overlap: .both, from: "2026-04-04T00:00Z",
            expected: ["2026-04-04T14:45:00Z 2026-04-05T01:45:00", "2026-04-04T15:15:00Z 2026-04-05T01:45:00 fold 1", "2026-04-05T15:15:00Z 2026-04-06T01:45:00"]),
        .init(  // The change is at midnight.
            cron: "0 0 * * *", zone: "Africa/Cairo", from: "2026-04-23T00:00Z",
            expected: ["2026-04-23T22:00:00Z 2026-04-24T00:00:00", "2026-04-24T21:00:00Z 2026-04-25T00:00:00"]),
        .init(
            cron: "30 23 * * *", zone: "Africa/Cairo", overlap: .second, from: "2026-10-29T00:00Z",
            expected: ["2026-10-29T21:30:00Z 2026-10-29T23:30:00 fold 1", "2026-10-30T21:30:00Z 2026-10-30T23:30:00"]),
        .init(
            cron: "0 0 * * 0", zone: "America/Santiago", from: "2026-09-01T00:00Z",
            expected: ["2026-09-06T04:00:00Z 2026-09-06T00:00:00", "2026-09-13T03:00:00Z 2026-09-13T00:00:00"]),
        .init(  // Ramadan.
            cron: "30 2 * * *", zone: "Africa/Casablanca", from: "2026-02-14T12:00Z",
            expected: ["2026-02-15T01:30:00Z 2026-02-15T02:30:00", "2026-02-16T02:30:00Z 2026-02-16T02:30:00"]),
        .init(
            cron: "30 2 * * *", zone: "Africa/Casablanca", from: "2026-03-21T12:00Z",
            expected: ["2026-03-22T02:00:00Z 2026-03-22T02:30:00", "2026-03-23T01:30:00Z 2026-03-23T02:30:00"]),
        .init(  // A day that was not.
            cron: "0 6,18 * * *", zone: "Pacific/Apia", from: "2011-12-29T20:00Z",
            expected: ["2011-12-30T04:00:00Z 2011-12-29T18:00:00", "2011-12-30T10:00:00Z 2011-12-30T06:00:00", "2011-12-30T16:00:00Z 2011-12-31T06:00:00"]),
        .init(
            cron: "0 6 30 12 *", zone: "Pacific/Apia", gap: .skip, from: "2011-12-01T00:00Z",
            expected: ["skipped 2011-12-30T06:00:00", "2012-12-29T16:00:00Z 2012-12-30T06:00:00"]),
        .init(  // Two hours.
            cron: "30 1,2 * * *", zone: "Antarctica/Troll", from: "2026-03-28T12:00Z",
            expected: ["2026-03-29T01:00:00Z 2026-03-29T01:30:00", "2026-03-29T23:30:00Z 2026-03-30T01:30:00", "2026-03-30T00:30:00Z 2026-03-30T02:30:00"]),
        .init(
            cron: "30 1,2 * * *", zone: "Antarctica/Troll", overlap: .both, from: "2026-10-24T12:00Z",
            expected: [
                "2026-10-24T23:30:00Z 2026-10-25T01:30:00", "2026-10-25T00:30:00Z 2026-10-25T02:30:00", "2026-10-25T01:30:00Z 2026-10-25T01:30:00 fold 1",
                "2026-10-25T02:30:00Z 2026-10-25T02:30:00 fold 1",
            ]),
        .init(
            cron: "0 6 * * *", zone: "Asia/Kathmandu", from: "2026-03-08T00:00Z",
            expected: ["2026-03-08T00:15:00Z 2026-03-08T06:00:00", "2026-03-09T00:15:00Z 2026-03-09T06:00:00"]),
        .init(
            cron: "0 6 29 2 *", zone: "Europe/Berlin", from: "2026-01-01T00:00Z",
            expected: ["2028-02-29T05:00:00Z 2028-02-29T06:00:00", "2032-02-29T05:00:00Z 2032-02-29T06:00:00"]),
        .init(
            cron: "30 2 31 * *", zone: "Europe/Berlin", from: "2030-02-01T00:00Z",
            expected: ["2030-03-31T01:00:00Z 2030-03-31T02:30:00", "2030-05-31T00:30:00Z 2030-05-31T02:30:00"]),
        .init(
            cron: "0 6 1 * 1", zone: "Europe/Berlin", from: "2026-03-24T00:00Z",
            expected: ["2026-03-30T04:00:00Z 2026-03-30T06:00:00", "2026-04-01T04:00:00Z 2026-04-01T06:00:00", "2026-04-06T04:00:00Z 2026-04-06T06:00:00"]),
    ]

    @Test(arguments: york + others) func `A schedule is due when it should be`(example: Case) throws {
        let timetable = try Zones.timetable(example.cron, example.zone, gap: example.gap, overlap: example.overlap)
        var found: [String] = []
        var last = at(example.from)
        while found.count < example.expected.count, let occurrence = timetable.next(after: last) {
            found.append(line(occurrence))
            last = occurrence.at
        }
        #expect(found == example.expected)
    }

    @Test(arguments: ["2026-03-08T00:00Z", "2026-11-01T00:00Z"]) func `Quarter hours are four per elapsed hour through both changes`(day: String) throws {
        let found = try Zones.timetable("*/15 * * * *", "America/New_York").firings(after: at(day).adding(milliseconds: -1), count: 200)
        #expect(found.map(\.at) == (0..<200).map { at(day).adding(seconds: $0 * 900) })
    }

    @Test func `Only what is due is counted, and what is skipped stands between`() throws {
        let found = try Zones.timetable("30 2 * * *", "America/New_York", gap: .skip).firings(after: at("2026-03-07T00:00Z"), count: 2)
        #expect(found.map { $0.due == nil } == [false, true, false])
    }

    @Test(arguments: ["0 0 30 2 *", "0 0 31 4 *", "0 0 31 2,4,6,9,11 *"]) func `A time that never comes is never`(cron: String) throws {
        #expect(try Zones.timetable(cron, "America/New_York").next(after: at("2026-01-01T00:00Z")) == nil)
    }

    @Test(arguments: [Int64.min, -62_135_596_800_001, -62_135_596_800_000, 0, 253_402_300_799_000, Int64.max])
    func `The ends of time are no trouble`(milliseconds: Int64) throws {
        let timetable = try Zones.timetable("0 6 * * *", "America/New_York")
        let next = timetable.next(after: Instant(milliseconds: milliseconds))
        #expect((next == nil) == (milliseconds >= 253_402_300_799_000))
        if let next { #expect(next.at.milliseconds > milliseconds) }
    }

    @Test func `The years after the last transition go on by the rule`() throws {
        let found = try Zones.timetable("30 2 * * *", "Europe/Berlin").firings(after: at("2399-03-27T12:00Z"), count: 2)
        #expect(found.map(line) == ["2399-03-28T01:00:00Z 2399-03-28T02:30:00", "2399-03-29T00:30:00Z 2399-03-29T02:30:00"])
    }
}
