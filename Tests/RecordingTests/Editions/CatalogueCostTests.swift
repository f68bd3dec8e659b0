// What the catalogue and the list of runs cost when there is much history: the same as when there is little.
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct CatalogueCostTests {
    /// Jobs with so many editions each, written by a few statements.
    private func fill(_ store: Store, jobs: Int, editions: Int) async throws -> UserRecord {
        let user = try await store.addUser(name: "ann", email: nil, passwordHash: nil, administrator: false, groups: ["planning"], at: .sample())
        _ = try await store.grant(.analyst, scope: .team("team-3"), user: nil, group: "planning", by: nil, at: .sample())
        let text = try JSONText.encode(JobDefinition.sample(schedules: [.sample()]))
        try await store.write { connection in
            try connection.addArtifacts([.sample("page")])
            for index in 0..<jobs {
                let (job, version) = (JobID(at: .sample()), JobVersionID(at: .sample()))
                try connection.execute(
                    "INSERT INTO job (id, name, title, team, sort_key, search_text, created_at) VALUES (?, ?, ?, ?, ?, ?, 0)",
                    [job, "job-\(index)", "Job \(index)", "team-\(index % 20)", "job \(index)", "job \(index)"])
                try connection.execute(
                    "INSERT INTO job_version (id, job_id, number, manifest_digest, definition, created_at) VALUES (?, ?, 1, ?, ?, 0)",
                    [version, job, Digest.sample("\(index)"), text])
                try connection.execute("UPDATE job SET version_id = ? WHERE id = ?", [version, job])
                for number in 1...editions {
                    let (run, edition) = (RunID(at: .sample(Int64(number))), EditionID(at: .sample()))
                    try connection.execute(
                        """
                        INSERT INTO run (id, job_id, job_version_id, task, status, trigger_kind, priority, scheduled_for, scheduled_offset, is_private,
                            queued_at, ended_at) VALUES (?, ?, ?, 'score', 'succeeded', 'schedule', 1, 0, 0, 0, 0, 0)
                        """,
                        [run, job, version])
                    try connection.execute(
                        "INSERT INTO edition (id, job_id, number, run_id, state, report_digest, created_at) VALUES (?, ?, ?, ?, 'published', ?, 0)",
                        [edition, job, number, run, Digest.sample("page")])
                    guard number == editions else { continue }
                    try connection.execute(
                        "UPDATE job SET current_edition_id = ?, newest_edition_id = ?, last_run_id = ?, edition_count = ? WHERE id = ?",
                        [edition, edition, run, number, job])
                }
            }
        }
        return try #require(try await store.user(user))
    }

    private func fastest(of count: Int, _ body: () async throws -> Void) async throws -> Duration {
        var best = Duration.seconds(60)
        for _ in 0..<count { best = min(best, try await ContinuousClock().measure(body)) }
        return best
    }

    /// `ALMANAC_MEASURE=1` asks for the 2,000 jobs with a hundred editions of the budget; without it there are fewer, and the same limits.
    @Test func `a page of the catalogue and of the runs comes in milliseconds`() async throws {
        try await withTemporaryStore { store in
            let measured = ProcessInfo.processInfo.environment["ALMANAC_MEASURE"] != nil
            let jobs = measured ? 2000 : 200
            let user = try await fill(store, jobs: jobs, editions: measured ? 100 : 2)
            let page = try await fastest(of: 9) {
                let count = try await store.catalogue(visibleTo: user.actor()).total
                #expect(count == jobs / 20)
            }
            let everything = try await fastest(of: 9) {
                let count = try await store.catalogue(visibleTo: .operatorAtConsole, offset: 100).total
                #expect(count == jobs)
            }
            let search = try await fastest(of: 9) { _ = try await store.catalogue(visibleTo: .operatorAtConsole, search: "job 19") }
            let runs = try await fastest(of: 9) {
                let count = try await store.runs(RunFilter(limit: 20), visibleTo: user.actor()).count
                #expect(count == 20)
            }
            let allRuns = try await fastest(of: 9) {
                let count = try await store.runs(RunFilter(limit: 20), visibleTo: .operatorAtConsole).count
                #expect(count == 20)
            }
            if measured { print("catalogue \(page), all \(everything), search \(search), runs \(runs), all runs \(allRuns)") }
            for time in [page, everything, search, runs, allRuns] { #expect(time < .milliseconds(250)) }
        }
    }
}
