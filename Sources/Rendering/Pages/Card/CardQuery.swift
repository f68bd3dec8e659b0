// Reads a job's model card: README.md of its newest version, and what the record knows.
package import Artifacts
import Defining
import Markup
package import Recording
package import Vocabulary

extension CardPage {
    /// Largest README.md.
    private static let mostText = TextFile.largest

    /// The card of the job's newest version; an edit of README.md appears without a run. Values in the text are those of the current edition.
    package static func load(
        from store: Store, artifacts: any ArtifactStore, job: JobRecord, allowed: Set<Action>, clock: PageClock
    ) async throws -> CardPage {
        guard let version = try await store.jobVersion(job.versionID) else {
            throw RenderingError(.inconsistent, subject: "job \(job.name)", detail: "its newest version is not in the record")
        }
        var detail: RunDetail?
        var edition: EditionRecord?
        if let id = job.currentEditionID { edition = try await store.edition(id) }
        if let edition { detail = try await store.runDetail(edition.runID) }
        let runs = allowed.contains(.run) ? try await store.runs(RunFilter(jobName: job.name, limit: 5), visibleTo: .operatorAtConsole) : []
        var facts: [(String, String)] = []
        var text: SafeHTML?
        var missing: [String] = []
        if let file = version.manifest.file("README.md"), file.bytes <= mostText {
            let source = String(decoding: try await artifacts.read(file.sha256, limit: mostText), as: UTF8.self)
            let (card, _) = FrontMatter.read(source, file: "Jobs/\(job.name)/README.md")
            facts = card.entries.map { ($0.key, $0.value.displayed) }
            missing = Self.missing(CardCheck(card))
            text = try await body(of: card, version: version, job: job, detail: detail, edition: edition, artifacts: artifacts, clock: clock)
        }
        return CardPage(
            job: job, version: version, facts: facts, text: text, missing: missing, metrics: detail?.metrics ?? [], runs: runs, allowed: allowed,
            clock: clock)
    }

    private static func missing(_ check: CardCheck) -> [String] {
        check.missing.map { "a section “\($0.rawValue)”" } + (check.hasLicense ? [] : ["a licence"])
            + (check.unfilled.isEmpty ? [] : [Amounts.count(Int64(check.unfilled.count), "place") + " that still say “[More Information Needed]”"])
    }

    private static func body(
        of card: FrontMatter, version: JobVersionRecord, job: JobRecord, detail: RunDetail?, edition: EditionRecord?, artifacts: any ArtifactStore,
        clock: PageClock
    ) async throws -> SafeHTML {
        let material = ArticleMaterial(
            jobName: job.name, definition: version.definition, manifest: version.manifest, metrics: detail?.metrics ?? [],
            parameters: detail?.parameters ?? version.definition.defaultParameters, outputs: detail?.outputs ?? [])
        let tables = try await OutputTables(ArticleValues.outputs(in: card.body), of: material, from: artifacts)
        let date = edition.map { clock.date($0.createdAt, zone: version.definition.zone) } ?? "no date yet"
        let values = ArticleValues(material: material, tables: tables, date: date)
        let images = try await ArticleImages(in: card.body, file: "README.md", of: material, from: artifacts)
        var options = Markdown.Options()
        options.firstLine = card.bodyLine
        options.relativeImage = { images.address($0) }
        options.value = { values.text($0) ?? "[no value yet: \($0)]" }
        let rendered = try ArticleText.render(card.body, options: options)
        let number = edition.map { "\($0.number)" } ?? "none yet"
        let folder = edition.map { ReportPage.filesFolder(job: job.name, edition: $0.number) } ?? "/reports/\(job.name)"
        return StoredArticle.placed(Array(images.placed(rendered.html.html).utf8), filesFolder: folder, number: number)
    }
}
