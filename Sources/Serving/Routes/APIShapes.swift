// The shapes of the JSON surface: what `almanac runs --json` and `show --json` print.
import Recording
import Vocabulary

enum APIShapes {
    static func time(_ instant: Instant?) -> JSON { .optional(instant?.description) }

    /// A run as `runs --json` lists it.
    static func run(_ run: RunRecord) -> [(String, JSON)] {
        [
            ("id", .string(run.id.text)), ("job", .string(run.jobName)), ("task", .string(run.task)), ("status", .string(run.status.rawValue)),
            ("queuedAt", time(run.queuedAt)), ("startedAt", time(run.startedAt)), ("endedAt", time(run.endedAt)),
            ("failureReason", .optional(run.failureReason?.rawValue)), ("edition", .optional(run.editionNumber.map { Int64($0) })),
        ]
    }

    /// Runs as `runs --json` lists them.
    static func runs(_ runs: [RunRecord]) -> JSON { .object([("runs", .array(runs.map { .object(run($0)) }))]) }

    /// A run as `show --json` prints it.
    static func detail(_ detail: RunDetail) -> JSON {
        let version = detail.version
        return .object(
            run(detail.run) + [
                ("failureMessage", .optional(detail.run.failureMessage)),
                ("scheduledFor", .string(detail.run.scheduledFor.rfc3339(offset: detail.run.scheduledOffset))),
                ("private", .boolean(detail.run.isPrivate)),
                ("jobVersion", .object([("number", .integer(Int64(version.number))), ("digest", .string(version.manifestDigest.hex))])),
                ("parameters", .object(detail.parameters.sorted { $0.key < $1.key }.map { ($0.key, value($0.value)) })),
                ("inputs", .array(detail.snapshots.map(input))), ("metrics", .array(detail.metrics.map(metric))),
                ("outputs", .array(detail.outputs.map(output))), ("attempts", .array(detail.attempts.map(attempt))),
            ])
    }

    static func entry(_ entry: CatalogueEntry) -> JSON {
        .object([
            ("name", .string(entry.name)), ("title", .string(entry.title)), ("summary", .optional(entry.summary)), ("team", .optional(entry.team)),
            ("edition", .optional(entry.currentEdition.map { Int64($0.number) })), ("editionAt", time(entry.currentEdition?.createdAt)),
            ("headline", .optional(entry.currentEdition?.headline)), ("paused", .boolean(entry.paused)), ("removed", .boolean(entry.removedAt != nil)),
        ])
    }

    static func job(_ job: JobRecord, current: EditionRecord?) -> JSON {
        .object([
            ("name", .string(job.name)), ("title", .string(job.definition.title)), ("summary", .optional(job.definition.summary)),
            ("team", .optional(job.definition.team)), ("edition", .optional(current.map { Int64($0.number) })),
            ("editionAt", time(current?.createdAt)), ("headline", .optional(current?.headline)), ("paused", .boolean(job.paused)),
            ("removed", .boolean(job.removedAt != nil)), ("owner", .optional(job.definition.owner)), ("version", .integer(Int64(job.versionNumber))),
        ])
    }

    static func edition(_ edition: EditionRecord, job: String) -> JSON {
        .object([
            ("job", .string(job)), ("number", .integer(Int64(edition.number))), ("state", .string(edition.state.rawValue)),
            ("current", .boolean(edition.isCurrent)), ("run", .string(edition.runID.text)), ("createdAt", time(edition.createdAt)),
            ("headline", .optional(edition.headline)), ("heldBecause", .optional(edition.heldBecause)),
        ])
    }

    private static func value(_ value: ParameterValue) -> JSON {
        switch value {
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .boolean(let value): .boolean(value)
        case .string(let value): .string(value)
        }
    }

    private static func metric(_ metric: Metric) -> JSON {
        .object([
            ("name", .string(metric.name)), ("value", metric.value.map { .number($0) } ?? .null), ("noValueReason", .optional(metric.noValueReason)),
            ("step", .optional(metric.step)), ("slice", .optional(metric.slice)),
        ])
    }

    private static func input(_ snapshot: Snapshot) -> JSON {
        .object([
            ("name", .string(snapshot.input)), ("sha256", .string(snapshot.sha256.hex)), ("bytes", .integer(snapshot.bytes)),
            ("origin", .string(snapshot.origin)),
        ])
    }

    private static func output(_ output: Output) -> JSON {
        .object([
            ("name", .string(output.name)), ("path", .string(output.path)), ("bytes", .integer(output.bytes)), ("rows", .optional(output.rows)),
            ("sha256", .string(output.sha256.hex)), ("columns", output.columns.map { .array($0.map { .string($0) }) } ?? .null),
            ("declared", .boolean(output.declared)),
        ])
    }

    private static func attempt(_ attempt: AttemptRecord) -> JSON {
        .object([
            ("number", .integer(Int64(attempt.number))), ("status", .string(attempt.status.rawValue)), ("startedAt", time(attempt.startedAt)),
            ("endedAt", time(attempt.endedAt)), ("exitStatus", .optional(attempt.exitStatus.map { Int64($0) })),
            ("signal", .optional(attempt.signal.map { Int64($0) })), ("reason", .optional(attempt.reason?.rawValue)), ("message", .optional(attempt.message)),
            ("cpuMilliseconds", .optional(attempt.resources.cpuMilliseconds)), ("peakMemoryBytes", .optional(attempt.resources.peakMemoryBytes)),
        ])
    }
}
