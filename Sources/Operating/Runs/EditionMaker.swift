// Makes editions: renders a run's article, stores it, and says whether it may become current.
package import Artifacts
import Defining
package import Logging
import Markup
package import Recording
package import Rendering
package import Vocabulary

/// Renders and publishes what runs produced.
package struct EditionMaker: Sendable {
    let store: Store
    let artifacts: any ArtifactStore
    let zones: Zones
    /// The zone in which pages tell times when the site names one.
    let siteZone: String?
    let clock: Clock
    let logger: Logger

    package init(store: Store, artifacts: any ArtifactStore, zones: Zones, siteZone: String?, clock: Clock, logger: Logger) {
        self.store = store
        self.artifacts = artifacts
        self.zones = zones
        self.siteZone = siteZone
        self.clock = clock
        self.logger = logger
    }

    /// The edition of a run that just succeeded: its article is durable, and it is held when a check fails.
    func edition(of claimed: ClaimedRun, metrics: [Metric], outputs: [Output], snapshots: [Snapshot]) async throws -> NewEdition {
        let failures = try await EditionChecks(artifacts: artifacts).failures(claimed.version.definition, metrics: metrics, snapshots: snapshots)
        return try await edition(
            ArticleMaterial(
                jobName: claimed.run.jobName, definition: claimed.version.definition, manifest: claimed.version.manifest, metrics: metrics,
                parameters: claimed.parameters, outputs: outputs),
            heldBecause: failures)
    }

    /// Publishes the result of a private run for whoever decided so; returns the edition's number. Throws `notFound`, `stale`, `conflict`.
    package func publish(_ run: RunID, by user: UserID?) async throws -> Int {
        guard let detail = try await store.runDetail(run) else { throw RecordingError(.notFound, subject: "run \(run)", detail: "there is no such run") }
        let edition = try await edition(ArticleMaterial(detail), heldBecause: [])
        return try await store.publish(run: run, edition: edition, by: user, at: clock())
    }

    /// Renders every edition of a job again; returns how many. The current one by the newest version's words, the others by their own.
    func renderAll(_ job: JobRecord) async throws -> Int {
        var count = 0
        var before: Int?
        while true {
            let editions = try await store.editions(job: job.id, before: before, limit: 100)
            for edition in editions where try await render(edition, of: job) { count += 1 }
            guard let last = editions.last, editions.count == 100 else { return count }
            before = last.number
        }
    }

    /// Renders the current edition by the newest version's words.
    func renderCurrent(_ job: JobRecord) async throws {
        guard let id = job.currentEditionID, let edition = try await store.edition(id) else { return }
        _ = try await render(edition, of: job)
    }

    private func render(_ edition: EditionRecord, of job: JobRecord) async throws -> Bool {
        guard let detail = try await store.runDetail(edition.runID) else { return false }
        var article = try await article(ArticleMaterial(detail), at: edition.createdAt)
        if edition.isCurrent, detail.version.id != job.versionID, let newest = try await store.jobVersion(job.versionID) {
            let material = ArticleMaterial(
                jobName: job.name, definition: newest.definition, manifest: newest.manifest, metrics: detail.metrics, parameters: detail.parameters,
                outputs: detail.outputs)
            let renewed = try await self.article(material, at: edition.createdAt)
            // Words about outputs that this run did not have wait for the next edition.
            if !renewed.diagnostics.contains(where: { $0.severity == .error }) { article = renewed }
        }
        let stored = try await artifacts.put(Array(article.html.html.utf8))
        guard stored.sha256 != edition.reportDigest || article.headline != edition.headline else { return true }
        try await store.replaceReport(edition: edition.id, reportDigest: stored.sha256, headline: article.headline)
        return true
    }

    private func article(_ material: ArticleMaterial, at instant: Instant) async throws -> RenderedArticle {
        try await ReportArticle.render(material, from: artifacts, clock: PageClock(now: instant, zones: zones, siteZone: siteZone))
    }

    private func edition(_ material: ArticleMaterial, heldBecause failures: [String]) async throws -> NewEdition {
        let now = clock()
        let article = try await article(material, at: now)
        for diagnostic in article.diagnostics {
            logger.notice("the report has a mistake", metadata: ["job.name": "\(material.jobName)", "diagnostic": "\(diagnostic)"])
        }
        let stored = try await artifacts.put(Array(article.html.html.utf8))
        return NewEdition(
            state: failures.isEmpty ? .published : .held, heldBecause: failures.isEmpty ? nil : failures.joined(separator: "; "),
            reportDigest: stored.sha256, headline: article.headline, createdAt: now)
    }
}
