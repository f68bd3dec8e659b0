// The crash drill: work goes on while a seeded hand kills the server, supervisors, or both; after each recovery the record is audited.
import Foundation
import TestSupport

/// One drill in one workspace.
struct Drill {
    /// Whom a blow hits.
    enum Target: String, CaseIterable {
        case server, supervisor, supervisors, everything, starting
    }

    /// What the promise allows from the start of a server until it answers and has found what was left, in seconds.
    static let recoveryLimit = 5.0
    /// What it allows processes of a killed supervisor: the grace of five seconds, and two.
    static let processLimit = 7.0

    let place: Workplace
    let jobs: DrillJobs
    let crowd: Crowd
    let ledger = Ledger()
    var numbers: SeededNumbers
    var deeds = Deeds()
    var audit: Audit
    var server: Server
    var report: DrillReport

    private var data: String { place.folder.path + "/data" }
    private var runs: String { data + "/runs" }
    private static let variables = ["ALMANAC_RUNNER_CONCURRENCY": "4", "ALMANAC_LOG_LEVEL": "warning"]

    /// Makes the workspace, a person with a token, and the first server.
    init(seed: UInt64) async throws {
        numbers = SeededNumbers(seed: seed)
        jobs = DrillJobs(prefix: "d" + UUID().uuidString.prefix(6).lowercased())
        place = try Workplace(jobs.files)
        guard try place.almanac("user", "add", "drill", "--administrator").status == 0 else { throw Workplace.Failure(description: "no user could be added") }
        let token = try place.almanac("token", "create", "drill", "--scope", "all").output.trimmingCharacters(in: .whitespacesAndNewlines)
        crowd = Crowd(jobs: jobs, ledger: ledger, socket: place.folder.path + "/data/control.sock", token: token)
        audit = Audit(data: place.folder.path + "/data", jobs: jobs)
        report = DrillReport(seed: seed)
        server = try await place.serve(variables: Drill.variables)
        let last = jobs.name(.slow)
        guard try await Program.eventually(within: 60, { try self.count("SELECT count(*) FROM job WHERE name = '\(last)'") == 1 && self.count("SELECT count(*) FROM job") == DrillJobs.Kind.allCases.count }) else {
            throw Workplace.Failure(description: "the drill's jobs were not registered: " + server.log)
        }
    }

    /// Kills so many times and returns what was found.
    mutating func run(kills: Int) async throws -> DrillReport {
        let begun = ContinuousClock.now
        var told = 0
        while report.kills < kills, Set(report.violations).count < 20 {
            try await round()
            report.seconds = begun.elapsed
            report.acknowledged = await ledger.acknowledgedCount
            report.count(audit)
            if report.kills / 100 > told {
                told = report.kills / 100
                print("drill: \(report.line)")
            }
        }
        try await close()
        report.seconds = begun.elapsed
        report.acknowledged = await ledger.acknowledgedCount
        report.pages = await ledger.answers
        report.violations += await ledger.badAnswers
        report.violations += await ledger.refusals.map { "a request was refused: \($0)" }
        report.count(audit)
        report.violations = Array(NSOrderedSet(array: report.violations).compactMap { $0 as? String })
        if !report.violations.isEmpty { report.kept = keep() }
        return report
    }

    /// Work, one blow, recovery, audit.
    private mutating func round() async throws {
        try await catchUp()
        let (crowd, address, seed, count) = (crowd, server.address, numbers.next(), Int.random(in: 3...8, using: &numbers))
        let asking = Task { await crowd.ask(count, seed: seed, upTo: 120) }
        let reading = Task { await crowd.read(address) }
        await aim()
        try await strike()
        asking.cancel()
        reading.cancel()
        await asking.value
        await reading.value
        report.violations += try await audit.violations(ledger, deeds, isOver: false)
    }

