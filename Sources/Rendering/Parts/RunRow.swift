// A run as a line of a list.
import Recording
import Vocabulary

/// One line about a run.
struct RunRow: TemplateModel, Hashable {
    let address: String
    let jobName: String
    let task: String
    /// Stored word of the state, for its colour.
    let status: String
    let statusWords: String
    let reason: String?
    let trigger: String
    let queued: TimeText
    let duration: String?
    let edition: String?
    let editionAddress: String?
    let isPrivate: Bool

    init(_ run: RunRecord, zone: String?, clock: PageClock) {
        address = "/runs/\(run.id)"
        jobName = run.jobName
        task = run.task
        status = run.status.rawValue
        statusWords = run.status.words
        reason = run.failureReason?.words
        trigger = run.trigger.words
        queued = clock.time(run.queuedAt, zone: zone)
        duration = run.startedAt.flatMap { start in run.endedAt.map { Amounts.duration(milliseconds: $0 - start) } }
        edition = run.editionNumber.map { "Edition \($0)" }
        editionAddress = run.editionNumber.map { "/reports/\(run.jobName)/editions/\($0)" }
        isPrivate = run.isPrivate
    }

    static let table = FieldTable<RunRow>(
        .text("address") { $0.address },
        .text("jobName") { $0.jobName },
        .text("task") { $0.task },
        .text("status") { $0.status },
        .text("statusWords") { $0.statusWords },
        .text("reason") { $0.reason },
        .text("trigger") { $0.trigger },
        .one("queued") { $0.queued },
        .text("duration") { $0.duration },
        .text("edition") { $0.edition },
        .text("editionAddress") { $0.editionAddress },
        .flag("isPrivate") { $0.isPrivate })
}
