// Every request finds its rows through an index: none walks through a table that grows with the history.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct QueryPlanTests {
    /// Tables with a row, or more, per run, edition, due time, sign-in, version …
    private static let growing: Set<String> = [
        "artifact", "attempt", "api_token", "edition", "former_name", "job_version", "job_version_file", "log_chunk", "metric", "occurrence", "output",
        "pointer_move", "run", "run_event", "run_parameter", "schedule", "session", "sign_in_link", "snapshot",
    ]
    /// Partial indexes that hold only what is in force or under way.
    private static let small: Set<String> = ["run_queued", "run_next", "run_waiting", "attempt_unfinished", "schedule_in_force"]

    @Test func `no request walks through a table that grows`() async throws {
        try await withTemporaryStore(on: [.sqlite]) { store in
            let spy = SpyDatabase(store.database)
            try await useEverything(Store(spy))
            let statements = Dictionary(spy.noted.map { ($0.sql, $0.arguments) }) { first, _ in first }
            #expect(statements.count > 100)
            for (sql, arguments) in statements {
                let plan = try await store.read { connection in
                    try connection.all("EXPLAIN QUERY PLAN " + sql, arguments) { row in
                        row.skip(3)
                        return try row.next(String.self)
                    }
                }
                for line in plan { #expect(!isWalk(line, sql: sql), "\(line)\n\(sql)") }
            }
        }
    }

    /// With walks (also those that fill a hash table) made so dear that the planner takes it only where there is nothing else.
    @Test(.disabled(if: PostgreSQLServer.programs == nil, "there is no PostgreSQL server program on this machine"))
    func `no request walks through a table that grows on PostgreSQL`() async throws {
        try await withTemporaryStore(on: [.postgreSQL]) { store in
            let spy = SpyDatabase(store.database)
            try await useEverything(Store(spy))
            let statements = Dictionary(spy.noted.map { ($0.sql, $0.arguments) }) { first, _ in first }
            #expect(statements.count > 100)
            for (sql, arguments) in statements {
                let plan = try await store.read { connection in
                    for way in ["seqscan", "bitmapscan", "hashjoin", "mergejoin"] { try connection.script("SET LOCAL enable_\(way) = off") }
                    return try connection.all("EXPLAIN " + sql, arguments) { try $0.next(String.self) }
                }
                #expect(walks(plan) == [], "\(plan.joined(separator: "\n"))\n\(sql)")
            }
        }
    }

    /// The lines of PostgreSQL's plan that read a table that grows without looking up where to begin.
    private func walks(_ plan: [String]) -> [String] {
        plan.indices.filter { index in
            let words = plan[index].split(separator: " ").map(String.init)
            guard let on = words.firstIndex(of: "on"), words.indices.contains(on + 1), words.contains("Scan") else { return false }
            if words.contains("Seq") { return Self.growing.contains(words[on + 1]) }
            if let using = words.firstIndex(of: "using"), Self.small.contains(words[using + 1]) { return false }
            guard Self.growing.contains(words[on + 1]) else { return false }
            // What belongs to a step stands below it, until the next one.
            return !plan[(index + 1)...].prefix { !$0.contains("->") }.contains { $0.contains("Index Cond:") }
        }.map { plan[$0] }
    }

    @Test func `the test sees a walk on PostgreSQL`() {
        #expect(walks(["Seq Scan on run r  (cost=1)"]).count == 1)
        #expect(walks(["Seq Scan on job j  (cost=1)"]).isEmpty)
        #expect(walks(["Limit", "  ->  Index Scan Backward using run_pkey on run r", "        Filter: (job_id = $1)"]).count == 1)
        #expect(walks(["  ->  Index Only Scan using run_by_job on run r", "        Index Cond: (job_id = $1)", "  ->  Seq Scan on job"]).isEmpty)
        #expect(walks(["Index Scan using run_queued on run r", "  Filter: true"]).isEmpty)
    }

    @Test func `the test sees a walk`() async throws {
        #expect(isWalk("SCAN r", sql: "SELECT count(*) FROM run r"))
        #expect(isWalk("SCAN r USING COVERING INDEX run_by_job", sql: "SELECT count(*) FROM job j JOIN run r"))
        #expect(!isWalk("SCAN r USING INDEX run_queued", sql: "SELECT r.id FROM run r WHERE r.status = 'queued'"))
        #expect(!isWalk("SCAN j", sql: "SELECT j.id FROM job j"))
        #expect(!isWalk("SEARCH r USING INDEX run_by_job (job_id=?)", sql: "SELECT 1 FROM run r"))
    }

    private func isWalk(_ line: String, sql: String) -> Bool {
        let words = line.split(separator: " ").map(String.init)
        guard words.count > 1, words[0] == "SCAN" else { return false }
        if let index = words.firstIndex(of: "INDEX"), words.indices.contains(index + 1), Self.small.contains(words[index + 1]) { return false }
        let tokens = sql.split(whereSeparator: { " \n(),".contains($0) }).map(String.init)
        let named = zip(tokens, tokens.dropFirst()).first { $0.1 == words[1] && Self.growing.contains($0.0) }
        return named != nil || Self.growing.contains(words[1])
    }

    /// Every request of the record, once or more.
    private func useEverything(_ store: Store) async throws {
        let definition = JobDefinition.sample(access: AccessKeys(view: ["planning"]), formerNames: ["old"], schedules: [.sample()])
        try await store.registerSample("passengers", definition)
        try await store.recordDiagnostics([Diagnostic(file: "job.yaml", "broken")], job: "passengers", at: .sample())
        try await store.setPaused(false, job: "passengers", at: .sample())
        let job = try #require(try await store.job(named: "passengers"))
        _ = (try await store.job(job.id), try await store.jobs(), try await store.presentName(ofFormer: "old"))
        try await usePeople(store, job: job.id)
        let user = try #require(try await store.user(named: "ann"))

        let schedule = try #require(try await store.schedulesInForce().first)
        let occurrence = OccurrenceRecord(
            jobID: job.id, scheduleName: schedule.name, revision: schedule.revision, nominal: LocalTime(.sample(), offset: 0), fold: 0, due: .sample(),
            state: .launched)
        _ = try await store.record(occurrence, run: .sample(job.id, trigger: .schedule, by: user.id), whileRunning: .skip, at: .sample())
        _ = try await store.occurrences(job: job.id, limit: 5)
        let changes = try await store.scheduleChanges(since: nil)
        _ = (try await store.scheduleChanges(since: changes.epoch), try await store.scheduleChanges(since: 0), try await store.jobs([job.id]))
        try await store.trustClock(at: .sample())
        var dependent = JobDefinition.sample()
        dependent.after = ["passengers"]
        try await store.registerSample("dependent", dependent)
        let claim = try #require(try await store.claimRuns(limit: 5, at: .sample()).first)
        let snapshot = Snapshot(input: "a", fileName: "a.csv", sha256: .sample("a"), bytes: 1, origin: "data/a.csv")
        try await store.recordLaunch(
            attempt: claim.attemptID, receipt: Receipt(launcher: "local", text: "7"), snapshots: [snapshot], environment: [:], at: .sample())
        try await store.appendLog(attempt: claim.attemptID, offset: 0, bytes: [1, 2], at: .sample())
        _ = (try await store.liveLog(run: claim.run.id, from: 0, limit: 10), try await store.unfinishedAttempts())
        _ = (try await store.isCancelRequested(claim.run.id), try await store.queueDepth(), try await store.nextRetry(after: .sample()))
        try await store.finish(attempt: claim.attemptID, end: .success(), at: .sample())
        let lost = try await store.queue(.sample(job.id), at: .sample())
        let lostClaim = try #require(try await store.claimRuns(limit: 5, at: .sample()).first)
        try await store.requestCancel(run: lost, by: user.id, at: .sample())
        try await store.markLost(attempt: lostClaim.attemptID, message: "gone", at: .sample())
        let alone = try await store.queue(.sample(job.id, trigger: .backfill), at: .sample())
        let own = try #require(try await store.claimRun(alone, at: .sample()))
        _ = (try await store.unfinishedAttempt(own.attemptID), try await store.hasRoomAgain())
        try await store.finish(attempt: own.attemptID, end: .failure(retryAt: .sample(9)), at: .sample())
        _ = try await store.claimRuns(limit: 5, teamLimit: 2, at: .sample())
        try await store.requestCancel(run: alone, by: nil, at: .sample())
        let secret = try await store.runSample(.sample(job.id, isPrivate: true, by: user.id))
        try await store.publish(run: secret.run, edition: .sample(), by: user.id, at: .sample())

        _ = (try await store.run(secret.run), try await store.runDetail(secret.run), try await store.wait(of: secret.run))
        _ = try await store.scheduleLanes(visibleTo: user.actor(), from: .sample(-1000), to: .sample(1000))
        _ = try await store.scheduleLanes(visibleTo: .operatorAtConsole, job: "passengers", from: .sample(-1000), to: .sample(1000))
        for actor in [Actor.operatorAtConsole, user.actor(), .anonymous] {
            for filter in [RunFilter(), RunFilter(jobName: "passengers"), RunFilter(status: .failed), RunFilter(before: RunID(at: .sample()))] {
                _ = try await store.runs(filter, visibleTo: actor)
            }
            _ = try await store.runs(RunFilter(jobName: "passengers", status: .failed, before: RunID(at: .sample())), visibleTo: actor)
            _ = try await store.catalogue(visibleTo: actor)
            _ = try await store.catalogue(visibleTo: actor, team: "planning", search: "a")
            _ = try await store.teams(visibleTo: actor)
        }
        try await store.makeCurrent(job: job.id, edition: 1, by: user.id, reason: nil, at: .sample())
        try await store.withhold(job: job.id, edition: 1, by: user.id, reason: "wrong", at: .sample())
        let edition = try #require(try await store.edition(job: job.id, number: 2))
        _ = (try await store.edition(edition.id), try await store.editions(job: job.id), try await store.editions(job: job.id, before: 2))
        _ = (try await store.pointerMoves(job: job.id), try await store.metricHistory(job: job.id, metric: "mape", limit: 10))
        try await store.replaceReport(edition: edition.id, reportDigest: .sample("new"), headline: nil)
        _ = (try await store.counts(), try await store.accessEpoch())
        try await store.registerSample("new", .sample(formerNames: ["passengers"]), files: "two")
        try await store.markRemoved(job: "new", at: .sample())
    }

    private func usePeople(_ store: Store, job: JobID) async throws {
        let user = try await store.addUser(name: "ann", email: nil, passwordHash: nil, administrator: false, groups: ["planning"], at: .sample())
        _ = try await store.addUser(name: "bob", email: nil, passwordHash: nil, administrator: false, groups: [], at: .sample())
        try await store.addMember(user: "bob", group: "finance", at: .sample())
        try await store.removeMember(user: "bob", group: "finance")
        try await store.removeGroup("finance")
        _ = (try await store.groups(), try await store.users(), try await store.user(user))
        let grant = try await store.grant(.analyst, scope: .team("planning"), user: nil, group: "planning", by: user, at: .sample())
        let other = try await store.grant(.viewer, scope: .job(name: "passengers"), user: "ann", group: nil, by: nil, at: .sample())
        try await store.removeGrant(other)
        _ = (grant, try await store.grants(), try await store.grants(job: "passengers"), try await store.resource(job: job))
        _ = try await store.resource(jobNamed: "passengers")
        try await store.startSession(digest: .sample("s"), user: user, idleUntil: .sample(60), endsAt: .sample(600), at: .sample())
        _ = try await store.session(digest: .sample("s"), idleUntil: .sample(300), at: .sample())
        _ = try await store.sessionCount(user: user, at: .sample())
        try await store.endSession(digest: .sample("s"))
        try await store.endSessions(user: user)
        try await store.addLink(digest: .sample("l"), user: user, expiresAt: .sample(60), at: .sample())
        _ = (try await store.linkUser(digest: .sample("l"), at: .sample()), try await store.redeemLink(digest: .sample("l"), at: .sample()))
        let token = try await store.addToken(
            digest: .sample("t"), prefix: "alm_", user: user, name: "t", scope: .all, expiresAt: .sample(60), at: .sample())
        _ = (try await store.token(digest: .sample("t"), at: .sample()), try await store.tokens(user: user))
        try await store.revokeToken(token, at: .sample())
        try await store.setPassword(hash: "h", user: user, keepingSession: .sample("s"), at: .sample())
        try await store.raisePassword(hash: "h", user: user)
        try await store.setDisabled(true, user: user, at: .sample())
        try await store.setDisabled(false, user: user, at: .sample())
        try await store.removeExpired(at: .sample(99))
    }
}
