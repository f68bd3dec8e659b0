// A second reading of engine.md's rules that looks at every minute: slow, simple, and used to check the quick one.
import Scheduling
import Vocabulary

/// A random expression as sets of values, its text, and its policies.
struct Scanner {
    var text = ""
    let gap: ScheduleDefinition.Gap
    let overlap: ScheduleDefinition.Overlap
    /// For each field and value whether it is selected: sets would be too slow for every minute.
    private var values: [[Bool]] = []
    private var isStar: [Bool] = []
    private var isWild = false

    init(using generator: inout some RandomNumberGenerator) {
        gap = .allCases.randomElement(using: &generator) ?? .skip
        overlap = .allCases.randomElement(using: &generator) ?? .both
        for (index, range) in [0...59, 0...23, 1...31, 1...12, 0...7].enumerated() {
            // Days and months are mostly free, so that something happens within a few days.
            let isFree = index >= 2 && Int.random(in: 0..<10, using: &generator) < 6
            let (text, set, star, wild) = Scanner.field(range, free: isFree, using: &generator)
            self.text += (index == 0 ? "" : " ") + text
            let selected = index == 4 ? Set(set.map { $0 % 7 }) : set
            values.append((0..<60).map(selected.contains))
            isStar.append(star)
            if index == 1 { isWild = wild }
        }
    }

    private static func field(
        _ range: ClosedRange<Int>, free: Bool, using generator: inout some RandomNumberGenerator
    ) -> (text: String, values: Set<Int>, isStar: Bool, isWild: Bool) {
        if free { return ("*", Set(range), true, true) }
        var texts: [String] = []
        var values: Set<Int> = []
        var isWild = false
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let ends = [Int.random(in: range, using: &generator), Int.random(in: range, using: &generator)].sorted()
            let step = Int.random(in: 1...20, using: &generator)
            switch Int.random(in: 0..<12, using: &generator) {
            case 0..<6:
                texts.append("\(ends[0])")
                values.insert(ends[0])
            case 6..<9:
                texts.append("\(ends[0])-\(ends[1])")
                values.formUnion(ends[0]...ends[1])
            case 9:
                texts.append("\(ends[0])-\(ends[1])/\(step)")
                values.formUnion(stride(from: ends[0], through: ends[1], by: step))
                isWild = true
            case 10:
                texts.append("*/\(step)")
                values.formUnion(stride(from: range.lowerBound, through: range.upperBound == 7 ? 6 : range.upperBound, by: step))
                isWild = true
            default:
                texts.append("*")
                values.formUnion(range)
                isWild = true
            }
        }
        return (texts.joined(separator: ","), values, texts[0].hasPrefix("*"), isWild)
    }

    private func matches(_ time: LocalTime) -> Bool {
        guard values[3][time.date.month] else { return false }
        let byDay = values[2][time.date.day]
        let byWeekday = values[4][time.date.weekday]
        return isStar[2] || isStar[4] ? byDay && byWeekday : byDay || byWeekday
    }

    /// Every occurrence after `start` and until `end`, as lines; `offsets` are all that the zone's clocks ever had.
    func occurrences(in zone: TimeZoneRules, offsets: [Int], after start: Instant, until end: Instant) -> [String] {
        var found: [(at: Instant, line: String)] = []
        var pending: [Instant: (nominal: LocalTime, due: Instant)] = [:]
        let first = (start.seconds / 60 - 2 * 1440) * 60
        for local in stride(from: first, through: end.seconds + 2 * 86_400, by: 60) {
            guard values[0][Int(local / 60 % 60)], values[1][Int(local / 3600 % 24)] else { continue }
            let nominal = LocalTime(secondsAsUTC: local)
            guard matches(nominal) else { continue }
            // Larger offsets are earlier.
            var instants: [Instant] = []
            for offset in offsets.sorted(by: >) {
                let instant = Instant(seconds: local - Int64(offset))
                if zone.offset(at: instant) == offset { instants.append(instant) }
            }
            if instants.isEmpty {
                guard !isWild else { continue }
                let after = Scanner.endOfGap(swallowing: local, in: zone)
                if gap == .skip {
                    let at = after.adding(milliseconds: -1)
                    if pending[at] == nil {
                        pending[at] = (nominal, after)
                        found.append((at, "skipped \(nominal)"))
                    }
                } else if pending[after] == nil {
                    pending[after] = (nominal, after)
                    found.append((after, "\(after) \(nominal)"))
                }
                continue
            }
            for (fold, instant) in instants.enumerated() where pending[instant] == nil {
                let isChosen = isWild || overlap == .both || (overlap == .first ? fold == 0 : fold == instants.count - 1)
                if isChosen { found.append((instant, "\(instant) \(nominal)" + (fold == 0 ? "" : " fold \(fold)"))) }
            }
        }
        return found.filter { $0.at > start && $0.at <= end }.sorted { $0.at < $1.at }.map(\.line)
    }

    /// The first instant whose clock shows more than a time that no clock shows, minute by minute.
    private static func endOfGap(swallowing local: Int64, in zone: TimeZoneRules) -> Instant {
        var instant = Instant(seconds: local - 15 * 3600)
        while LocalTime(instant, offset: zone.offset(at: instant)).secondsAsUTC < local { instant = instant.adding(seconds: 60) }
        return instant
    }
}
