// When a schedule is due: a cron expression in a time zone, with what happens where the clocks change.
package import Vocabulary

/// A cron expression in a time zone, with the policies for the changes of its clocks. Pure: the same question has the same answer for ever.
package struct Timetable: Sendable {
    private let cron: CronExpression
    private let zone: TimeZoneRules
    private let gap: ScheduleDefinition.Gap
    private let overlap: ScheduleDefinition.Overlap

    package init(
        cron: CronExpression, zone: TimeZoneRules, gap: ScheduleDefinition.Gap = .runAfter, overlap: ScheduleDefinition.Overlap = .first
    ) {
        self.cron = cron
        self.zone = zone
        self.gap = gap
        self.overlap = overlap
    }

    /// The years 1 to 9999, in seconds since the epoch: what a date of four digits can say.
    private static let years: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// The next occurrence strictly after an instant, due or skipped, or nil when there is none (30 February) before the year 10000.
    ///
    /// The time line is a row of stretches with one offset each. Within one, the expression's next local time is found field by field; between two, the
    /// policy for gaps speaks, and local times that come twice are counted where they are met.
    package func next(after: Instant) -> Occurrence? {
        let start = after.seconds
        guard start < Timetable.years.upperBound else { return nil }
        var from = max(start + 1, Timetable.years.lowerBound)
        var stretch = zone.stretch(at: max(start, Timetable.years.lowerBound))
        while let local = cron.next(atOrAfter: from + Int64(stretch.offset)) {
            let second = local - Int64(stretch.offset)
            guard second <= Timetable.years.upperBound else { return nil }
            if second < stretch.end {
                if let occurrence = occurrence(at: second, local: local, offset: stretch.offset) { return occurrence }
                from = second + 1
                continue
            }
            if let far = cron.next(atOrAfter: stretch.end - TimeZoneRules.largestOffset), far - TimeZoneRules.largestOffset > stretch.end {
                // No clock of any offset shows a matching time until then, so nothing is lost by not walking there.
                from = far - TimeZoneRules.largestOffset - 1
                stretch = zone.stretch(at: from)
                continue
            }
            let next = zone.stretch(at: stretch.end)
            if !cron.hasWildHours, let swallowed = occurrence(inGapAt: stretch.end, before: stretch.offset, after: next.offset), swallowed.at > after {
                return swallowed
            }
            from = stretch.end
            stretch = next
        }
        return nil
    }

    /// The next `count` occurrences that are due, and between them those that the policy skips; fewer where there are no more.
    package func firings(after: Instant, count: Int) -> [Occurrence] {
        var found: [Occurrence] = []
        var due = 0
        var last = after
        while due < count, let occurrence = next(after: last) {
            found.append(occurrence)
            if occurrence.due != nil { due += 1 }
            last = occurrence.at
        }
        return found
    }

    /// The occurrence at a second whose clock shows a matching time, unless it is the one of two that the policy leaves out.
    private func occurrence(at second: Int64, local: Int64, offset: Int) -> Occurrence? {
        let seconds = zone.seconds(of: local)
        let fold = second == seconds.first ? 0 : 1
        if !cron.hasWildHours {
            switch overlap {
            case .first where second != seconds.first, .second where second != seconds.last: return nil
            default: break
            }
        }
        return Occurrence(
            at: Instant(seconds: second), due: Instant(seconds: second), nominal: LocalTime(secondsAsUTC: local), fold: fold, offset: offset,
            note: seconds.count > 1 ? Notes.overlap(nominal: local, fold: fold) : nil)
    }

    /// What becomes of the matching times that clocks jump over at a second, or nil when there are none.
    private func occurrence(inGapAt second: Int64, before: Int, after: Int) -> Occurrence? {
        let resumed = second + Int64(after)
        var missing: (first: Int64, last: Int64)?
        var from = second + Int64(before)
        while let local = cron.next(atOrAfter: from), local < resumed {
            // Another change close by may have shown this time after all.
            if zone.seconds(of: local).isEmpty { missing = (missing?.first ?? local, local) }
            from = local + 1
        }
        guard let missing else { return nil }
        let isSkipped = gap == .skip
        return Occurrence(
            at: isSkipped ? Instant(seconds: second).adding(milliseconds: -1) : Instant(seconds: second),
            due: isSkipped ? nil : Instant(seconds: second), nominal: LocalTime(secondsAsUTC: missing.first), fold: 0, offset: after,
            note: Notes.gap(nominal: missing.first, last: missing.last, resumed: resumed, isSkipped: isSkipped))
    }
}
