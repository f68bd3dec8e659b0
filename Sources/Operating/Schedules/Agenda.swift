// The schedules in force as the scheduler keeps them between two looks: when each is to be acted on next.
import Recording
import Rendering
import Scheduling
package import Vocabulary

/// Every schedule in force with its next time, in memory. It is made from the record, and made again when it is lost: it decides nothing alone.
package struct Agenda: Sendable {
    /// One schedule and where it stands.
    struct Entry: Sendable {
        let schedule: ScheduleRecord
        let policy: Backlog.Policy
        /// nil when its zone or its expression cannot be read on this machine.
        var timetable: Timetable?
        /// The last occurrence that was recorded, or when the schedule began.
        var cursor: Instant
        /// When to act on it next; `.never` = not before something changes.
        var next: Instant
        var runsFrom: Instant?
    }

    struct Key: Hashable {
        let job: JobID
        let name: String
    }

    static let never = Instant(milliseconds: .max)

    /// The epoch of the record that the entries show; nil before the first reading.
    private(set) var epoch: Int64?
    private(set) var entries: [Entry] = []
    /// The zones of the entries, with the mark of the file that was read, or nil when there was none to read.
    private var zones: [String: [Int64]?] = [:]
    /// When the first reading was: what was due before it was not looked at in time.
    package private(set) var beganAt: Instant?
    /// Schedules that cannot be read on this machine, since the last question: said once.
    private(set) var unreadable: [ScheduleRecord] = []

    package init() {}

    /// How many schedules there are.
    package var count: Int { entries.count }
    /// When the next of them is to be acted on, or nil.
    package var next: Instant? { entries.lazy.map(\.next).min().flatMap { $0 == Agenda.never ? nil : $0 } }

    /// The positions of the entries that are to be acted on, those that came last first: what is on time goes before what is made up for.
    func ready(at now: Instant) -> [Int] {
        entries.indices.filter { entries[$0].next <= now }.sorted { entries[$0].next > entries[$1].next }
    }

    /// Takes what changed in the record: the entries of changed jobs are replaced, all others stay as they are.
    mutating func take(_ changes: ScheduleChanges, zones source: Zones, at now: Instant) {
        if beganAt == nil { beganAt = now }
        guard epoch != changes.epoch else { return }
        epoch = changes.epoch
        entries.removeAll { changes.jobs.contains($0.schedule.jobID) }
        entries.append(contentsOf: changes.schedules.map { entry($0, source) })
    }

    /// Reads zones again whose files changed since; a zone that is gone stops its schedules, one that is back starts them.
    mutating func refresh(_ source: Zones) {
        let changed = zones.filter { name, stamp in source.reading(name)?.stamp != stamp }.map(\.key)
        guard !changed.isEmpty else { return }
        for name in changed { zones[name] = nil }
        for index in entries.indices where changed.contains(entries[index].schedule.definition.timezone) {
            var entry = entry(entries[index].schedule, source)
            entry.cursor = entries[index].cursor
            entry.next = entry.timetable.map { Agenda.next($0, after: entry.cursor, entry.policy) } ?? Agenda.never
            entries[index] = entry
        }
    }

    /// Leaves the schedules of one job, each without its delay: for what has to be settled before they change.
    mutating func keepOnly(_ job: JobID) {
        entries = entries.filter { $0.schedule.jobID == job }.map { entry in
            var policy = entry.policy
            policy.delay = 0
            return Entry(
                schedule: entry.schedule, policy: policy, timetable: entry.timetable, cursor: entry.cursor,
                next: entry.timetable.map { Agenda.next($0, after: entry.cursor, policy) } ?? Agenda.never)
        }
    }

    /// The record has the occurrences of an entry up to one.
    mutating func advance(_ index: Int, to cursor: Instant) { entries[index].cursor = max(entries[index].cursor, cursor) }

    /// An entry was acted on, and has this to come.
    mutating func settle(_ index: Int, next: Instant?, runsFrom: Instant?) {
        entries[index].next = next ?? Agenda.never
        entries[index].runsFrom = runsFrom
    }

    /// Takes the list of schedules that could not be read.
    mutating func takeUnreadable() -> [ScheduleRecord] {
        defer { unreadable = [] }
        return unreadable
    }

    private mutating func entry(_ schedule: ScheduleRecord, _ source: Zones) -> Entry {
        let definition = schedule.definition
        let reading = source.reading(definition.timezone)
        zones[definition.timezone] = .some(reading?.stamp)
        let timetable = reading.flatMap { try? Timetable(definition, zone: $0.rules) }
        if timetable == nil { unreadable.append(schedule) }
        let pause = schedule.resumedAt.map { resumed in min(schedule.pausedAt ?? Instant(milliseconds: .min), resumed)..<resumed }
        let policy = Backlog.Policy(
            missed: definition.missed, limit: definition.missedLimit ?? ScheduleDefinition.usualMissedLimit,
            delay: definition.delay(job: schedule.jobName).milliseconds, isPaused: schedule.paused, pause: pause)
        let cursor = max(schedule.lastDue ?? schedule.effectiveFrom, schedule.effectiveFrom)
        let next = timetable.map { Agenda.next($0, after: cursor, policy) } ?? Agenda.never
        return Entry(schedule: schedule, policy: policy, timetable: timetable, cursor: cursor, next: next)
    }

    private static func next(_ timetable: Timetable, after cursor: Instant, _ policy: Backlog.Policy) -> Instant {
        timetable.next(after: cursor).map { $0.at.adding(milliseconds: policy.delay) } ?? never
    }
}
