// One look at the schedules: which are due, which were missed, and when to look again.
package import Logging
package import Recording
package import Rendering
import Scheduling
package import Vocabulary

/// Turns due times into occurrences and queued runs.
package struct ScheduleStep: Sendable {
    let store: Store
    let zones: Zones
    let logger: Logger

    package init(store: Store, zones: Zones, logger: Logger) {
        self.store = store
        self.zones = zones
        self.logger = logger
    }

    /// Most due times of one schedule that are recorded one by one in one look; the rest follow in the next look.
    private static let batch = 500

    /// Acts on everything that is due at `now`; returns the earliest due time that lies ahead, or nil when there is none.
    package func look(at now: Instant) async throws -> Instant? {
        var earliest: Instant?
        for schedule in try await store.schedulesInForce() {
            guard let timetable = timetable(of: schedule) else { continue }
            let next = try await act(on: schedule, timetable: timetable, at: now)
            if let next { earliest = min(earliest ?? next, next) }
        }
        return earliest
    }

    /// Records what is due of one schedule and returns its next due time.
    private func act(on schedule: ScheduleRecord, timetable: Timetable, at now: Instant) async throws -> Instant? {
        var due: [Occurrence] = []
        var cursor = max(schedule.lastDue ?? schedule.effectiveFrom, schedule.effectiveFrom)
        var ahead: Instant?
        // One more than a batch, so that the newest of exactly one batch is known to be the newest.
        while due.count <= ScheduleStep.batch, let next = timetable.next(after: cursor) {
            if next.at > now {
                ahead = next.at
                break
            }
            due.append(next)
            cursor = next.at
        }
        let hasMore = due.count > ScheduleStep.batch
        let latest = hasMore ? nil : due.lastIndex { $0.due != nil }
        for (index, occurrence) in due.prefix(ScheduleStep.batch).enumerated() {
            try await record(occurrence, of: schedule, isLatest: index == latest, at: now)
        }
        return hasMore ? now : ahead
    }

    private func record(_ occurrence: Occurrence, of schedule: ScheduleRecord, isLatest: Bool, at now: Instant) async throws {
        let state: OccurrenceState = occurrence.due == nil || schedule.paused ? .skipped : isLatest ? .launched : .missed
        let row = OccurrenceRecord(
            jobID: schedule.jobID, scheduleName: schedule.name, revision: schedule.revision, nominal: occurrence.nominal, fold: occurrence.fold,
            due: occurrence.due, state: state, reason: reason(of: state, occurrence))
        var run: NewRun?
        if state == .launched, let due = occurrence.due, let job = try await store.job(schedule.jobID) {
            let parameters = job.definition.defaultParameters.merging(schedule.definition.parameters) { $1 }
            run = NewRun(
                jobID: schedule.jobID, task: schedule.definition.task, trigger: .schedule, scheduledFor: due, scheduledOffset: occurrence.offset,
                parameters: parameters)
        }
        if let id = try await store.record(row, run: run, whileRunning: schedule.definition.whileRunning, at: now) {
            logger.info("a run is due", metadata: ["job.name": "\(schedule.jobName)", "run.id": "\(id)", "schedule.name": "\(schedule.name)"])
        }
    }

    private func reason(of state: OccurrenceState, _ occurrence: Occurrence) -> String? {
        switch state {
        case .launched: nil
        case .missed: "missed"
        case .skipped: occurrence.due == nil ? "gap" : "paused"
        }
    }

    /// The timetable of a schedule, or nil when its zone is no longer on this machine (said in the log; the job's diagnostics say it to its owner).
    private func timetable(of schedule: ScheduleRecord) -> Timetable? {
        guard let rules = zones.rules(schedule.definition.timezone), let timetable = try? Timetable(schedule.definition, zone: rules) else {
            logger.error("a schedule cannot be read on this machine", metadata: ["job.name": "\(schedule.jobName)", "schedule.name": "\(schedule.name)"])
            return nil
        }
        return timetable
    }
}
