// The result of a private run: as its report would be, for who asked.
package import Markup
package import Recording
import Vocabulary

/// `/runs/<id>/report`.
package struct RunReportPage: Page {
    package static let stem = "run-report"
    package let section = Section.runs

    let detail: RunDetail
    let article: SafeHTML
    let clock: PageClock

    package init(detail: RunDetail, article: SafeHTML, clock: PageClock) {
        self.detail = detail
        self.article = article
        self.clock = clock
    }

    package var pageTitle: String { "Private result: \(detail.job.definition.title)" }

    package static let table = FieldTable<RunReportPage>(
        .text("title") { $0.detail.job.definition.title },
        .text("summary") { $0.detail.job.definition.summary },
        .text("runAddress") { "/runs/\($0.detail.run.id)" },
        .text("command") { "almanac publish \($0.detail.run.id)" },
        .one("ended") { page in page.detail.run.endedAt.map { page.clock.time($0, zone: page.detail.job.definition.zone) } },
        .many("parameters") { RunPage(detail: $0.detail, allowed: [], logTail: [], logBytes: 0, clock: $0.clock).parameters },
        .html("article") { $0.article })
}
