// Requests about the schedules in force, and what the scheduler keeps about itself.
package import Vocabulary

extension Store {
    /// Every schedule in force of jobs that are not removed, by job and schedule name.
    package func schedulesInForce() async throws -> [ScheduleRecord] {
        try await read { try $0.schedules() }
    }

    /// What changed since an epoch, in one read: with nil everything, and next to nothing when nothing changed.
    package func scheduleChanges(since epoch: Int64?) async throws -> ScheduleChanges {
        try await read { connection in
            let state = try connection.first("SELECT s.epoch, s.trusted_at FROM scheduler s WHERE s.id = 1") { row in
                (epoch: try row.next(Int64.self), trustedAt: try row.next(Instant?.self))
            }
            guard let state else { throw RecordingError(.schema, subject: "the record", detail: "has no row of the scheduler") }
            guard let epoch else {
                let schedules = try connection.schedules()
                return ScheduleChanges(epoch: state.epoch, jobs: Set(schedules.map(\.jobID)), schedules: schedules, trustedAt: state.trustedAt)
            }
            if epoch == state.epoch { return ScheduleChanges(epoch: epoch, jobs: [], schedules: [], trustedAt: state.trustedAt) }
            let jobs = try connection.all("SELECT j.id FROM job j WHERE j.schedule_epoch > ?", [epoch]) { try $0.next(JobID.self) }
            return ScheduleChanges(
                epoch: state.epoch, jobs: Set(jobs), schedules: try connection.schedules(changedAfter: epoch), trustedAt: state.trustedAt)
        }
    }

    /// Writes down that the machine's clock was believed at an instant: what a later start compares its clock with.
    package func trustClock(at now: Instant) async throws {
        try await write { _ = try $0.execute("UPDATE scheduler SET trusted_at = ? WHERE id = 1", [now]) }
    }

    /// The jobs with these identifiers that are there; at most some hundred.
    package func jobs(_ ids: Set<JobID>) async throws -> [JobID: JobRecord] {
        guard !ids.isEmpty else { return [:] }
        let sql = JobSQL.select + " WHERE j.id IN (\(Dialect.marks(ids.count)))"
        return try await read { [definitions] connection in
            let jobs = try connection.all(sql, ids.map { $0 as any Storable }) { try JobRecord(row: &$0, definitions: definitions) }
            return Dictionary(jobs.map { ($0.id, $0) }) { first, _ in first }
        }
    }
}

extension Connection {
    /// Tells the scheduler that the schedules of a job are to be read again.
    func bumpScheduleEpoch(of job: JobID) throws {
        try execute("UPDATE scheduler SET epoch = epoch + 1 WHERE id = 1")
        try execute("UPDATE job SET schedule_epoch = (SELECT s.epoch FROM scheduler s WHERE s.id = 1) WHERE id = ?", [job])
    }

    fileprivate func schedules(changedAfter epoch: Int64? = nil) throws -> [ScheduleRecord] {
        let sql = """
            SELECT s.job_id, j.name, s.name, s.revision, s.definition, s.effective_from, s.last_due, j.paused, j.paused_at, j.resumed_at
            FROM schedule s JOIN job j ON j.id = s.job_id
            WHERE s.ended_at IS NULL AND j.removed_at IS NULL\(epoch == nil ? "" : " AND j.schedule_epoch > ?") ORDER BY s.job_id, s.name
            """
        return try all(sql, epoch.map { [$0] } ?? []) { row in
            ScheduleRecord(
                jobID: try row.next(), jobName: try row.next(), name: try row.next(), revision: try row.next(),
                definition: try JSONText.decode(try row.next()), effectiveFrom: try row.next(), lastDue: try row.next(), paused: try row.next(),
                pausedAt: try row.next(), resumedAt: try row.next())
        }
    }
}
