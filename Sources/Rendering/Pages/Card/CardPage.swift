// The model card: what the model is for, how good it is and what is missing.
package import Markup
package import Recording
package import Vocabulary

/// `/reports/<job>/card`.
package struct CardPage: Page {
    package static let stem = "card"
    package let section = Section.reports

    let job: JobRecord
    let facts: [Fact]
    let article: SafeHTML?
    let metrics: [MetricRow]
    let versions: [Fact]
    let runs: [RunRow]
    let missing: [String]
    let mayRun: Bool

    package var pageTitle: String { "About the model: \(job.definition.title)" }

    /// The page from rows and the card's parts: `facts` from its front matter, `text` from its Markdown.
    package init(
        job: JobRecord, version: JobVersionRecord, facts: [(String, String)], text: SafeHTML?, missing: [String], metrics: [Metric],
        runs: [RunRecord], allowed: Set<Action>, clock: PageClock
    ) {
        self.job = job
        mayRun = allowed.contains(.run)
        self.facts = facts.map { Fact(label: Self.label($0.0), value: $0.1) }
        article = text
        self.missing = missing
        self.metrics = MetricRow.rows(metrics, definition: version.definition)
        let made = clock.time(version.createdAt, zone: job.definition.zone)
        versions = [
            Fact(label: "Version of the job", value: "\(version.number), since \(made.text) \(made.zone)"),
            Fact(label: "Fingerprint", value: "\(version.manifestDigest.short)…", isCode: true),
            Fact(label: "Files", value: Amounts.count(Int64(version.manifest.files.count), "file")),
        ]
        self.runs = mayRun ? runs.map { RunRow($0, zone: job.definition.zone, clock: clock) } : []
    }

    /// `license_name` as `License name`.
    static func label(_ key: String) -> String {
        let words = String(key.map { $0 == "_" || $0 == "-" ? " " : $0 })
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    package static let table = FieldTable<CardPage>(
        .text("title") { $0.job.definition.title },
        .many("tabs") { Tab.all(job: $0.job.name, current: "card", mayRun: $0.mayRun) },
        .many("facts") { $0.facts },
        .html("article") { $0.article },
        .many("metrics") { $0.metrics },
        .many("versions") { $0.versions },
        .many("runs") { $0.runs },
        .texts("missing") { $0.missing })
}
