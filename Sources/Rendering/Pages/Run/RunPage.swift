// One run: how it went, why it failed, what went in and what came out.
package import Recording
package import Vocabulary

/// Something that happened, on the time line of a run.
struct EventRow: TemplateModel {
    let at: TimeText
    let words: String
    let detail: String?

    static let table = FieldTable<EventRow>(
        .one("at") { $0.at },
        .text("words") { $0.words },
        .text("detail") { $0.detail })
}

/// A try of a run.
struct AttemptRow: TemplateModel {
    let number: String
    let status: String
    let statusWords: String
    let message: String?
    let started: TimeText
    let duration: String?
    /// When it was tried again after this attempt, or will be.
    let next: String?
    let resources: String?
    /// Who held the job in its bounds: isolation, and what enforced its limits.
    let guards: [Fact]
    let environment: [Fact]

    static let table = FieldTable<AttemptRow>(
        .text("number") { $0.number },
        .text("status") { $0.status },
        .text("statusWords") { $0.statusWords },
        .text("message") { $0.message },
        .one("started") { $0.started },
        .text("duration") { $0.duration },
        .text("next") { $0.next },
        .text("resources") { $0.resources },
        .many("guards") { $0.guards },
        .many("environment") { $0.environment })
}

/// Why a run failed.
struct FailureNote: TemplateModel {
    let words: String
    let message: String?

    static let table = FieldTable<FailureNote>(
        .text("words") { $0.words },
        .text("message") { $0.message })
}

/// `/runs/<id>`.
package struct RunPage: Page {
    package static let stem = "run"
    package let section = Section.runs

    let detail: RunDetail
    let allowed: Set<Action>
    let log: LogText
    let clock: PageClock
    let zone: String?
    let wait: RunWait?
    let signs: EngineSigns

    /// The page of a run; `logTail` are the last bytes of its log (64 KiB is plenty) and `logBytes` the length of the whole; `wait` is what a queued
    /// run waits for, and `signs` what the engine says of itself.
    package init(
        detail: RunDetail, allowed: Set<Action>, logTail: [UInt8], logBytes: Int64, wait: RunWait? = nil, signs: EngineSigns = EngineSigns(), clock: PageClock
    ) {
        self.wait = wait
        self.signs = signs
        self.detail = detail
        self.allowed = allowed
        log = LogText(logTail, of: logBytes)
        self.clock = clock
        zone = detail.job.definition.zone
    }

    package var pageTitle: String { "\(detail.run.status.words): \(detail.job.definition.title)" }

    var mayRun: Bool { allowed.contains(.run) }

    package static let table = FieldTable<RunPage>(
        .text("title") { $0.detail.job.definition.title },
        .many("tabs") { Tab.all(job: $0.detail.job.name, current: "runs", mayRun: $0.mayRun) },
        .text("short") { $0.detail.run.id.short },
        .text("task") { $0.detail.run.task },
        .text("status") { $0.detail.run.status.rawValue },
        .text("statusWords") { $0.detail.run.status.words },
        .flag("isActive") { !$0.detail.run.status.isTerminal },
        .flag("isPrivate") { $0.detail.run.isPrivate },
        .one("failure") { $0.failure },
        .text("logAddress") { "/runs/\($0.detail.run.id)/log" },
        .text("log") { $0.log.text },
        .text("logOffset") { "\($0.log.end)" },
        .text("moreAddress") { "/runs/\($0.detail.run.id)/log" },
        .text("moreWords") { _ in "See more of the log" },
        .text("logNote") { $0.log.note },
        .one("waitNote") { $0.waitNote },
        .many("phases") { $0.phases },
        .text("cancelledBy") { $0.cancelledBy },
        .many("facts") { $0.facts },
        .many("limits") { $0.limits },
        .many("parameters") { $0.parameters },
        .many("metrics") { MetricRow.rows($0.detail.metrics, definition: $0.detail.version.definition) },
        .many("inputs") { $0.inputs },
        .many("outputs") { $0.outputs },
        .many("events") { $0.events },
        .many("attempts") { $0.attempts },
        .text("cancelAddress") { $0.mayRun && !$0.detail.run.status.isTerminal && !$0.detail.run.cancelRequested ? "/runs/\($0.detail.run.id)/cancel" : nil },
        .flag("isStopping") { $0.detail.run.cancelRequested && !$0.detail.run.status.isTerminal },
        .text("againAddress") { $0.mayRun && $0.detail.run.status.isTerminal && $0.detail.job.removedAt == nil ? "/reports/\($0.detail.job.name)/run" : nil },
        .text("publishAddress") { $0.publishAddress },
        .text("resultAddress") { $0.resultAddress },
        .text("resultWords") { $0.detail.run.editionNumber.map { "See edition \($0)" } ?? "See the private result" })
}
