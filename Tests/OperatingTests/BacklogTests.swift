// What the policies make of due times that have come: a table.
import Operating
import Recording
import Rendering
import Scheduling
import Testing
import Vocabulary

@Suite struct `The backlog of a schedule` {
    struct Case: Sendable {
        var cron = "0 * * * *"
        var missed = ScheduleDefinition.Missed.latest
        var limit = 100
        var delay: Int64 = 0
        var isPaused = false
        var pause: (from: String, until: String)?
        var after = "06:00"
        let until: String
        /// The hour and minute of each due time with its first letter: launched, missed, skipped.
        let expected: String
        var isMadeUp = false
    }

    static func at(_ time: String) -> Instant { Instant(rfc3339: "2026-03-02T\(time.count == 5 ? time + ":00" : time)Z") ?? Instant(milliseconds: 0) }

    static let cases: [Case] = [
        Case(until: "06:59:59", expected: ""),
        Case(until: "07:00", expected: "07:00l"),
        Case(until: "09:30", expected: "07:00m 08:00m 09:00l"),
        Case(missed: .none, until: "09:01", expected: "07:00m 08:00m 09:00l"),
        Case(missed: .none, until: "09:01:01", expected: "07:00m 08:00m 09:00m"),
        Case(missed: .all, until: "09:30", expected: "07:00l 08:00l 09:00l", isMadeUp: true),
        Case(missed: .all, limit: 2, until: "09:30", expected: "07:00m 08:00l 09:00l", isMadeUp: true),
        Case(missed: .all, until: "07:00:30", expected: "07:00l"),
        Case(missed: .all, until: "07:02", expected: "07:00l", isMadeUp: true),
        Case(delay: 600_000, until: "07:09:59", expected: ""),
        Case(delay: 600_000, until: "07:10", expected: "07:00l"),
        Case(missed: .none, delay: 600_000, until: "07:10:30", expected: "07:00l"),
        Case(delay: 5_400_000, until: "08:30", expected: "07:00l"),
        Case(isPaused: true, until: "08:30", expected: "07:00s 08:00s"),
        Case(pause: ("07:30", "08:30"), until: "09:30", expected: "07:00m 08:00s 09:00l"),
        Case(pause: ("07:30", "08:30"), until: "08:45", expected: "07:00l 08:00s"),
        Case(delay: 600_000, pause: ("07:05", "07:20"), until: "07:30", expected: "07:00s"),
    ]

    @Test(arguments: cases) func `is what its policies say`(example: Case) throws {
        let rules = try #require(Zones().rules("UTC"))
        let timetable = Timetable(cron: try CronExpression(example.cron), zone: rules)
        let policy = Backlog.Policy(
            missed: example.missed, limit: example.limit, delay: example.delay, isPaused: example.isPaused,
            pause: example.pause.map { Self.at($0.from)..<Self.at($0.until) })
        let backlog = Backlog(timetable, after: Self.at(example.after), until: Self.at(example.until), policy: policy)
        let told = backlog.due.map { "\($0.occurrence.nominal.description.dropFirst(11).prefix(5))\($0.state.rawValue.prefix(1))" }
        #expect(told.joined(separator: " ") == example.expected)
        #expect(backlog.due.contains(where: \.isMadeUp) == example.isMadeUp)
        #expect(backlog.next.map { $0 > Self.at(example.until) } == true)
        #expect(backlog.runsFrom == nil)
    }

    @Test(arguments: [(99, 1), (100, 1), (101, 1), (1500, 1), (1500, 7), (1500, 1000)])
    func `that is longer than a look is the same in pieces`(minutes: Int, limit: Int) throws {
        let timetable = Timetable(cron: try CronExpression("* * * * *"), zone: try #require(Zones().rules("UTC")))
        let policy = Backlog.Policy(missed: .all, limit: limit, delay: 0, isPaused: false, pause: nil)
        let begin = Self.at("00:00")
        let now = begin.adding(seconds: Int64(minutes) * 60)
        var states: [OccurrenceState] = []
        var (cursor, runsFrom): (Instant, Instant?) = (begin, nil)
        while true {
            let backlog = Backlog(timetable, after: cursor, until: now, policy: policy, runsFrom: runsFrom)
            #expect(backlog.due.count <= Backlog.most)
            states += backlog.due.map(\.state)
            runsFrom = backlog.runsFrom
            cursor = try #require(backlog.due.last).occurrence.at
            if let next = backlog.next, next > now { break }
        }
        #expect(states.count == minutes)
        #expect(states.firstIndex(of: .launched) == max(0, minutes - limit))
        #expect(states.count { $0 == .launched } == min(minutes, limit))
    }

    @Test func `of a skipped local time is a skip with the reason, and does not count as the latest`() throws {
        let timetable = Timetable(cron: try CronExpression("30 2 * * *"), zone: try #require(Zones().rules("America/New_York")), gap: .skip)
        let policy = Backlog.Policy(missed: .latest, limit: 1, delay: 0, isPaused: false, pause: nil)
        let after = try #require(Instant(rfc3339: "2026-03-06T12:00:00Z"))
        let backlog = Backlog(timetable, after: after, until: try #require(Instant(rfc3339: "2026-03-08T12:00:00Z")), policy: policy)
        #expect(backlog.due.map(\.state) == [.launched, .skipped])
        #expect(backlog.due.map(\.reason) == [nil, "gap"])
    }
}
