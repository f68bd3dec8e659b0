// From rows to what a report's page says about itself.
package import Markup
package import Recording
package import Vocabulary

extension ReportPage {
    /// The page from rows: `runs` newest first, `detail` the run behind the edition, `previous` what the edition before it measured.
    package init(
        job: JobRecord, edition: EditionRecord?, current: EditionRecord?, newest: EditionRecord?, runs: [RunRecord], detail: RunDetail?,
        previous: (metrics: [Metric], outputs: [Output], number: Int)?, article: SafeHTML?, allowed: Set<Action>, clock: PageClock
    ) {
        self.job = job
        self.edition = edition
        self.article = article
        self.clock = clock
        mayRun = allowed.contains(.run)
        health = Health(HealthFacts(job: job, current: current, newest: newest, runs: runs), clock: clock)
        notes = Self.notes(job: job, edition: edition, current: current, newest: newest, runs: runs, allowed: allowed, clock: clock)
        diagnostics = allowed.contains(.administer) ? job.diagnostics.map(\.description) : []
        guard let edition, let detail else {
            files = []
            provenance = []
            parameters = []
            inputs = []
            changes = []
            return
        }
        let definition = detail.version.definition
        files = allowed.contains(.download)
            ? FileRow.rows(detail.outputs, definition: definition, folder: Self.filesFolder(job: job.name, edition: edition.number)) : []
        provenance = Self.provenance(detail, mayRun: mayRun, clock: clock)
        parameters = detail.parameters.sorted { $0.key < $1.key }.map { name, value in
            Fact(label: definition.parameters.first { $0.name == name }?.label ?? name, value: value.text)
        }
        inputs = detail.snapshots.map { Fact(label: $0.fileName, value: "\($0.origin), \(ByteCount($0.bytes)), SHA-256 \($0.sha256.short)…") }
        changes = previous.map { Changes.sentences(from: $0, to: (detail.metrics, detail.outputs), definition: definition) } ?? []
    }

    private static func provenance(_ detail: RunDetail, mayRun: Bool, clock: PageClock) -> [Fact] {
        let run = detail.run
        var facts = [
            Fact(label: "Run", value: run.id.short, address: mayRun ? "/runs/\(run.id)" : nil, isCode: true),
            Fact(label: "Version of the job", value: "\(detail.version.number) (\(detail.version.manifestDigest.short)…)"),
        ]
        if run.trigger == .schedule {
            let time = clock.time(run.scheduledFor, zone: detail.version.definition.zone)
            facts.append(Fact(label: "Scheduled for", value: "\(time.text) \(time.zone)"))
        }
        if let start = run.startedAt, let end = run.endedAt {
            facts.append(Fact(label: "Took", value: Amounts.duration(milliseconds: end - start)))
        }
        return facts
    }

    private static func notes(
        job: JobRecord, edition: EditionRecord?, current: EditionRecord?, newest: EditionRecord?, runs: [RunRecord], allowed: Set<Action>,
        clock: PageClock
    ) -> [Banner] {
        var notes: [Banner] = []
        let zone = job.definition.zone
        if let edition, !edition.isCurrent {
            let link = current == nil ? nil : "/reports/\(job.name)"
            let text = switch edition.state {
            case .held: "Edition \(edition.number) is held back. " + (edition.heldBecause ?? "Its checks failed.")
            case .withheld: "Edition \(edition.number) was withheld by a person and is not the current one."
            case .published: "You are reading edition \(edition.number), which is not the current one."
            }
            notes.append(Banner(.warning, text, link: link, linkText: link.map { _ in "Go to the current edition" }))
        } else if let edition, let newest, newest.state == .held, newest.number > edition.number {
            let why = allowed.contains(.publish) ? " " + (newest.heldBecause ?? "Its checks failed.") : ""
            notes.append(Banner(
                .warning, "A newer edition is being checked because its figures are unusual. You see the last good one.\(why)",
                link: allowed.contains(.publish) ? "/reports/\(job.name)/editions/\(newest.number)" : nil,
                linkText: allowed.contains(.publish) ? "See the held edition" : nil))
        }
        let last = runs.first { $0.task == TaskDefinition.publishing && !$0.isPrivate && $0.status.isTerminal }
        if let last, last.status == .failed, edition?.isCurrent ?? true, (last.endedAt ?? last.queuedAt) > (edition?.createdAt ?? Instant(milliseconds: 0)) {
            let when = clock.shortTime(last.endedAt ?? last.queuedAt, zone: zone)
            let shown = edition == nil ? "" : " You see the last good edition."
            let mayRun = allowed.contains(.run)
            notes.append(Banner(
                .problem, "The last refresh failed (\(when)).\(shown)", link: mayRun ? "/runs/\(last.id)" : nil,
                linkText: mayRun ? "See what went wrong" : nil))
        }
        if job.removedAt != nil { notes.append(Banner(.note, "This report is no longer updated. Its pages and files stay.")) }
        else if job.paused { notes.append(Banner(.note, "The schedule of this report is paused.")) }
        return notes
    }
}
