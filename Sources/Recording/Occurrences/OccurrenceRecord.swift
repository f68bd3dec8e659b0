// Schedules in force and the due times that were acted on.
package import Vocabulary

/// A schedule's revision that is in force.
package struct ScheduleRecord: Sendable, Hashable {
    package let jobID: JobID
    package let jobName: String
    package let name: String
    /// Digest of the schedule's keys.
    package let revision: Digest
    package let definition: ScheduleDefinition
    package let effectiveFrom: Instant
    /// The due instant of the last occurrence of this revision, or nil.
    package let lastDue: Instant?
    package let paused: Bool
    /// The last time that the job was paused and resumed; `resumedAt` is nil while it is paused, and both when it never was.
    package let pausedAt: Instant?
    package let resumedAt: Instant?

    package init(
        jobID: JobID, jobName: String, name: String, revision: Digest, definition: ScheduleDefinition, effectiveFrom: Instant,
        lastDue: Instant?, paused: Bool, pausedAt: Instant? = nil, resumedAt: Instant? = nil
    ) {
        self.jobID = jobID
        self.jobName = jobName
        self.name = name
        self.revision = revision
        self.definition = definition
        self.effectiveFrom = effectiveFrom
        self.lastDue = lastDue
        self.paused = paused
        self.pausedAt = pausedAt
        self.resumedAt = resumedAt
    }
}

/// What changed about the schedules since an epoch that the caller knows.
package struct ScheduleChanges: Sendable {
    /// Grows with every change of a schedule, a pause, a registration and a removal.
    package let epoch: Int64
    /// The jobs that changed; every schedule in force of theirs is in `schedules`.
    package let jobs: Set<JobID>
    package let schedules: [ScheduleRecord]
    /// The last instant at which the machine's clock was believed, or nil.
    package let trustedAt: Instant?
}

/// What became of a due time.
package enum OccurrenceState: String, Sendable, Codable { case launched, skipped, missed }

/// A due time to be recorded, with the run that it queues.
package struct NewOccurrence: Sendable {
    package let occurrence: OccurrenceRecord
    /// nil unless it is launched.
    package let run: NewRun?
    package let whileRunning: ScheduleDefinition.WhileRunning

    package init(_ occurrence: OccurrenceRecord, run: NewRun?, whileRunning: ScheduleDefinition.WhileRunning) {
        self.occurrence = occurrence
        self.run = run
        self.whileRunning = whileRunning
    }
}

/// A due time and what became of it.
package struct OccurrenceRecord: Sendable, Hashable {
    package let jobID: JobID
    package let scheduleName: String
    package let revision: Digest
    package let nominal: LocalTime
    /// 0 or 1: which of two equal local times.
    package let fold: Int
    /// nil for an occurrence that a policy skipped.
    package let due: Instant?
    package let state: OccurrenceState
    /// Why it was skipped or missed: whileRunning, gap, overlap, missed, paused.
    package let reason: String?
    package let runID: RunID?

    package init(
        jobID: JobID, scheduleName: String, revision: Digest, nominal: LocalTime, fold: Int, due: Instant?, state: OccurrenceState,
        reason: String? = nil, runID: RunID? = nil
    ) {
        self.jobID = jobID
        self.scheduleName = scheduleName
        self.revision = revision
        self.nominal = nominal
        self.fold = fold
        self.due = due
        self.state = state
        self.reason = reason
        self.runID = runID
    }
}
