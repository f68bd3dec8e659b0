// What is due of one schedule, and what its policies make of it.
package import Recording
package import Scheduling
package import Vocabulary

/// A due time with what is to become of it.
package struct DueTime: Sendable, Hashable {
    package let occurrence: Occurrence
    package let state: OccurrenceState
    /// Why it is not launched, as the record says it.
    package let reason: String?
    /// Whether it is one of several that are made up for: those do not skip each other.
    package let isMadeUp: Bool
}

/// The due times of one schedule that have come, oldest first, as far as one look takes them.
package struct Backlog: Sendable {
    /// What the policies need to know beside the timetable.
    package struct Policy: Sendable {
        package let missed: ScheduleDefinition.Missed
        package let limit: Int
        /// The schedule's delay, in milliseconds: it acts this long after each due time.
        package var delay: Int64
        package let isPaused: Bool
        /// Acts that fall into this time happened while the job was paused.
        package let pause: Range<Instant>?

        package init(missed: ScheduleDefinition.Missed, limit: Int, delay: Int64, isPaused: Bool, pause: Range<Instant>?) {
            self.missed = missed
            self.limit = limit
            self.delay = delay
            self.isPaused = isPaused
            self.pause = pause
        }
    }

    /// A due time that is acted on this late, in milliseconds, was not missed: the machine was busy.
    package static let grace: Int64 = 60_000
    /// Most due times of one schedule in one look; the rest follows in the next.
    package static let most = 100

    package private(set) var due: [DueTime] = []
    /// When the next one after these is acted on; nil = never.
    package private(set) var next: Instant?
    /// The first due time that runs, kept for the next look while there are more than this one takes.
    package private(set) var runsFrom: Instant?

    /// What lies after `cursor` and is to be acted on until `now`; `runsFrom` comes from the look before when there was more than it took.
    package init(_ timetable: Timetable, after cursor: Instant, until now: Instant, policy: Policy, runsFrom known: Instant? = nil) {
        let until = now.adding(milliseconds: -policy.delay)
        var found: [Occurrence] = []
        var position = cursor
        var ahead: Occurrence?
        while let occurrence = timetable.next(after: position) {
            guard occurrence.at <= until, found.count < Backlog.most else {
                ahead = occurrence
                break
            }
            found.append(occurrence)
            position = occurrence.at
        }
        next = ahead.map { $0.at.adding(milliseconds: policy.delay) }
        let hasMore = ahead.map { $0.at <= until } ?? false
        let from = known ?? Backlog.first(found, hasMore ? (timetable, until) : nil, policy, at: now)
        runsFrom = hasMore ? from : nil
        let isOne = known == nil && !hasMore && found.count == 1
        due = found.map { occurrence in
            let isPaused = Backlog.isPaused(occurrence, policy)
            let state: OccurrenceState = occurrence.due == nil || isPaused ? .skipped : occurrence.at >= from ? .launched : .missed
            let reason: String? = state == .launched ? nil : state == .missed ? "missed" : occurrence.due == nil ? "gap" : "paused"
            let isLate = now - occurrence.at - policy.delay > Backlog.grace
            return DueTime(occurrence: occurrence, state: state, reason: reason, isMadeUp: policy.missed == .all && (isLate || !isOne))
        }
    }

    /// The first due time that runs: of all that have come, as many of the latest as the policy says.
    private static func first(_ found: [Occurrence], _ rest: (timetable: Timetable, until: Instant)?, _ policy: Policy, at now: Instant) -> Instant {
        let count = policy.missed == .all ? policy.limit : 1
        func counts(_ occurrence: Occurrence) -> Bool { occurrence.due != nil && !isPaused(occurrence, policy) }
        var latest = found.filter(counts).suffix(count).map(\.at)
        if let rest, var position = found.last?.at {
            while let occurrence = rest.timetable.next(after: position), occurrence.at <= rest.until {
                position = occurrence.at
                if counts(occurrence) { latest.append(occurrence.at) }
                if latest.count >= count * 2 + Backlog.most { latest.removeFirst(latest.count - count) }
            }
        }
        guard let first = latest.suffix(count).first else { return Instant(milliseconds: .max) }
        let isLate = now - first - policy.delay > grace
        return policy.missed == .none && isLate ? first.adding(milliseconds: 1) : first
    }

    private static func isPaused(_ occurrence: Occurrence, _ policy: Policy) -> Bool {
        policy.isPaused || policy.pause?.contains(occurrence.at.adding(milliseconds: policy.delay)) ?? false
    }
}
