// What a drill found, as one line for people and one object for programs.
import Foundation
import TestSupport

/// The figures of a drill.
struct DrillReport {
    let seed: UInt64
    var kills = 0
    private var byTarget: [Drill.Target: Int] = [:]
    var supervisorsKilled = 0
    /// Seconds from the start of a server until /readyz says 200.
    var ready = Spread()
    /// Seconds from there (or from the kill of a supervisor) until every orphan was found.
    var found = Spread()
    /// Seconds until no process of a killed supervisor was left.
    var gone = Spread()
    var acknowledged = 0
    var runs = 0
    var editions = 0
    var artifacts = 0
    var lostAttempts = 0
    var lostRuns = 0
    var pages = 0
    var filesServed = 0
    var seconds = 0.0
    var violations: [String] = []
    /// Where the folder of a drill that found something is.
    var kept: String?

    init(seed: UInt64) { self.seed = seed }

    mutating func count(_ target: Drill.Target) {
        kills += 1
        byTarget[target, default: 0] += 1
    }

    mutating func count(_ audit: Audit) {
        (runs, editions, artifacts) = (audit.runs, audit.editionCount, audit.artifactCount)
        (lostAttempts, lostRuns) = (audit.lostAttempts, audit.lostRuns)
    }

    /// One line.
    var line: String {
        let targets = Drill.Target.allCases.compactMap { target in byTarget[target].map { "\(target.rawValue) \($0)" } }.joined(separator: ", ")
        return "seed \(seed): \(kills) kills (\(targets)) in \(rounded(seconds)) s; \(acknowledged) runs acknowledged, \(runs) recorded, \(editions) editions, \(artifacts) artifacts, \(lostAttempts) attempts lost, "
            + "\(lostRuns) runs failed as lost; ready \(rounded(ready.median)) s (longest \(rounded(ready.longest))), orphans found \(rounded(found.median)) s (longest \(rounded(found.longest))), "
            + "processes gone \(rounded(gone.median)) s (longest \(rounded(gone.longest))); violations: \(violations.count)"
    }

    /// One object.
    var json: Data {
        let spread = { (spread: Spread) in ["count": spread.count, "median_s": rounded(spread.median), "longest_s": rounded(spread.longest)] as [String: Any] }
        let object: [String: Any] = [
            "seed": seed, "build": Program.isDebugBuild ? "debug" : "release", "kills": kills, "supervisors_killed": supervisorsKilled,
            "by_target": Dictionary(uniqueKeysWithValues: byTarget.map { ($0.key.rawValue, $0.value) }), "seconds": rounded(seconds),
            "acknowledged": acknowledged, "runs": runs, "editions": editions, "artifacts": artifacts, "lost_attempts": lostAttempts, "lost_runs": lostRuns,
            "pages_read": pages, "files_compared": filesServed, "ready": spread(ready), "orphans_found": spread(found), "processes_gone": spread(gone),
            "violations": violations,
        ]
        return (try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .prettyPrinted])) ?? Data()
    }
}

/// With milliseconds.
func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
