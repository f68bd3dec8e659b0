// One look at the schedules: records what is due and queues its runs.
package import Logging
package import Recording
package import Rendering
import Scheduling
package import Vocabulary

/// Turns due times into occurrences and queued runs.
package struct ScheduleStep: Sendable {
    let store: Store
    let zones: Zones
    let readings: EngineReadings
    let logger: Logger

    package init(store: Store, zones: Zones, readings: EngineReadings, logger: Logger) {
        self.store = store
        self.zones = zones
        self.readings = readings
        self.logger = logger
    }

    /// Most occurrences in one transaction.
    private static let batch = 100
    /// Occurrences after which a look ends, so that what comes due meanwhile is seen; the rest follows in the next.
    private static let most = 1000
    /// A schedule that could not be recorded is tried again after so many milliseconds.
    private static let patience: Int64 = 30_000

    /// A due time on its way into the record.
    private struct Planned {
        let index: Int
        let due: DueTime
    }

    /// Takes what changed in the record and in the zone files; returns the changes.
    package func refresh(_ agenda: inout Agenda, at now: Instant) async throws -> ScheduleChanges {
        let changes = try await store.scheduleChanges(since: agenda.epoch)
        agenda.take(changes, zones: zones, at: now)
        agenda.refresh(zones)
        for schedule in agenda.takeUnreadable() {
            logger.error(
                "a schedule cannot be read on this machine", metadata: ["job.name": "\(schedule.jobName)", "schedule.name": "\(schedule.name)"])
        }
        return changes
    }

    /// Acts on everything in a refreshed agenda that is due; returns how many runs were queued. When it throws, nothing was recorded.
    package func act(on agenda: inout Agenda, clock: Clock) async throws -> Int {
        let now = clock()
        var planned: [Planned] = []
        for index in agenda.ready(at: now) {
            guard planned.count < ScheduleStep.most, let timetable = agenda.entries[index].timetable else { continue }
            let entry = agenda.entries[index]
            let backlog = Backlog(timetable, after: entry.cursor, until: now, policy: entry.policy, runsFrom: entry.runsFrom)
            agenda.settle(index, next: backlog.next, runsFrom: backlog.runsFrom)
            planned.append(contentsOf: backlog.due.map { Planned(index: index, due: $0) })
        }
        var queued = 0
        var rest = planned
        var failed: Set<Int> = []
        do {
            while !rest.isEmpty {
                queued += try await record(Array(rest.prefix(ScheduleStep.batch)), in: &agenda, failed: &failed, clock: clock)
                // What comes after a due time that could not be recorded waits behind it.
                rest = rest.dropFirst(ScheduleStep.batch).filter { !failed.contains($0.index) }
            }
        } catch {
            // What is not recorded is still to be acted on.
            for planned in rest where !failed.contains(planned.index) { agenda.settle(planned.index, next: now, runsFrom: nil) }
            if queued == 0 { throw error }
        }
        return queued
    }

    /// Records what has come due of one job, also what its delay still holds back, before a change ends the schedules that are in force: nothing that was
    /// due is left without a run or a reason. Does nothing while the clock cannot be believed.
    package func settle(_ job: JobID, clock: Clock) async throws {
        var agenda = Agenda()
        let changes = try await refresh(&agenda, at: clock())
        var watch = ClockWatch(trusted: changes.trustedAt)
        guard watch.observe(wall: clock(), steady: clock()).problem == nil else { return }
        agenda.keepOnly(job)
        repeat { _ = try await act(on: &agenda, clock: clock) } while agenda.next.map { $0 <= clock() } ?? false
    }

    /// Records a batch, all in one transaction; when that fails, one by one, so that what cannot be recorded holds up nothing else.
    private func record(_ batch: [Planned], in agenda: inout Agenda, failed: inout Set<Int>, clock: Clock) async throws -> Int {
        let jobs = try await store.jobs(Set(batch.map { agenda.entries[$0.index].schedule.jobID }))
        let rows = batch.map { new($0.due, of: agenda.entries[$0.index].schedule, jobs) }
        do {
            let now = clock()
            let outcomes = try await store.record(rows, at: now)
            return zip(batch, outcomes).reduce(0) { $0 + note($1.0, $1.1, in: &agenda, clock: clock) }
        } catch {
            var queued = 0
            for (planned, row) in zip(batch, rows) where !failed.contains(planned.index) {
                do {
                    let outcome = try await store.record([row], at: clock()).first ?? nil
                    queued += note(planned, outcome, in: &agenda, clock: clock)
                } catch {
                    failed.insert(planned.index)
                    agenda.settle(planned.index, next: clock().adding(milliseconds: ScheduleStep.patience), runsFrom: nil)
                    let schedule = agenda.entries[planned.index].schedule
                    logger.error(
                        "a due time could not be recorded",
                        metadata: ["job.name": "\(schedule.jobName)", "schedule.name": "\(schedule.name)", "error": "\(error)"])
                }
            }
            if Set(batch.map(\.index)).isSubset(of: failed) { throw error }
            return queued
        }
    }

    private func new(_ due: DueTime, of schedule: ScheduleRecord, _ jobs: [JobID: JobRecord]) -> NewOccurrence {
        let row = OccurrenceRecord(
            jobID: schedule.jobID, scheduleName: schedule.name, revision: schedule.revision, nominal: due.occurrence.nominal, fold: due.occurrence.fold,
            due: due.occurrence.due, state: due.state, reason: due.reason)
        var run: NewRun?
        if due.state == .launched, let instant = due.occurrence.due, let job = jobs[schedule.jobID] {
            run = NewRun(
                jobID: schedule.jobID, jobVersionID: job.versionID, task: schedule.definition.task, trigger: .schedule, scheduledFor: instant,
                scheduledOffset: due.occurrence.offset, parameters: job.definition.defaultParameters.merging(schedule.definition.parameters) { $1 })
        }
        return NewOccurrence(row, run: run, whileRunning: due.isMadeUp ? .queue : schedule.definition.whileRunning)
    }

    /// Takes down what became of a due time; returns how many runs it queued.
    private func note(_ planned: Planned, _ outcome: OccurrenceRecord?, in agenda: inout Agenda, clock: Clock) -> Int {
        let occurrence = planned.due.occurrence
        agenda.advance(planned.index, to: occurrence.at)
        guard let outcome else { return 0 }
        let entry = agenda.entries[planned.index]
        let late = clock() - occurrence.at - entry.policy.delay
        let wasAwake = agenda.beganAt.map { occurrence.at.adding(milliseconds: entry.policy.delay) >= $0 } ?? false
        readings.note { values in
            values.occurrences[outcome.state.rawValue, default: 0] += 1
            if outcome.runID != nil, wasAwake { values.lateness.add(late) }
        }
        guard let run = outcome.runID else { return 0 }
        logger.info(
            "a run is due", metadata: ["job.name": "\(entry.schedule.jobName)", "run.id": "\(run)", "schedule.name": "\(entry.schedule.name)"])
        return 1
    }
}
