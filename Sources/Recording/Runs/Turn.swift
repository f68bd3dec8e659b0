// Whose turn it is: which queued run starts next, chosen without walking through the queue.
import Vocabulary

/// The order in which runs are claimed, as it stands inside one transaction.
///
/// Manual runs come before scheduled ones, and those before backfill. Among runs of equal rank comes the team with the fewest attempts under way, and of
/// teams with as many the one whose run has waited longest; jobs without a team are a team together. It costs a few index steps per team.
struct Turn {
    private struct Head {
        let run: RunID
        let queuedAt: Instant
    }

    private let now: Instant
    private let teamLimit: Int?
    /// Attempts under way, and those given out since.
    private var active: [String: Int]
    /// The run of each team that has waited longest, by rank; read once, and again for a team whose turn it was.
    private var heads: [[String: Head]?] = [nil, nil, nil]
    /// Runs that were given out: when they could not be claimed they must not come again.
    private var given: Set<RunID> = []

    /// Whether any run waits for nothing but a place: cheap to ask again and again.
    static let anybody = """
        SELECT 1 FROM run r JOIN job j ON j.id = r.job_id
        WHERE r.status = 'queued' AND r.is_next = 1 AND (r.not_before IS NULL OR r.not_before <= ?) AND j.removed_at IS NULL LIMIT 1
        """

    init(_ connection: any Connection, teamLimit: Int?, at now: Instant) throws {
        self.now = now
        self.teamLimit = teamLimit
        let sql = """
            SELECT r.team, count(*) FROM attempt a JOIN run r ON r.id = a.run_id WHERE a.status IN ('launching', 'running') GROUP BY r.team
            """
        active = Dictionary(uniqueKeysWithValues: try connection.all(sql) { (try $0.next(String.self), try $0.next(Int.self)) })
    }

    /// The run whose turn it is, or nil when none may start. The next call takes it as started.
    mutating func next(_ connection: any Connection) throws -> RunID? {
        for rank in heads.indices {
            let waiting = try heads[rank] ?? teams(connection, rank: rank)
            heads[rank] = waiting
            let open = waiting.filter { team, _ in teamLimit.map { active[team, default: 0] < $0 } ?? true }
            let first = open.min { left, right in
                (active[left.key, default: 0], left.value.queuedAt, left.value.run) < (active[right.key, default: 0], right.value.queuedAt, right.value.run)
            }
            guard let (team, head) = first else { continue }
            given.insert(head.run)
            active[team, default: 0] += 1
            let following = try self.head(connection, rank: rank, team: team, after: head)
            heads[rank]?[team] = following
            return head.run
        }
        return nil
    }

    /// Every team with a run of this rank that may start.
    private func teams(_ connection: any Connection, rank: Int) throws -> [String: Head] {
        let sql = "SELECT min(r.team) FROM run r WHERE r.status = 'queued' AND r.is_next = 1 AND r.priority = ? AND r.team"
        var found: [String: Head] = [:]
        var team: String? = try connection.value(sql + " >= ''", [rank], as: String?.self) ?? nil
        while let name = team {
            found[name] = try head(connection, rank: rank, team: name, after: nil)
            team = try connection.value(sql + " > ?", [rank, name], as: String?.self) ?? nil
        }
        return found
    }

    /// The run of a team that has waited longest and may start.
    private func head(_ connection: any Connection, rank: Int, team: String, after last: Head?) throws -> Head? {
        let sql = """
            SELECT r.id, r.queued_at FROM run r JOIN job j ON j.id = r.job_id LEFT JOIN job_task t ON t.job_id = r.job_id AND t.task = r.task
            WHERE r.status = 'queued' AND r.is_next = 1 AND r.priority = ? AND r.team = ? AND r.queued_at >= ?
                AND (r.not_before IS NULL OR r.not_before <= ?) AND j.removed_at IS NULL AND (r.is_private = 1 OR t.active_run_id IS NULL)
            ORDER BY r.queued_at, r.id LIMIT ?
            """
        // Runs that were given out and not claimed lie at the beginning: one row more than there are of them is enough.
        let since = last?.queuedAt ?? Instant(milliseconds: 0)
        let arguments: [any Storable] = [rank, team, since, now, given.count + 1]
        return try connection.all(sql, arguments) { Head(run: try $0.next(), queuedAt: try $0.next()) }.first { !given.contains($0.run) }
    }
}
