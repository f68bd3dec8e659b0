// The request behind the schedule page: what visible jobs plan, and what became of the due times between two instants.
package import Vocabulary

extension Store {
    /// The jobs that the actor may view, those with a schedule first, then by title, from `offset`, at most `limit`, and how many there are; with `job`
    /// only that one, also when its folder is gone. Of each: its schedules in force, and at most `most` occurrences and `most` runs between `from` and
    /// `to`. Costs grow with the number of jobs and with `limit` times `most`, never with the history: each step is a range of an index.
    package func scheduleLanes(
        visibleTo actor: Actor, job name: String? = nil, from: Instant, to: Instant, offset: Int = 0, limit: Int = 40, most: Int = 200
    ) async throws -> (lanes: [ScheduleLane], total: Int) {
        let viewable = VisibleJobs.viewable(by: actor)
        let withRuns = VisibleJobs.withVisibleRuns(for: actor)
        let condition = viewable.condition + (name == nil ? " AND j.removed_at IS NULL" : " AND j.name = ?")
        let arguments = viewable.arguments + (name.map { [$0 as any Storable] } ?? [])
        return try await read { [definitions] connection in
            let total: Int = try connection.value("SELECT count(*) FROM job j WHERE \(condition)", arguments) ?? 0
            let sql = """
                SELECT j.id, j.name, v.definition, j.paused, j.removed_at, CASE WHEN \(withRuns.condition) THEN 1 ELSE 0 END
                FROM (
                    SELECT j.id, CASE WHEN EXISTS (SELECT 1 FROM schedule s WHERE s.job_id = j.id AND s.ended_at IS NULL) THEN 0 ELSE 1 END AS place, j.sort_key
                    FROM job j WHERE \(condition) ORDER BY place, j.sort_key, j.name LIMIT ? OFFSET ?
                ) p JOIN job j ON j.id = p.id JOIN job_version v ON v.id = j.version_id ORDER BY p.place, p.sort_key, j.name
                """
            let range = LaneRange(from: from, to: to, most: most)
            let heads = try connection.all(sql, withRuns.arguments + arguments + [limit, max(0, offset)]) { row in
                LaneHead(
                    id: try row.next(), name: try row.next(), definition: try definitions.definition(try row.next()), paused: try row.next(),
                    removedAt: try row.next(), mayReadRuns: try row.next())
            }
            return (try heads.map { try connection.lane($0, range) }, total)
        }
    }
}

/// The row of a job, before its past is read.
private struct LaneHead {
    let id: JobID
    let name: String
    let definition: JobDefinition
    let paused: Bool
    let removedAt: Instant?
    let mayReadRuns: Bool
}

/// Between which instants, and how many of each kind.
private struct LaneRange {
    let from: Instant
    let to: Instant
    let most: Int

    /// The nominal times that a due time of the range can have in any zone (RFC 3339 offsets reach to a day), so that the index by nominal time serves.
    var nominal: (LocalTime, LocalTime) { (LocalTime(from.adding(seconds: -86_400), offset: 0), LocalTime(to.adding(seconds: 86_400), offset: 0)) }

    /// The smallest identifier of a run that was queued at `from`: identifiers sort by their making.
    var firstRun: RunID {
        var zeros = Zeros()
        return RunID(at: from, using: &zeros)
    }

    private struct Zeros: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0 }
    }
}

extension Connection {
    fileprivate func lane(_ head: LaneHead, _ range: LaneRange) throws -> ScheduleLane {
        let schedules = try all(
            """
            SELECT s.name, s.revision, s.definition, s.effective_from, s.last_due FROM schedule s WHERE s.job_id = ? AND s.ended_at IS NULL ORDER BY s.name
            """, [head.id]
        ) { row in
            ScheduleRecord(
                jobID: head.id, jobName: head.name, name: try row.next(), revision: try row.next(), definition: try JSONText.decode(try row.next()),
                effectiveFrom: try row.next(), lastDue: try row.next(), paused: head.paused)
        }
        let (first, last) = range.nominal
        let rows = try all(
            """
            SELECT o.schedule_name, o.revision, o.nominal, o.fold, o.due, o.state, o.reason, o.run_id FROM occurrence o
            WHERE o.job_id = ? AND o.nominal >= ? AND o.nominal < ? ORDER BY o.nominal DESC, o.fold DESC LIMIT ?
            """, [head.id, first, last, range.most + 1]
        ) { row in
            OccurrenceRecord(
                jobID: head.id, scheduleName: try row.next(), revision: try row.next(), nominal: try row.next(), fold: try row.next(), due: try row.next(),
                state: try row.next(), reason: try row.next(), runID: try row.next())
        }
        // What a policy skipped has no due instant: its nominal time stands on no clock, so the day may differ by an hour.
        let occurrences = rows.prefix(range.most).filter { ($0.due ?? Instant(seconds: $0.nominal.secondsAsUTC)) >= range.from && ($0.due ?? range.from) < range.to }
        let runs = try runs(of: head.id, range, and: occurrences.compactMap(\.runID))
        return ScheduleLane(
            jobID: head.id, jobName: head.name, definition: head.definition, paused: head.paused, removedAt: head.removedAt, mayReadRuns: head.mayReadRuns,
            schedules: schedules, occurrences: Array(occurrences), runs: runs.records, isCut: rows.count > range.most || runs.isCut)
    }

    private func runs(of job: JobID, _ range: LaneRange, and named: [RunID]) throws -> (records: [RunRecord], isCut: Bool) {
        let newest: [RunID] = try all(
            "SELECT x.id FROM run x WHERE x.job_id = ? AND x.id >= ? ORDER BY x.id DESC LIMIT ?", [job, range.firstRun, range.most + 1]
        ) { try $0.next() }
        let wanted = Set(newest.prefix(range.most)).union(named)
        guard !wanted.isEmpty else { return ([], false) }
        let sql = RunSQL.select + " WHERE r.id IN (\(Dialect.marks(wanted.count))) AND r.is_private = 0 ORDER BY r.id DESC"
        return (try all(sql, wanted.map { $0 as any Storable }) { try RunRecord(row: &$0) }, newest.count > range.most)
    }
}
