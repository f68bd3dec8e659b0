// Sample values of the vocabulary for tests that need some, but do not care which.
package import Recording
package import Vocabulary

extension Digest {
    /// A digest that is the same for the same text (FNV-1a, spread over 32 bytes: not a SHA-256).
    package static func sample(_ text: String) -> Digest {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        var bytes: [UInt8] = []
        for round in UInt8(0)..<4 {
            for byte in Array(text.utf8) + [round] { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
            for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: state >> shift)) }
        }
        return Digest(bytes: bytes)
    }
}

extension Instant {
    /// 2026-03-02T06:00:00Z and so many seconds: a Monday morning.
    package static func sample(_ seconds: Int64 = 0) -> Instant { Instant(seconds: 1_772_431_200 + seconds) }
}

extension Manifest {
    /// A manifest of one script whose content is named by `text`.
    package static func sample(_ text: String) -> Manifest {
        Manifest(files: [
            File(path: "job.yaml", sha256: .sample("yaml " + text), bytes: 100, executable: false),
            File(path: "score.py", sha256: .sample("code " + text), bytes: 200, executable: true),
        ])
    }
}

extension JobDefinition {
    /// A definition with one Python task `score`, one output and one metric.
    package static func sample(
        title: String = "Airline passengers", team: String? = "planning", access: AccessKeys = AccessKeys(), formerNames: [String] = [],
        schedules: [ScheduleDefinition] = [], summary: String? = "How many passengers to expect"
    ) -> JobDefinition {
        JobDefinition(
            title: title, summary: summary, team: team, access: access, formerNames: formerNames,
            tasks: [TaskDefinition(name: "score", file: "score.py", language: .python), TaskDefinition(name: "train", file: "train.py", language: .python)],
            schedules: schedules, parameters: [ParameterDefinition(name: "horizon", kind: .integer, defaultValue: .integer(12))],
            outputs: [OutputDefinition(name: "forecast", path: "forecast.csv")], metrics: [MetricDefinition(name: "mape", unit: "%", better: .lower)])
    }
}

extension ScheduleDefinition {
    /// Every day at six in Berlin.
    package static func sample(cron: String = "0 6 * * *") -> ScheduleDefinition { ScheduleDefinition(cron: cron, timezone: "Europe/Berlin") }
}

extension NewRun {
    /// A run of `score` with one parameter.
    package static func sample(
        _ job: JobID, task: String = "score", trigger: RunTrigger = .manual, at instant: Instant = .sample(), isPrivate: Bool = false,
        by user: UserID? = nil
    ) -> NewRun {
        NewRun(
            jobID: job, task: task, trigger: trigger, scheduledFor: instant, parameters: ["horizon": .integer(12)], isPrivate: isPrivate,
            requestedBy: user)
    }
}

extension NewEdition {
    package static func sample(_ state: EditionState = .published, at instant: Instant = .sample(), page: String = "page") -> NewEdition {
        NewEdition(
            state: state, heldBecause: state == .held ? "Typical error is 41 %" : nil, reportDigest: .sample(page), headline: "Typical error 3.1 %",
            createdAt: instant)
    }
}

extension AttemptEnd {
    /// A success with one metric, one output and, unless told otherwise, an edition.
    package static func success(at instant: Instant = .sample(), metrics: [Metric] = [Metric(name: "mape", value: 3.1)], edition: NewEdition? = .sample())
        -> AttemptEnd
    {
        AttemptEnd(
            status: .succeeded, exitStatus: 0, startedAt: instant, endedAt: instant.adding(seconds: 5),
            resources: ResourceUse(cpuMilliseconds: 900, peakMemoryBytes: 1 << 26), logDigest: .sample("log"), logBytes: 512, metrics: metrics,
            outputs: [
                Output(name: "forecast", path: "forecast.csv", declared: true, sha256: .sample("csv"), bytes: 64, rows: 12, columns: ["month", "expected"])
            ], edition: edition)
    }

    package static func failure(at instant: Instant = .sample(), retryAt: Instant? = nil) -> AttemptEnd {
        AttemptEnd(status: .failed, reason: .exitCode, message: "The script ended with exit code 1", exitStatus: 1, endedAt: instant, retryAt: retryAt)
    }
}

extension Store {
    /// Registers a job whose files are named by `files`.
    @discardableResult
    package func registerSample(_ name: String, _ definition: JobDefinition = .sample(), files: String = "one", at now: Instant = .sample())
        async throws -> JobVersionRecord
    {
        let manifest = Manifest.sample(files)
        return try await register(job: name, definition: definition, manifest: manifest, manifestDigest: .sample(manifest.text), at: now).version
    }

    /// Queues, claims, launches and ends one run of a job; returns the run and the edition's number.
    @discardableResult
    package func runSample(_ run: NewRun, end: AttemptEnd? = nil, at now: Instant = .sample()) async throws -> (run: RunID, edition: Int?) {
        let id = try await queue(run, at: now)
        let claimed = try await claimRuns(limit: 1, at: now)
        guard let claimed = claimed.first(where: { $0.run.id == id }) else {
            throw RecordingError(.stale, subject: "run \(id.short)", detail: "was not the next to claim")
        }
        try await recordLaunch(
            attempt: claimed.attemptID, receipt: Receipt(launcher: "local", text: "{}"), snapshots: [], environment: [:], at: now)
        return (id, try await finish(attempt: claimed.attemptID, end: end ?? .success(at: now, edition: run.isPrivate ? nil : .sample(at: now)), at: now))
    }
}
