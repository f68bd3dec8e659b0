// Reads the whole record and the artifacts, and says what the promises do not allow.
import Crypto
import Foundation
import TestSupport

/// What the drill did that an audit must know.
struct Deeds: Sendable {
    /// Attempts whose supervisors were killed while they lived.
    var killedAttempts: Set<String> = []
    /// When servers were killed, in milliseconds since 1970.
    var serverKills: [Int64] = []
}

/// Looks at a data folder again and again, and remembers what must not change between two looks.
struct Audit {
    let data: String
    let jobs: DrillJobs
    private var ended: [String: [String]] = [:]
    private var editions: [String: String] = [:]
    private var hashed: Set<String> = []
    private(set) var runs = 0
    private(set) var lostAttempts = 0
    private(set) var lostRuns = 0

    init(data: String, jobs: DrillJobs) {
        self.data = data
        self.jobs = jobs
    }

    var editionCount: Int { editions.count }
    var artifactCount: Int { hashed.count }

    /// Each names what is wrong in its first column; no row = nothing is.
    private static let rules = [
        "SELECT 'editions are not numbered 1 to n', job_id FROM edition GROUP BY job_id HAVING min(number) <> 1 OR max(number) <> count(*)",
        """
        SELECT 'a run succeeded without an edition', r.id FROM run r LEFT JOIN edition e ON e.run_id = r.id
        WHERE r.status = 'succeeded' AND r.task = 'score' AND r.is_private = 0 AND e.id IS NULL
        """,
        "SELECT 'an edition of a run that may not have one', r.id FROM edition e JOIN run r ON r.id = e.run_id WHERE r.status <> 'succeeded' OR r.is_private = 1",
        """
        SELECT 'the pointer is at no published edition', j.name FROM job j LEFT JOIN edition e ON e.id = j.current_edition_id AND e.job_id = j.id
        WHERE (j.current_edition_id IS NOT NULL OR EXISTS (SELECT 1 FROM edition x WHERE x.job_id = j.id)) AND (e.id IS NULL OR e.state <> 'published')
        """,
        // An edition that makes up for an earlier date leaves the pointer where it is.
        """
        SELECT 'the pointer is not at the newest edition', j.name FROM job j JOIN edition e ON e.id = j.current_edition_id JOIN run c ON c.id = e.run_id
        WHERE EXISTS (
            SELECT 1 FROM edition x JOIN run r ON r.id = x.run_id
            WHERE x.job_id = j.id AND x.number > e.number AND NOT (r.trigger_kind = 'backfill' AND r.scheduled_for < c.scheduled_for))
        """,
        "SELECT 'attempts are not numbered 1 to n', run_id FROM attempt GROUP BY run_id HAVING min(number) <> 1 OR max(number) <> count(*)",
        """
        SELECT 'a terminal run has an attempt under way', r.id FROM run r JOIN attempt a ON a.run_id = r.id
        WHERE r.ended_at IS NOT NULL AND a.ended_at IS NULL
        """,
        """
        SELECT 'a run and its attempts disagree about success', r.id FROM run r JOIN attempt a ON a.run_id = r.id GROUP BY r.id
        HAVING sum(a.status = 'succeeded') <> (r.status = 'succeeded')
            OR (r.status = 'succeeded' AND max(CASE WHEN a.status = 'succeeded' THEN a.number END) <> max(a.number))
        """,
        """
        SELECT 'a run is ' || r.status || ' with ' || count(a.id) || ' attempts under way', r.id FROM run r LEFT JOIN attempt a ON a.run_id = r.id AND a.ended_at IS NULL
        WHERE r.ended_at IS NULL GROUP BY r.id HAVING count(a.id) <> (r.status IN ('launching', 'running'))
        """,
        """
        SELECT 'two publishing runs of a job at once', job_id FROM run WHERE status IN ('launching', 'running') AND is_private = 0
        GROUP BY job_id, task HAVING count(*) > 1
        """,
        "SELECT 'one request became several runs', min(id) FROM run WHERE scheduled_for < 1700000000000 GROUP BY scheduled_for HAVING count(*) > 1",
        """
        SELECT 'a succeeded run lacks its log, its output or its metric', r.id FROM run r WHERE r.status = 'succeeded' AND (
            NOT EXISTS (SELECT 1 FROM attempt a WHERE a.run_id = r.id AND a.status = 'succeeded' AND a.log_digest IS NOT NULL)
            OR 1 <> (SELECT count(*) FROM output o WHERE o.run_id = r.id AND o.name = 'table')
            OR 1 <> (SELECT count(*) FROM metric m WHERE m.run_id = r.id AND m.name = 'rows'))
        """,
        """
        SELECT 'due times without a row, or twice', job_id FROM occurrence WHERE due IS NOT NULL GROUP BY job_id, schedule_name, revision
        HAVING count(DISTINCT due) <> count(*) OR count(*) <> (max(due) - min(due)) / 60000 + 1
        """,
    ]

