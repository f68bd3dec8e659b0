// Editions and the moves of the pointer that says which one is current.
package import Vocabulary

/// What a successful run publishes: pages that are durable already.
package struct NewEdition: Sendable {
    package let state: EditionState
    /// Why it is held, in a sentence; nil unless held.
    package let heldBecause: String?
    /// The article of `/reports/<job>`, without frame.
    package let reportDigest: Digest
    /// The plain text of the headline for the catalogue, such as `Typical error 3.1 %`.
    package let headline: String?
    package let createdAt: Instant

    package init(state: EditionState, heldBecause: String? = nil, reportDigest: Digest, headline: String?, createdAt: Instant) {
        self.state = state
        self.heldBecause = heldBecause
        self.reportDigest = reportDigest
        self.headline = headline
        self.createdAt = createdAt
    }
}

/// What a successful run published.
package struct EditionRecord: Sendable, Hashable {
    package let id: EditionID
    package let jobID: JobID
    package let number: Int
    package let runID: RunID
    package let state: EditionState
    package let heldBecause: String?
    package let reportDigest: Digest
    package let headline: String?
    package let createdAt: Instant
    package let isCurrent: Bool

    package init(
        id: EditionID, jobID: JobID, number: Int, runID: RunID, state: EditionState, heldBecause: String?, reportDigest: Digest,
        headline: String?, createdAt: Instant, isCurrent: Bool
    ) {
        self.id = id
        self.jobID = jobID
        self.number = number
        self.runID = runID
        self.state = state
        self.heldBecause = heldBecause
        self.reportDigest = reportDigest
        self.headline = headline
        self.createdAt = createdAt
        self.isCurrent = isCurrent
    }
}

/// One move of a job's current-edition pointer.
package struct PointerMove: Sendable, Hashable {
    package let from: Int?
    package let to: Int?
    package let at: Instant
    /// A person's name, or nil for the engine.
    package let by: String?
    package let reason: String?

    package init(from: Int?, to: Int?, at: Instant, by: String?, reason: String?) {
        self.from = from
        self.to = to
        self.at = at
        self.by = by
        self.reason = reason
    }
}

/// A line of the catalogue.
package struct CatalogueEntry: Sendable, Hashable {
    package let jobID: JobID
    package let name: String
    package let title: String
    package let summary: String?
    package let team: String?
    package let currentEdition: EditionRecord?
    package let newestEdition: EditionRecord?
    /// The newest terminal publishing run of `score`.
    package let lastRunStatus: RunStatus?
    package let lastRunFailure: FailureReason?
    package let lastRunEndedAt: Instant?
    package let isRunning: Bool
    package let paused: Bool
    package let removedAt: Instant?
    package let hasDiagnostics: Bool
    package let definition: JobDefinition

    package init(
        jobID: JobID, name: String, title: String, summary: String?, team: String?, currentEdition: EditionRecord?,
        newestEdition: EditionRecord?, lastRunStatus: RunStatus?, lastRunFailure: FailureReason?, lastRunEndedAt: Instant?, isRunning: Bool,
        paused: Bool, removedAt: Instant?, hasDiagnostics: Bool, definition: JobDefinition
    ) {
        self.jobID = jobID
        self.name = name
        self.title = title
        self.summary = summary
        self.team = team
        self.currentEdition = currentEdition
        self.newestEdition = newestEdition
        self.lastRunStatus = lastRunStatus
        self.lastRunFailure = lastRunFailure
        self.lastRunEndedAt = lastRunEndedAt
        self.isRunning = isRunning
        self.paused = paused
        self.removedAt = removedAt
        self.hasDiagnostics = hasDiagnostics
        self.definition = definition
    }
}
