// Renders the result of a private run when somebody asks for it: nothing of it is stored.
package import Artifacts
import Markup
package import Recording
import Vocabulary

extension RunReportPage {
    /// The page of a run that succeeded. Throws when an artifact cannot be read.
    package static func load(from artifacts: any ArtifactStore, detail: RunDetail, clock: PageClock) async throws -> RunReportPage {
        let made = PageClock(now: detail.run.endedAt ?? clock.now, zones: clock.zones, siteZone: clock.siteZone)
        let article = try await ReportArticle.render(ArticleMaterial(detail), from: artifacts, clock: made)
        let placed = StoredArticle.placed(Array(article.html.html.utf8), filesFolder: "/runs/\(detail.run.id)/files", number: "private")
        return RunReportPage(detail: detail, article: placed, clock: clock)
    }
}
