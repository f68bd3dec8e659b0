// What the schedule page knows of one job: its schedules, and what became of the due times of some days.
package import Vocabulary

/// A job with its schedules in force and its past within some days.
package struct ScheduleLane: Sendable {
    package let jobID: JobID
    package let jobName: String
    /// Of the newest version.
    package let definition: JobDefinition
    package let paused: Bool
    package let removedAt: Instant?
    /// Whether the reader may see the pages of the job's runs.
    package let mayReadRuns: Bool
    package let schedules: [ScheduleRecord]
    /// The newest first, at most as many as were asked for.
    package let occurrences: [OccurrenceRecord]
    /// Runs queued within the days, and those of the occurrences; newest first, private ones left out.
    package let runs: [RunRecord]
    /// There is more than what was asked for.
    package let isCut: Bool

    package init(
        jobID: JobID, jobName: String, definition: JobDefinition, paused: Bool = false, removedAt: Instant? = nil, mayReadRuns: Bool = true,
        schedules: [ScheduleRecord] = [], occurrences: [OccurrenceRecord] = [], runs: [RunRecord] = [], isCut: Bool = false
    ) {
        self.jobID = jobID
        self.jobName = jobName
        self.definition = definition
        self.paused = paused
        self.removedAt = removedAt
        self.mayReadRuns = mayReadRuns
        self.schedules = schedules
        self.occurrences = occurrences
        self.runs = runs
        self.isCut = isCut
    }
}
