// What cron expressions select.
import Scheduling
import Testing
import Vocabulary

@Suite struct CronExpressionTests {
    /// Each with the first times after the start of 2026 (a Thursday), in UTC.
    static let cases: [(String, [String])] = [
        ("* * * * *", ["2026-01-01T00:01", "2026-01-01T00:02"]),
        ("*/15 * * * *", ["2026-01-01T00:15", "2026-01-01T00:30", "2026-01-01T00:45", "2026-01-01T01:00"]),
        ("5-10/2 3 * * *", ["2026-01-01T03:05", "2026-01-01T03:07", "2026-01-01T03:09", "2026-01-02T03:05"]),
        ("0 6 1 * *", ["2026-01-01T06:00", "2026-02-01T06:00"]),
        ("0 6 31 * *", ["2026-01-31T06:00", "2026-03-31T06:00", "2026-05-31T06:00", "2026-07-31T06:00", "2026-08-31T06:00"]),
        ("0 6 29 2 *", ["2028-02-29T06:00", "2032-02-29T06:00"]),
        ("0 6 L * *", ["2026-01-31T06:00", "2026-02-28T06:00", "2026-03-31T06:00", "2026-04-30T06:00"]),
        ("0 6 15,l 2 *", ["2026-02-15T06:00", "2026-02-28T06:00", "2027-02-15T06:00"]),
        ("0 6 * * 0", ["2026-01-04T06:00", "2026-01-11T06:00"]),
        ("0 6 * * 7", ["2026-01-04T06:00", "2026-01-11T06:00"]),
        ("0 6 * * 5-7", ["2026-01-02T06:00", "2026-01-03T06:00", "2026-01-04T06:00", "2026-01-09T06:00"]),
        ("0 6 * * mon-FRI", ["2026-01-01T06:00", "2026-01-02T06:00", "2026-01-05T06:00"]),
        ("0 6 1 jan,Jul *", ["2026-01-01T06:00", "2026-07-01T06:00", "2027-01-01T06:00"]),
        // Either day field, when both are restricted.
        ("0 6 13 * 5", ["2026-01-02T06:00", "2026-01-09T06:00", "2026-01-13T06:00", "2026-01-16T06:00"]),
        // Both, when one begins with an asterisk.
        ("0 6 */2 * 5", ["2026-01-09T06:00", "2026-01-23T06:00", "2026-02-13T06:00"]),
        ("0 6 13 * */5", ["2026-02-13T06:00", "2026-03-13T06:00", "2026-09-13T06:00"]),
        ("0 6 * * 1#2", ["2026-01-12T06:00", "2026-02-09T06:00"]),
        ("0 6 * * mon#5", ["2026-03-30T06:00", "2026-06-29T06:00"]),
        ("0 6 * * 5L", ["2026-01-30T06:00", "2026-02-27T06:00"]),
        ("0 6 * * sunL,3#1", ["2026-01-07T06:00", "2026-01-25T06:00", "2026-02-04T06:00"]),
        ("0 6 10 * 5L", ["2026-01-10T06:00", "2026-01-30T06:00", "2026-02-10T06:00"]),
        ("0 6 29 2 */7", ["2032-02-29T06:00", "2060-02-29T06:00"]),
        ("@hourly", ["2026-01-01T01:00", "2026-01-01T02:00"]),
        ("@daily", ["2026-01-02T00:00", "2026-01-03T00:00"]),
        ("@weekly", ["2026-01-04T00:00"]),
        ("@monthly", ["2026-02-01T00:00"]),
        ("@quarterly", ["2026-04-01T00:00", "2026-07-01T00:00", "2026-10-01T00:00", "2027-01-01T00:00"]),
        ("@YEARLY", ["2027-01-01T00:00"]),
        ("  0\t6  1 * * ", ["2026-01-01T06:00"]),
        ("59 23 31 12 *", ["2026-12-31T23:59"]),
        ("0 0 30 2 *", []),
        ("0 0 31 2,4,6,9,11 *", []),
    ]

    @Test(arguments: cases) func `An expression selects its minutes`(text: String, expected: [String]) throws {
        let timetable = try Zones.timetable(text, "UTC")
        let found = timetable.firings(after: at("2026-01-01T00:00Z"), count: max(1, expected.count))
        #expect(found.map { String($0.nominal.description.dropLast(3)) } == expected)
    }

    @Test(arguments: [
        ("0 6 * * *", false), ("0 6,7-9 * * *", false), ("0 * * * *", true), ("0 */6 * * *", true), ("0 6-12/2 * * *", true), ("0 1,*/6 * * *", true),
        ("@hourly", true), ("@daily", false),
    ]) func `Hours are fixed unless the hour field holds an asterisk or a step`(text: String, isWild: Bool) throws {
        #expect(try CronExpression(text).hasWildHours == isWild)
    }

    @Test func `The description is five fields`() throws {
        #expect(try CronExpression(" 0  6 * * 1-5").description == "0 6 * * 1-5")
        #expect(try CronExpression("@quarterly").description == "0 0 1 1,4,7,10 *")
    }
}
