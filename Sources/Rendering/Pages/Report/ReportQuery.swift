// Reads a report from the record and its stored article from the artifacts.
package import Artifacts
import Markup
package import Recording
package import Vocabulary

extension ReportPage {
    /// A job's page with an edition: the current one, or the one that the address names; without an edition the page says what to expect.
    ///
    /// `allowed` decides what is offered and how much of the origin is shown. Throws when the article's bytes cannot be read.
    package static func load(
        from store: Store, artifacts: any ArtifactStore, job: JobRecord, edition: EditionRecord?, allowed: Set<Action>, clock: PageClock
    ) async throws -> ReportPage {
        let newest = try await store.editions(job: job.id, limit: 1).first
        let runs = try await store.runs(RunFilter(jobName: job.name, limit: 20), visibleTo: .operatorAtConsole)
        var current: EditionRecord?
        if let id = job.currentEditionID { current = edition?.id == id ? edition : try await store.edition(id) }
        var detail: RunDetail?
        var article: SafeHTML?
        var previous: (metrics: [Metric], outputs: [Output], number: Int)?
        if let edition {
            detail = try await store.runDetail(edition.runID)
            let folder = filesFolder(job: job.name, edition: edition.number)
            article = try await StoredArticle.read(edition.reportDigest, from: artifacts, filesFolder: folder, number: "\(edition.number)")
            if let before = try await store.editions(job: job.id, before: edition.number, limit: 20).first(where: { $0.state == .published }) {
                previous = (try await store.metrics(run: before.runID), try await store.outputs(run: before.runID), before.number)
            }
        }
        return ReportPage(
            job: job, edition: edition, current: current, newest: newest, runs: runs, detail: detail, previous: previous, article: article,
            allowed: allowed, clock: clock)
    }
}
