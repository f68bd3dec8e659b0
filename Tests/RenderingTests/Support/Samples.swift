// Sample records for pages: two jobs with runs and editions around the morning of 23 November 2026.
import Access
import Markup
import Recording
@testable import Rendering
import Scheduling
import Vocabulary

/// Values that page tests start from.
enum Samples {
    static let now = instant("2026-11-23T09:30:00Z")
    static let clock = PageClock(now: now, zones: Zones())
    static let jobID = id(1, JobID.self)
    static let ann = Actor.user(.init(id: id(70, UserID.self), name: "ann", groups: ["planning"], administrator: false))
    static let root = Actor.user(.init(id: id(71, UserID.self), name: "root", groups: [], administrator: true))

    static func instant(_ text: String) -> Instant { Instant(rfc3339: text) ?? Instant(milliseconds: 0) }

    static func id<Subject>(_ number: Int, _: Identifier<Subject>.Type) -> Identifier<Subject> {
        let tail = String(number)
        // The text has the shape of a UUID by construction.
        return Identifier<Subject>("01980000-0000-7000-8000-" + String(repeating: "0", count: 12 - tail.count) + tail)!
    }

    static func digest(_ byte: UInt8) -> Digest { Digest(bytes: Array(repeating: byte, count: 32)) }

    static let definition = JobDefinition(
        title: "Airline passengers, next twelve months", summary: "How many passengers to expect each month, with a range.", team: "planning",
        owner: "planning@example.com", access: AccessKeys(view: ["planning"]),
        tasks: [TaskDefinition(name: "score", file: "forecast.R", language: .r)],
        schedules: [ScheduleDefinition(cron: "0 6 * * *", timezone: "Europe/Berlin", freshWithin: Span(seconds: 7200))],
        inputs: [InputDefinition(name: "passengers", source: .path("data/passengers.csv"))],
        parameters: [ParameterDefinition(name: "horizon", kind: .integer, defaultValue: .integer(12), min: 1, max: 60, label: "Months ahead")],
        outputs: [
            OutputDefinition(
                name: "forecast", path: "forecast.csv", title: "Forecast", description: "The expected number of passengers of each month.",
                key: ["month"],
                columns: [
                    .init(name: "month", title: "Month", description: "First day of the month"),
                    .init(name: "expected", title: "Expected", unit: "thousand", description: "The middle of the range"),
                ])
        ],
        metrics: [MetricDefinition(name: "mape", title: "Typical error", unit: "%", better: .lower, warnAbove: 12, holdAbove: 40)])

    static func job(
        _ definition: JobDefinition = definition, paused: Bool = false, removed: Bool = false, current: EditionID? = id(30, EditionID.self),
        diagnostics: [Diagnostic] = []
    ) -> JobRecord {
        JobRecord(
            id: jobID, name: "airline-passengers", versionID: id(2, JobVersionID.self), versionNumber: 3, manifestDigest: digest(0xab),
            definition: definition, paused: paused, removedAt: removed ? instant("2026-11-20T00:00:00Z") : nil, currentEditionID: current,
            diagnostics: diagnostics, createdAt: instant("2026-01-05T10:00:00Z"))
    }

    static let version = JobVersionRecord(
        id: id(2, JobVersionID.self), jobID: jobID, number: 3, manifestDigest: digest(0xab),
        manifest: Manifest(files: [
            .init(path: "README.md", sha256: digest(1), bytes: 2_000, executable: false),
            .init(path: "forecast.R", sha256: digest(2), bytes: 3_000, executable: false),
            .init(path: "job.yaml", sha256: digest(3), bytes: 900, executable: false),
        ]), definition: definition, createdAt: instant("2026-10-01T08:00:00Z"))

    static func edition(
        _ number: Int = 14, state: EditionState = .published, current: Bool = true, at time: String = "2026-11-23T05:00:12Z",
        heldBecause: String? = nil
    ) -> EditionRecord {
        EditionRecord(
            id: id(16 + number, EditionID.self), jobID: jobID, number: number, runID: id(200 + number, RunID.self), state: state,
            heldBecause: heldBecause, reportDigest: digest(9), headline: "Typical error 3.1%", createdAt: instant(time), isCurrent: current)
    }

