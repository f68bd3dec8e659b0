// Requests about schedules in force and their occurrences.
package import Vocabulary

extension Store {
    /// Every schedule in force of jobs that are not removed.
    package func schedulesInForce() async throws -> [ScheduleRecord] { fatalError() }

    /// Records an occurrence and queues its run in one transaction. Returns the run (nil for none); returns nil and changes nothing when the
    /// occurrence is there already. With `while_running: skip` and an earlier scheduled run of the same job and task still active or queued, it is
    /// recorded as skipped with reason `whileRunning` instead.
    package func record(_ occurrence: OccurrenceRecord, run: NewRun?, whileRunning: ScheduleDefinition.WhileRunning, at now: Instant)
        async throws -> RunID? { fatalError() }

    /// The newest occurrences of a job, newest first.
    package func occurrences(job: JobID, limit: Int) async throws -> [OccurrenceRecord] { fatalError() }
}
