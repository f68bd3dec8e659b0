// The time axis of the schedule page: days side by side, and a lane of marks for each job.
import Markup
import Recording
import Scheduling
import Vocabulary

/// A day of the axis.
struct AxisDay: TemplateModel, Hashable {
    let weekday: String
    let number: String
    /// Per cent of the axis: where the day begins, and its middle.
    let left: String
    let middle: String
    let isToday: Bool
    let isChanging: Bool

    static let table = FieldTable<AxisDay>(
        .text("weekday") { $0.weekday },
        .text("number") { $0.number },
        .text("left") { $0.left },
        .text("middle") { $0.middle },
        .flag("isToday") { $0.isToday },
        .flag("isChanging") { $0.isChanging })
}

/// The days of the page in one zone, and where an instant stands among them.
struct ScheduleAxis: Sendable {
    let zone: String?
    let zoneWords: String
    /// The midnights, one more than there are days.
    let starts: [Instant]
    private let clock: PageClock
    /// Days before and after today.
    static let reach = 7

    /// - Parameter zone: the zone of the reports when the site has none.
    init(zone: String?, clock: PageClock) {
        self.clock = clock
        self.zone = zone
        let (today, words) = clock.local(clock.now, zone: zone)
        zoneWords = words
        let name = [clock.siteZone, zone].compactMap { $0 }.first { clock.zones.rules($0) != nil }
        let rules = name.flatMap { clock.zones.rules($0) }
        starts = (-Self.reach...Self.reach + 1).map { day in
            let midnight = LocalTime(date: LocalDate(daysSinceEpoch: today.date.daysSinceEpoch + day), hour: 0, minute: 0)
            guard let rules else { return Instant(seconds: midnight.secondsAsUTC) }
            // Where clocks jump over midnight, the day begins with the first instant after.
            return rules.instants(of: midnight).first ?? Instant(seconds: midnight.secondsAsUTC - Int64(rules.offset(at: Instant(seconds: midnight.secondsAsUTC))))
        }
    }

    var first: Instant { starts[0] }
    var end: Instant { starts[starts.count - 1] }

    /// Where an instant stands, in per cent with one place after the point; a day with 25 hours is a little wider.
    func place(_ instant: Instant) -> String {
        let tenths = (min(max(instant - first, 0), end - first) * 1000 + (end - first) / 2) / (end - first)
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    func days(changing: Set<LocalDate>) -> [AxisDay] {
        zip(starts, starts.dropFirst()).enumerated().map { index, day in
            let date = clock.local(day.0, zone: zone).0.date
            return AxisDay(
                weekday: String(DateText.longDay(date).prefix(3)), number: "\(date.day)", left: place(day.0),
                middle: place(day.0.adding(milliseconds: (day.1 - day.0) / 2)), isToday: index == Self.reach, isChanging: changing.contains(date))
        }
    }
}

/// A job on the time axis.
struct LaneRow: TemplateModel {
    let title: String
    let address: String
    let isPaused: Bool
    /// What the marks say, in a sentence.
    let alternative: String
    let marks: SafeHTML

    static let table = FieldTable<LaneRow>(
        .text("title") { $0.title },
        .text("address") { $0.address },
        .flag("isPaused") { $0.isPaused },
        .text("alternative") { $0.alternative },
        .html("marks") { $0.marks })

    /// Most marks of a lane; with more, each day is one bar in the colour of the worst.
    private static let mostMarks = 45

    init(_ entries: LaneEntries, axis: ScheduleAxis) {
        title = entries.lane.definition.title
        address = "/schedule?job=\(entries.lane.jobName)"
        isPaused = entries.lane.paused
        let all = entries.past.reversed() + entries.coming
        alternative = title + ": " + Self.sentence(entries)
        // Numbers and fixed words only: nothing that somebody wrote.
        marks = SafeHTML(trusted: all.count > Self.mostMarks ? Self.bars(all, axis) : all.map { entry in
            "<use href=\"#mark-\(entry.tone.rawValue)\" class=\"mark mark-\(entry.tone.rawValue)\" x=\"\(axis.place(entry.at))%\" y=\"15\"/>"
        }.joined())
    }

    private static func bars(_ entries: [ScheduleEntry], _ axis: ScheduleAxis) -> String {
        zip(axis.starts, axis.starts.dropFirst()).map { start, end in
            let day = entries.filter { $0.at >= start && $0.at < end }
            guard let worst = worst(day), let first = day.first, let last = day.last else { return "" }
            let (left, right) = (axis.place(first.at), axis.place(last.at))
            let width = max((Double(right) ?? 0) - (Double(left) ?? 0), 0.8)
            return "<rect class=\"many mark-\(worst.rawValue)\" x=\"\(left)%\" y=\"10\" width=\"\(NumberText.measure(width, significant: 3))%\" height=\"10\" rx=\"3\"/>"
        }.joined()
    }

    /// The tone that wants attention most.
    static func worst(_ entries: [ScheduleEntry]) -> ScheduleEntry.Tone? {
        ScheduleEntry.Tone.allCases.first { tone in entries.contains { $0.tone == tone } }
    }

    /// `in the last seven days 6 succeeded, 1 skipped; 7 to come.`
    private static func sentence(_ entries: LaneEntries) -> String {
        let past = counted(entries.past)
        let coming = entries.coming.filter { $0.tone == .coming }.count
        let ahead = entries.lane.paused ? "paused" : coming == 0 ? "nothing to come" : "\(coming) to come"
        return (past.isEmpty ? "nothing in the last seven days" : "in the last seven days \(past)") + "; \(ahead)."
    }

    /// `6 succeeded, 1 skipped`.
    static func counted(_ entries: [ScheduleEntry]) -> String {
        ScheduleEntry.Tone.allCases.reversed().compactMap { tone in
            let count = entries.count { $0.tone == tone }
            return count == 0 ? nil : "\(count) \(tone.rawValue)"
        }.joined(separator: ", ")
    }
}