    /// Everything that is wrong now. `isOver` = no request is under way and all must have ended.
    mutating func violations(_ ledger: Ledger, _ deeds: Deeds, isOver: Bool) async throws -> [String] {
        let acknowledged = await ledger.acknowledged
        let cancelled = await ledger.cancelled
        let askedToStop = await ledger.askedToStop
        let questions = ["PRAGMA integrity_check(5)", "PRAGMA foreign_key_check"] + Audit.rules + [
            """
            SELECT 'R', r.id, j.name, r.status, coalesce(r.failure_reason, ''), r.scheduled_for, r.is_private, coalesce(r.ended_at, '')
            FROM run r JOIN job j ON j.id = r.job_id
            """,
            "SELECT 'A', a.id, a.run_id, a.status, a.launcher IS NOT NULL, a.started_at, coalesce(a.ended_at, '') FROM attempt a WHERE a.status = 'lost'",
            "SELECT 'E', j.name || '/' || e.number, e.run_id FROM edition e JOIN job j ON j.id = e.job_id",
            "SELECT 'D', digest FROM artifact",
        ]
        var found: [String] = []
        var losses: [String: Int] = [:]
        var runRows: [[String]] = []
        var seen: Set<String> = []
        let rows = try Record(path: data + "/record.sqlite").rows(questions)
        if rows.first != ["ok"] { found.append("the record is damaged: \(rows.prefix(3))") }
        lostAttempts = 0
        for row in rows.dropFirst() {
            switch row[0] {
            case "R": runRows.append(row)
            case "A":
                lostAttempts += 1
                losses[row[2], default: 0] += 1
                if let complaint = unjustified(row, deeds) { found.append(complaint) }
            case "E":
                seen.insert(row[1])
                if let before = editions.updateValue(row[2], forKey: row[1]), before != row[2] { found.append("edition \(row[1]) was of run \(before) and is of \(row[2])") }
            case "D": if hashed.insert(row[1]).inserted, let complaint = damage(row[1]) { found.append(complaint) }
            default: found.append(row.joined(separator: " "))
            }
        }
        found += Set(editions.keys).subtracting(seen).map { "edition \($0) is gone" }
        let present = Set(runRows.map { $0[1] })
        found += acknowledged.keys.filter { !present.contains($0) }.map { "the acknowledged run \($0) is not there" }
        runs = runRows.count
        lostRuns = runRows.count { $0[4] == "lost" }
        for row in runRows {
            found += complaints(
                row, losses[row[1]] ?? 0, acknowledged[row[1]], mustBeCancelled: cancelled.contains(row[1]), mayBeCancelled: askedToStop.contains(row[1]), isOver: isOver)
        }
        return found
    }

