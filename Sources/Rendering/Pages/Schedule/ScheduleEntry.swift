// One moment of a job's schedule: a due time with what became of it, one that is to come, or a run that nobody had planned.
import Recording
import Scheduling
import Vocabulary

/// A moment on the time axis and in the lists of the schedule page.
struct ScheduleEntry: Sendable, Hashable {
    /// What the colour and the shape of its mark say; the words say it too.
    enum Tone: String, Sendable, CaseIterable {
        case late, failed, missed, skipped, cancelled, running, queued, succeeded, coming, paused

        init(_ status: RunStatus) {
            switch status {
            case .queued: self = .queued
            case .launching, .running: self = .running
            case .succeeded: self = .succeeded
            case .failed: self = .failed
            case .cancelled: self = .cancelled
            }
        }
    }

    let at: Instant
    let tone: Tone
    /// nil for what is to come.
    let words: String?
    let notes: [String]
    let task: String
    let run: RunID?
}

/// The moments of one job.
struct LaneEntries: Sendable {
    let lane: ScheduleLane
    let past: [ScheduleEntry]
    let coming: [ScheduleEntry]
    /// Where the look ahead ended before the horizon, because a schedule is due too often; nil = everything is there.
    let cutAt: Instant?
    /// Due times per schedule that are counted ahead: enough for every ten minutes of the days that the axis shows.
    private static let mostAhead = 1_200
    /// What a punctual start may take; more is late.
    private static let patience: Int64 = 60_000

    /// - Parameter horizon: how far ahead.
    init(_ lane: ScheduleLane, clock: PageClock, horizon: Instant) {
        self.lane = lane
        let runs = Dictionary(lane.runs.map { ($0.id, $0) }) { first, _ in first }
        let schedules = Dictionary(lane.schedules.map { ($0.name, $0.definition) }) { first, _ in first }
        var past = lane.occurrences.map { Self.entry($0, run: $0.runID.flatMap { runs[$0] }, schedule: schedules[$0.scheduleName], clock) }
        let planned = Set(lane.occurrences.compactMap(\.runID))
        past += lane.runs.filter { !planned.contains($0.id) }.map(Self.entry)
        var coming: [ScheduleEntry] = []
        var cutAt: Instant?
        for schedule in lane.schedules where lane.removedAt == nil {
            guard let rules = clock.zones.rules(schedule.definition.timezone), let table = try? Timetable(schedule.definition, zone: rules) else { continue }
            let slack = Self.patience + (schedule.definition.jitter?.milliseconds ?? 0)
            let known = max(schedule.lastDue ?? schedule.effectiveFrom, schedule.effectiveFrom)
            if !lane.paused, let due = table.nextDue(after: known), clock.now - due > slack {
                past.append(ScheduleEntry(
                    at: due, tone: .late, words: "Late", notes: ["due, but the scheduler has not acted on it yet"], task: schedule.definition.task, run: nil))
            }
            var (last, count) = (clock.now, 0)
            while let occurrence = table.next(after: last), occurrence.at < horizon {
                guard count < Self.mostAhead else {
                    cutAt = min(cutAt ?? occurrence.at, occurrence.at)
                    break
                }
                (last, count) = (occurrence.at, count + 1)
                coming.append(ScheduleEntry(
                    at: occurrence.at, tone: lane.paused ? .paused : occurrence.due == nil ? .skipped : .coming, words: nil,
                    notes: [occurrence.note].compactMap { $0 }, task: schedule.definition.task, run: nil))
            }
        }
        self.cutAt = cutAt
        self.past = past.sorted { $0.at > $1.at }
        self.coming = coming.sorted { $0.at < $1.at }
    }

    private static func entry(_ occurrence: OccurrenceRecord, run: RunRecord?, schedule: ScheduleDefinition?, _ clock: PageClock) -> ScheduleEntry {
        let at = occurrence.due ?? Instant(seconds: occurrence.nominal.secondsAsUTC)
        let task = run?.task ?? schedule?.task ?? "score"
        guard occurrence.state == .launched else {
            let isMissed = occurrence.state == .missed
            return ScheduleEntry(
                at: at, tone: isMissed ? .missed : .skipped, words: isMissed ? "Missed" : "Skipped", notes: [occurrenceWords(occurrence.reason ?? "missed")],
                task: task, run: nil)
        }
        guard let run else { return ScheduleEntry(at: at, tone: .running, words: "Started", notes: [], task: task, run: occurrence.runID) }
        let slack = patience + (schedule?.jitter?.milliseconds ?? 0)
        var notes: [String] = []
        if let reason = run.failureReason { notes.append(reason.words) }
        if let start = run.startedAt, start - at > slack { notes.append("started \(Amounts.duration(milliseconds: start - at)) late") }
        if run.startedAt == nil, run.status == .queued, clock.now - at > slack { notes.append("waits for \(Amounts.duration(milliseconds: clock.now - at)) already") }
        if let promise = schedule?.freshWithin, run.status == .succeeded, let end = run.endedAt, end - at > promise.milliseconds {
            notes.append("ready \(Amounts.duration(milliseconds: end - at - promise.milliseconds)) after its promise")
        }
        return ScheduleEntry(at: at, tone: ScheduleEntry.Tone(run.status), words: run.status.words, notes: notes, task: task, run: run.id)
    }

    /// A run that no schedule made.
    private static func entry(_ run: RunRecord) -> ScheduleEntry {
        let cause =
            switch run.trigger {
            case .schedule: "by an earlier schedule"
            case .manual: "on request"
            case .backfill: "on request, for a past date"
            case .after: "after another report’s new edition"
            }
        return ScheduleEntry(
            at: run.queuedAt, tone: ScheduleEntry.Tone(run.status), words: run.status.words, notes: [cause] + (run.failureReason.map { [$0.words] } ?? []),
            task: run.task, run: run.id)
    }
}
