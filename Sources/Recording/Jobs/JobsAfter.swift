// Which jobs run when another's new edition becomes current: `after:`.
import Vocabulary

extension Connection {
    /// Queues one run of each job that runs after this one, with its usual parameters, inside the transaction that made an edition current. None for jobs
    /// that are paused or whose folder is gone, for those that wait for such a run already, and for those that this job itself runs after: a circle that
    /// the folders no longer have may still stand in the record.
    func queueJobsAfter(_ job: JobID, at now: Instant) throws {
        let sql = """
            SELECT DISTINCT a.job_id, v.definition FROM job_after a JOIN job d ON d.id = a.job_id JOIN job_version v ON v.id = d.version_id
            WHERE a.after_name IN (SELECT j.name FROM job j WHERE j.id = ? UNION SELECT f.name FROM former_name f WHERE f.job_id = ?)
            AND d.removed_at IS NULL AND d.paused = 0 ORDER BY a.job_id
            """
        let found = try all(sql, [job, job]) { row in (job: try row.next(JobID.self), definition: try row.next(String.self)) }
        guard !found.isEmpty else { return }
        let before = try jobsBefore(job)
        for dependent in found where !before.contains(dependent.job) {
            let isWaiting = try exists(
                """
                SELECT 1 FROM run r WHERE r.job_id = ? AND r.status = 'queued' AND r.trigger_kind = 'after' AND r.task = 'score' LIMIT 1
                """,
                [dependent.job])
            guard !isWaiting else { continue }
            let definition: JobDefinition = try JSONText.decode(dependent.definition)
            _ = try queue(
                NewRun(jobID: dependent.job, task: "score", trigger: .after, scheduledFor: now, parameters: definition.usualParameters(task: "score")), at: now)
        }
    }

    /// The job, the jobs that it runs after, those that they run after, and so on.
    private func jobsBefore(_ job: JobID) throws -> Set<JobID> {
        var found: Set = [job]
        var waiting = [job]
        let sql = """
            SELECT j.id FROM job_after a JOIN job j ON j.name = a.after_name WHERE a.job_id = ?
            UNION SELECT f.job_id FROM job_after a JOIN former_name f ON f.name = a.after_name WHERE a.job_id = ?
            """
        while let next = waiting.popLast() {
            for before in try all(sql, [next, next], { try $0.next(JobID.self) }) where found.insert(before).inserted { waiting.append(before) }
        }
        return found
    }
}
