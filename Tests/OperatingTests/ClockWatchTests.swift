// When the machine's clock is believed: a table of what both clocks show.
import Operating
import Testing
import Vocabulary

@Suite struct `The watch over the clock` {
    private static let start = Instant(seconds: 1_772_431_200)
    private static let (hour, day, year): (Int64, Int64, Int64) = (3_600_000, 86_400_000, 365 * 86_400_000)

    struct Case: Sendable {
        let name: String
        /// Milliseconds of the wall clock after the trusted instant, and of the steady clock, at each observation.
        let shown: [(wall: Int64, steady: Int64)]
        var trusted: Int64? = 0
        let jumps: [Int64?]
        let problems: [Bool]
    }

    static let cases: [Case] = [
        Case(name: "a first start", shown: [(0, 0)], trusted: nil, jumps: [nil], problems: [false]),
        Case(name: "an hour later", shown: [(0, 0), (hour, hour)], jumps: [nil, nil], problems: [false, false]),
        Case(name: "a clock that drifts", shown: [(0, 0), (30_500, 30_000), (62_000, 60_000)], jumps: [nil, nil, nil], problems: [false, false, false]),
        Case(name: "exactly the tolerance", shown: [(0, 0), (32_000, 30_000)], jumps: [nil, nil], problems: [false, false]),
        Case(name: "a jump forward", shown: [(0, 0), (32_001, 30_000)], jumps: [nil, 2001], problems: [false, false]),
        Case(name: "an hour back", shown: [(0, 0), (30_000 - hour, 30_000), (60_000 - hour, 60_000)], jumps: [nil, -hour, nil], problems: [false, false, false]),
        Case(name: "two days back, and right again", shown: [(0, 0), (-2 * day, 10), (20, 20)], jumps: [nil, -2 * day - 10, 2 * day + 10], problems: [false, true, false]),
        Case(name: "two years ahead, and right again", shown: [(0, 0), (2 * year, 10), (2 * year + 10, 20), (30, 30)], jumps: [nil, 2 * year - 10, nil, -2 * year + 10],
            problems: [false, true, true, false]),
        Case(name: "ahead by less than a year", shown: [(0, 0), (year, 10), (year + 10, 20)], jumps: [nil, year - 10, nil], problems: [false, false, false]),
        Case(name: "a start half a year after the last", shown: [(year / 2, 5)], jumps: [nil], problems: [false]),
        Case(name: "a start two years after the last", shown: [(2 * year, 5)], jumps: [nil], problems: [true]),
        Case(name: "a start before the last", shown: [(-2 * day, 5)], jumps: [nil], problems: [true]),
        Case(name: "a start a little before the last", shown: [(-hour, 5)], jumps: [nil], problems: [false]),
        Case(name: "a clock that was never set", shown: [(-year, 0)], trusted: nil, jumps: [nil], problems: [true]),
    ]

    @Test(arguments: cases) func `believes what can be`(example: Case) {
        var watch = ClockWatch(trusted: example.trusted.map { Self.start.adding(milliseconds: $0) })
        let findings = example.shown.map { shown in
            watch.observe(wall: Self.start.adding(milliseconds: shown.wall), steady: Instant(milliseconds: 1_000_000 + shown.steady))
        }
        #expect(findings.map(\.jump) == example.jumps, "\(example.name)")
        #expect(findings.map { $0.problem != nil } == example.problems, "\(example.name)")
    }

    @Test func `says what it saw and what to do`() {
        var watch = ClockWatch(trusted: Self.start)
        let finding = watch.observe(wall: Self.start.adding(milliseconds: -3 * Self.day), steady: Instant(milliseconds: 5))
        #expect(finding.problem == "the clock of this machine shows 2026-02-27T06:00:00Z, 3d before the last look at the schedules, 2026-03-02T06:00:00Z; "
            + "no schedule fires until it is set right, or `almanac resume JOB`, of any job, says that it is right")
    }

    @Test func `believes a clock that a person confirms`() {
        var watch = ClockWatch(trusted: Self.start)
        let later = Self.start.adding(milliseconds: 3 * Self.year)
        #expect(watch.observe(wall: later, steady: Instant(milliseconds: 5)).problem != nil)
        watch.confirm(later.adding(milliseconds: 5))
        #expect(watch.observe(wall: later.adding(milliseconds: 10), steady: Instant(milliseconds: 15)).problem == nil)
    }
}
