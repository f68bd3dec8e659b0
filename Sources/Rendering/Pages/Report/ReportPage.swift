// The report: what it says, whether to trust it today, where the files are and where it all comes from.
import Markup
import Recording
import Vocabulary

/// `/reports/<job>` and `/reports/<job>/editions/<n>`.
package struct ReportPage: Page {
    package static let stem = "report"
    package let section = Section.reports

    let job: JobRecord
    let edition: EditionRecord?
    let health: Health
    let notes: [Banner]
    let article: SafeHTML?
    let files: [FileRow]
    let provenance: [Fact]
    let parameters: [Fact]
    let inputs: [Fact]
    let changes: [String]
    let mayRun: Bool
    let clock: PageClock
    let diagnostics: [String]

    package var pageTitle: String { job.definition.title }

    /// Where the files of the edition are, without a slash at the end.
    static func filesFolder(job: String, edition: Int) -> String { "/reports/\(job)/editions/\(edition)/files" }

    package static let table = FieldTable<ReportPage>(
        .text("title") { $0.job.definition.title },
        .text("summary") { $0.job.definition.summary },
        .many("tabs") { Tab.all(job: $0.job.name, current: "report", mayRun: $0.mayRun) },
        .one("health") { $0.health },
        .many("notes") { $0.notes },
        .texts("diagnostics") { $0.diagnostics },
        .text("edition") { $0.edition.map { "Edition \($0.number)" } },
        .one("published") { page in page.edition.map { page.clock.time($0.createdAt, zone: page.job.definition.zone) } },
        .one("next") { page in page.health.nextDue.map { page.clock.time($0, zone: page.job.definition.zone) } },
        .text("scheduleAddress") { "/schedule?job=\($0.job.name)" },
        .text("owner") { $0.job.definition.owner },
        .text("team") { $0.job.definition.team },
        .html("article") { $0.article },
        .texts("changes") { $0.changes },
        .many("files") { $0.files },
        .many("provenance") { $0.provenance },
        .many("parameters") { $0.parameters },
        .many("inputs") { $0.inputs },
        .text("runAddress") { $0.mayRun && $0.job.removedAt == nil ? "/reports/\($0.job.name)/run" : nil })
}