    /// What is wrong with one run.
    private mutating func complaints(_ row: [String], _ losses: Int, _ request: Request?, mustBeCancelled: Bool, mayBeCancelled: Bool, isOver: Bool)
        -> [String]
    {
        let (run, status, reason) = (row[1], row[3], row[4])
        let name = "run \(run) of \(row[2])"
        var found: [String] = []
        if let request, request.due != Int64(row[5]) || jobs.name(request.kind) != row[2] || request.isPrivate != (row[6] == "1") {
            found.append("\(name) is not what was acknowledged")
        }
        if let before = ended[run], before != row { found.append("\(name) had ended as \(before[3]) and is now \(status)") }
        guard !row[7].isEmpty else { return isOver ? found + ["\(name) never ended: \(status)"] : found }
        guard ended.updateValue(row, forKey: run) == nil else { return found }
        if mustBeCancelled, status != "cancelled" { found.append("\(name) was to be stopped, and ended as \(status)") }
        let mayFail: String? = jobs.kind(row[2]) == .failing ? "exitCode" : nil
        switch status {
        case "succeeded" where mayFail == nil: break
        case "cancelled" where mayBeCancelled: break
        case "cancelled": found.append("\(name) was cancelled, and nobody had asked for it")
        case "failed" where reason == mayFail: break
        case "failed" where reason == "lost": if losses < 2 { found.append("\(name) failed as lost after \(losses) lost attempts") }
        default: found.append("\(name) ended as \(status) \(reason)")
        }
        return found
    }

    /// Why an attempt may not be lost: nobody killed its supervisor, and no server was killed before it had one.
    private func unjustified(_ row: [String], _ deeds: Deeds) -> String? {
        if deeds.killedAttempts.contains(row[1]) { return nil }
        let (begun, end) = (Int64(row[5]) ?? 0, Int64(row[6]) ?? 0)
        if row[4] == "0", deeds.serverKills.contains(where: { begun - 5 <= $0 && $0 <= end + 5 }) { return nil }
        return "attempt \(row[1]) of run \(row[2]) is lost, and nobody killed its supervisor"
    }

    /// Whether an artifact that a row names is missing or is not what its name says.
    private func damage(_ digest: String) -> String? {
        guard let bytes = FileManager.default.contents(atPath: "\(data)/artifacts/\(digest.prefix(2))/\(digest)") else { return "artifact \(digest) is not there" }
        return Audit.sha256(bytes) == digest ? nil : "artifact \(digest) has other bytes"
    }

    /// Reads every artifact again, and what lies beside them; for the end, when no server runs.
    func leftovers() -> [String] {
        let files = FileManager.default
        var found = hashed.compactMap { damage($0) }
        found += ((try? files.contentsOfDirectory(atPath: data + "/artifacts/incoming")) ?? []).map { "a half-written artifact is left: \($0)" }
        found += ((try? files.contentsOfDirectory(atPath: data + "/runs")) ?? []).map { "the folder of attempt \($0) is left" }
        return found
    }

    /// Compares what the server serves with what is recorded: some editions' outputs.
    func served(_ address: String, token: String, count: Int, _ numbers: inout SeededNumbers) async throws -> (checked: Int, complaints: [String]) {
        let rows = try Record(path: data + "/record.sqlite").rows(
            """
            SELECT j.name, e.number, o.path, o.digest FROM edition e JOIN job j ON j.id = e.job_id JOIN output o ON o.run_id = e.run_id AND o.declared = 1
            """)
        var found: [String] = []
        let chosen = rows.shuffled(using: &numbers).prefix(count)
        for row in chosen {
            let path = "/reports/\(row[0])/editions/\(row[1])/files/\(row[2])"
            let answer = await Wire.aside { Wire.get(address, path, headers: ["Authorization: Bearer " + token]) }
            if answer?.status != 200 || answer.map({ Audit.sha256($0.body) }) != row[3] { found.append("\(path) does not serve what is recorded: \(answer?.status ?? 0)") }
        }
        return (chosen.count, found)
    }

    static func sha256(_ bytes: Data) -> String { SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}
