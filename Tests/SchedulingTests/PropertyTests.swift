// The next occurrence, checked against a scanner that looks at every minute. ALMANAC_CASES sets the number of cases (3,000 without it).
import Glibc
import Scheduling
import Testing
import Vocabulary

enum PropertyZones {
    static let names = [
        "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Africa/Casablanca", "Pacific/Apia", "Antarctica/Troll",
        "Asia/Kathmandu", "Europe/Berlin", "Europe/Dublin", "America/Nuuk", "Asia/Gaza", "Pacific/Chatham", "America/St_Johns", "Pacific/Kwajalein",
        "Asia/Tehran", "America/Caracas", "Asia/Pyongyang", "Antarctica/Casey", "UTC",
    ]
}

struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    /// SplitMix64 (Steele, Lea and Flood, 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

@Suite struct PropertyTests {
    static let cases = getenv("ALMANAC_CASES").flatMap { Int(String(cString: $0)) } ?? 3000

    @Test func `Nothing is due between, nothing twice, and nothing else, in any zone`() throws {
        var zones: [(name: String, rules: TimeZoneRules, changes: [Instant], offsets: [Int])] = []
        for name in PropertyZones.names {
            let rules = try Zones.rules(name)
            var changes: [Instant] = []
            var instant = at("1989-01-01T00:00Z")
            var offsets: Set = [rules.offset(at: instant)]
            while let change = rules.nextTransition(after: instant), change.at < at("2046-01-01T00:00Z") {
                changes.append(change.at)
                offsets.insert(change.after)
                instant = change.at
            }
            zones.append((name, rules, changes, Array(offsets)))
        }
        for number in 0..<Self.cases {
            var generator = SeededGenerator(seed: UInt64(number))
            let zone = zones[number % zones.count]
            let random = Instant(seconds: Int64.random(in: 631_152_000...2_366_841_600, using: &generator))
            let change = Bool.random(using: &generator) ? zone.changes.randomElement(using: &generator) : nil
            let start = (change ?? random).adding(milliseconds: Int64.random(in: -100_000_000...40_000_000, using: &generator))
            let scanner = Scanner(using: &generator)
            let days = 3
            let cron = try CronExpression(scanner.text)
            let timetable = Timetable(cron: cron, zone: zone.rules, gap: scanner.gap, overlap: scanner.overlap)
            let end = start.adding(seconds: Int64(days) * 86_400)
            let expected = scanner.occurrences(in: zone.rules, offsets: zone.offsets, after: start, until: end)
            var found: [Occurrence] = []
            var last = start
            let began = ContinuousClock.now
            _ = timetable.next(after: start)
            // Taken again before it counts: a busy machine is no reason to fail.
            if ContinuousClock.now - began > .milliseconds(50) {
                let fastest = (0..<5).map { _ in ContinuousClock().measure { _ = timetable.next(after: start) } }.min()
                #expect(try #require(fastest) < .milliseconds(50), "case \(number): \(scanner.text) \(zone.name)")
            }
            while let next = timetable.next(after: last), next.at <= end {
                if next.at <= last { Issue.record("\(next.at) is not later than \(last)") }
                found.append(next)
                last = next.at
            }
            let lines = found.map(line)
            if lines != expected {
                Issue.record("case \(number): \(scanner.text) \(zone.name) \(scanner.gap) \(scanner.overlap) from \(start): \(lines), expected \(expected)")
            }
            // A fresh evaluation for each is the same as one long iteration.
            #expect(timetable.firings(after: start, count: found.count { $0.due != nil }) == found.dropLast(found.reversed().prefix { $0.due == nil }.count))
            // Asking from anywhere between two gives the second.
            if let later = found.randomElement(using: &generator) {
                let before = found.last { $0.at < later.at }?.at ?? start
                let between = Instant(milliseconds: Int64.random(in: before.milliseconds..<later.at.milliseconds, using: &generator))
                #expect(timetable.next(after: between) == later)
            }
        }
    }

    @Test func `A daily job runs once for each local date, in every zone and year`() throws {
        for (index, name) in PropertyZones.names.enumerated() {
            var generator = SeededGenerator(seed: UInt64(index))
            let cron = "\(Int.random(in: 0...59, using: &generator)) \(Int.random(in: 0...3, using: &generator)) * * *"
            let timetable = try Zones.timetable(cron, name)
            var instant = at("1990-01-01T12:00Z")
            var date: Int?
            while instant < at("2045-01-01T12:00Z"), let next = timetable.next(after: instant) {
                if let date, next.nominal.date.daysSinceEpoch != date + 1 { Issue.record("\(name) \(cron): \(next)") }
                date = next.nominal.date.daysSinceEpoch
                instant = next.at
            }
        }
    }

    @Test func `The rarest answer, and never, come within 50 milliseconds`() throws {
        let clock = ContinuousClock()
        for cron in ["0 6 29 2 */7", "0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "59 23 * 2 1#5", "* 0 1 1 *"] {
            for zone in ["America/New_York", "Antarctica/Troll"] {
                let timetable = try Zones.timetable(cron, zone)
                let fastest = (0..<5).map { _ in clock.measure { _ = timetable.next(after: at("2061-01-01T00:00Z")) } }.min()
                #expect(try #require(fastest) < .milliseconds(50), "\(cron) \(zone)")
            }
        }
    }
}