    static func run(
        _ number: Int = 214, status: RunStatus = .succeeded, reason: FailureReason? = nil, message: String? = nil, isPrivate: Bool = false,
        edition: Int? = 14, at time: String = "2026-11-23T05:00:00Z", trigger: RunTrigger = .schedule
    ) -> RunRecord {
        let queued = instant(time)
        return RunRecord(
            id: id(number, RunID.self), jobID: jobID, jobName: "airline-passengers", jobVersionID: id(2, JobVersionID.self), jobVersionNumber: 3,
            task: "score", status: status, failureReason: reason, failureMessage: message, trigger: trigger, scheduledFor: queued,
            scheduledOffset: 3600, isPrivate: isPrivate, requestedBy: nil, queuedAt: queued,
            startedAt: status == .queued ? nil : queued.adding(milliseconds: 340),
            endedAt: status.isTerminal ? queued.adding(milliseconds: 12_140) : nil, cancelRequested: false, editionNumber: edition)
    }

    static let metrics = [
        Metric(name: "mape", value: 3.142), Metric(name: "mape", value: 13.4, slice: "December"),
        Metric(name: "coverage", value: nil, noValueReason: "NaN"),
    ]

    static let outputs = [
        Output(
            name: "forecast", path: "forecast.csv", declared: true, sha256: digest(0xcd), bytes: 1_540, rows: 12, columns: ["month", "expected"]),
        Output(name: "notes/extra.txt", path: "notes/extra.txt", declared: false, sha256: digest(0xce), bytes: 40),
    ]

    static func detail(_ run: RunRecord = run(), attempts: [AttemptRecord]? = nil, job: JobRecord = job()) -> RunDetail {
        let queued = run.queuedAt
        let attempt = AttemptRecord(
            id: id(500, AttemptID.self), runID: run.id, number: 1, status: run.status == .failed ? .failed : .succeeded, receipt: nil,
            startedAt: queued.adding(milliseconds: 340), endedAt: queued.adding(milliseconds: 12_140), exitStatus: run.status == .failed ? 1 : 0,
            signal: nil, reason: run.failureReason, message: run.failureMessage,
            resources: ResourceUse(cpuMilliseconds: 9_800, peakMemoryBytes: 152 << 20), logDigest: digest(7), logBytes: 312,
            environment: ["R": "4.2.2", "isolation": "private folders"])
        var events = [RunEventRecord(at: queued, kind: "queued", detail: nil)]
        if run.status != .queued {
            events.append(RunEventRecord(at: queued.adding(milliseconds: 340), kind: "launched", detail: "attempt 1"))
        }
        if run.status.isTerminal {
            events.append(RunEventRecord(at: queued.adding(milliseconds: 12_140), kind: run.status.rawValue, detail: nil))
        }
        return RunDetail(
            run: run, job: job, version: version, requestedByName: nil, attempts: attempts ?? (run.status == .queued ? [] : [attempt]),
            events: events, parameters: ["horizon": .integer(12)],
            snapshots: [
                Snapshot(
                    input: "passengers", fileName: "passengers.csv", sha256: digest(0xee), bytes: 2_310, origin: "data/passengers.csv")
            ],
            metrics: run.status == .succeeded ? metrics : [], outputs: run.status == .succeeded ? outputs : [])
    }

    static func entry(
        _ name: String = "airline-passengers", title: String = definition.title, summary: String? = definition.summary, team: String? = "planning",
        current: EditionRecord? = edition(), newest: EditionRecord? = nil, last: RunStatus? = .succeeded,
        lastEnded: String = "2026-11-23T05:00:12Z", running: Bool = false, paused: Bool = false, diagnostics: Bool = false,
        definition: JobDefinition = definition, number: Int = 1
    ) -> CatalogueEntry {
        CatalogueEntry(
            jobID: id(number, JobID.self), name: name, title: title, summary: summary, team: team, currentEdition: current,
            newestEdition: newest ?? current, lastRunStatus: last, lastRunFailure: last == .failed ? .exitCode : nil,
            lastRunEndedAt: instant(lastEnded), isRunning: running, paused: paused, removedAt: nil, hasDiagnostics: diagnostics,
            definition: definition)
    }

    static let article = SafeHTML(trusted: """
        <p><strong>Plan for 450 thousand passengers in December.</strong> The busiest month should bring 650 thousand.</p>
        <h2 id="text-can-you-rely-on-it">Can you rely on it?</h2>
        <p>Tested on months it had not seen, the forecast was wrong by 3.1% on a usual month.</p>
        """)

    static let log = Array("""
        2026-11-23T05:00:00Z reading 144 months
        2026-11-23T05:00:09Z Holt-Winters: mape 3.142
        2026-11-23T05:00:12Z wrote forecast.csv

        """.utf8)
}