    /// Waits for the moment of the blow: any moment, or right after an attempt has got its folder, or right after its process has ended, when the server
    /// launches, collects and publishes.
    private mutating func aim() async {
        let choice = Int.random(in: 0..<100, using: &numbers)
        guard choice >= 40 else {
            try? await Task.sleep(for: .milliseconds(Int.random(in: 0...(choice < 15 ? 80 : 700), using: &numbers)))
            return
        }
        let sign = choice < 65 ? "" : "/exit.json"
        let before = signs(sign)
        let end = ContinuousClock.now + .milliseconds(900)
        while ContinuousClock.now < end, signs(sign).isSubset(of: before) { try? await Task.sleep(for: .milliseconds(1)) }
        try? await Task.sleep(for: .microseconds(Int.random(in: 0...30_000, using: &numbers)))
    }

    /// Attempts whose folders have a file; with an empty name, all.
    private func signs(_ file: String) -> Set<String> {
        Set(((try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []).filter { file.isEmpty || FileManager.default.fileExists(atPath: runs + "/" + $0 + file) })
    }

    private mutating func strike() async throws {
        switch Int.random(in: 0..<100, using: &numbers) {
        case ..<40: try await recover(from: .server) { $0.killServer(); return [] }
        case ..<60: try await supervisorsDie(all: false)
        case ..<70: try await supervisorsDie(all: true)
        default:
            let serverFirst = numbers.percent(50)
            try await recover(from: .everything) { drill in
                if serverFirst { drill.killServer() }
                let victims = drill.killSupervisors(all: true)
                if !serverFirst { drill.killServer() }
                return victims
            }
        }
    }

    private mutating func killServer() {
        server.end(SIGKILL)
        deeds.serverKills.append(Drill.now)
    }

    /// Kills one or all supervisors that live; returns the processes that they leave.
    private mutating func killSupervisors(all: Bool) -> [ProcessIdentity] {
        let living = Supervisor.living(in: runs).shuffled(using: &numbers)
        let table = ProcessTable.look()
        var left: [ProcessIdentity] = []
        for supervisor in all ? living[...] : living.prefix(1) where supervisor.kill() {
            deeds.killedAttempts.insert(supervisor.attempt)
            left += [supervisor.process] + table.descendants(of: supervisor.process.pid).map(\.identity)
            report.supervisorsKilled += 1
        }
        return left
    }

    /// Supervisors die while their server lives.
    private mutating func supervisorsDie(all: Bool) async throws {
        let runs = runs
        guard await Program.eventually(within: 3, { !Supervisor.living(in: runs).isEmpty }) else { return }
        try? await Task.sleep(for: .milliseconds(Int.random(in: 0...40, using: &numbers)))
        let begun = ContinuousClock.now, moment = Drill.now
        let left = killSupervisors(all: all)
        guard !left.isEmpty else { return }
        report.count(all ? .supervisors : .supervisor)
        try await settle(since: begun, before: moment, left: left)
    }

    /// A blow that takes the server, then new servers until one of them is not killed while it starts.
    private mutating func recover(from target: Target, _ blow: (inout Drill) -> [ProcessIdentity]) async throws {
        let left = blow(&self)
        report.count(target)
        while true {
            let begun = ContinuousClock.now, moment = Drill.now
            let starting = try place.start(variables: Drill.variables)
            if numbers.percent(12) {
                try? await Task.sleep(for: .milliseconds(Int.random(in: 0...max(50, Int(report.ready.median * 1200)), using: &numbers)))
                starting.end(SIGKILL)
                deeds.serverKills.append(Drill.now)
                report.count(.starting)
                continue
            }
            try await becomeReady(starting, since: begun)
            return try await settle(since: begun, before: moment, left: left)
        }
    }

    private mutating func becomeReady(_ starting: StartingServer, since begun: ContinuousClock.Instant) async throws {
        while true {
            guard starting.isRunning, begun.elapsed < 30 else { throw Workplace.Failure(description: "the server did not start again: " + starting.log) }
            if let ready = starting.ready {
                let address = ready.address
                if await Wire.aside({ Wire.get(address, "/readyz")?.status }) == 200 {
                    server = ready
                    break
                }
            }
            try? await Task.sleep(for: .milliseconds(5))
        }
        report.ready.add(begun.elapsed)
        if begun.elapsed > Drill.recoveryLimit { report.violations.append("a server needed \(begun.elapsed) s until it was ready") }
    }

    /// Waits until nothing is under way in the record that no living supervisor watches, and no process is left of killed ones.
    private mutating func settle(since begun: ContinuousClock.Instant, before moment: Int64, left: [ProcessIdentity]) async throws {
        let killed = deeds.killedAttempts
        var found: Double?
        var gone: Double?
        while found == nil || gone == nil, begun.elapsed < 30 {
            if gone == nil, !left.contains(where: ProcessTable.lives) { gone = begun.elapsed }
            if found == nil {
                let open = try Record(path: data + "/record.sqlite").rows("SELECT id FROM attempt WHERE status IN ('launching', 'running') AND started_at < \(moment)").map { $0[0] }
                let forgotten = open.filter { attempt in
                    if killed.contains(attempt) { return true }
                    return Supervisor(runs: runs, attempt: attempt).map { !ProcessTable.lives($0.process) } ?? true
                }
                if forgotten.isEmpty { found = begun.elapsed }
            }
            if found == nil || gone == nil { try? await Task.sleep(for: .milliseconds(20)) }
        }
        report.found.add(found ?? begun.elapsed)
        if !left.isEmpty { report.gone.add(gone ?? begun.elapsed) }
        if found.map({ $0 > Drill.recoveryLimit }) ?? true { report.violations.append("orphans were found only after \(found ?? begun.elapsed) s") }
        if gone.map({ $0 > Drill.processLimit }) ?? true {
            report.violations.append("processes of a killed supervisor lived on: " + left.filter(ProcessTable.lives).map { ProcessTable.commandLine(of: $0.pid) }.joined(separator: ", "))
        }
    }

    /// Lets the server work when more is queued than it can keep up with.
    private func catchUp() async throws {
        guard try count(Drill.unfinished) > 24 else { return }
        _ = try await Program.eventually(within: 60) { try count(Drill.unfinished) < 8 }
    }

    /// The end: everything comes to its end, what is served is what is recorded, and nothing is left.
    private mutating func close() async throws {
        _ = try place.almanac("pause", jobs.name(.minutely))
        _ = try await Program.eventually(within: 120) { try count(Drill.unfinished) == 0 }
        report.violations += try await audit.violations(ledger, deeds, isOver: true)
        let served = try await audit.served(server.address, token: crowd.token, count: 100, &numbers)
        report.filesServed = served.checked
        report.violations += served.complaints
        let status = server.end()
        if status != 0 { report.violations.append("the last server ended with status \(status)") }
        report.violations += audit.leftovers()
        let table = ProcessTable.look()
        for process in table.holding("ALMANAC_JOB=\(jobs.prefix)-") + table.holding(runs) {
            report.violations.append("a process is left: " + ProcessTable.commandLine(of: process.identity.pid))
            // Theirs is this drill's mark: nobody else's process is hit.
            Glibc.kill(process.identity.pid, SIGKILL)
        }
    }

    private static let unfinished = "SELECT count(*) FROM run WHERE ended_at IS NULL"
    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    private func count(_ question: String) throws -> Int { try Record(path: data + "/record.sqlite").rows(question).first.flatMap { Int($0[0]) } ?? 0 }

    /// Keeps the folder of a drill that found something, for whoever looks into it.
    private func keep() -> String? {
        let path = NSTemporaryDirectory() + "almanac-drill-\(report.seed)-\(jobs.prefix)"
        return (try? FileManager.default.copyItem(atPath: place.folder.path, toPath: path)) == nil ? nil : path
    }
}
