// The states of runs and attempts, and why they fail: words that are stored for ever.

/// queued → launching → running → succeeded | failed | cancelled; a terminal run never changes.
package enum RunStatus: String, Sendable, Codable, CaseIterable {
    case queued, launching, running, succeeded, failed, cancelled

    package var isTerminal: Bool { self == .succeeded || self == .failed || self == .cancelled }
}

/// As a run's, but an attempt can also be `lost`.
package enum AttemptStatus: String, Sendable, Codable, CaseIterable {
    case launching, running, succeeded, failed, cancelled, lost

    package var isTerminal: Bool { self != .launching && self != .running }
}

/// Why an attempt, and with it its run, failed.
package enum FailureReason: String, Sendable, Codable, CaseIterable {
    case exitCode, signal, timedOut, outOfMemory, quotaExceeded, contractViolation, cellFailed, inputUnavailable, inputUnexpected
    case environmentFailed, launchFailed, storageFailed, lost

    /// Whether trying again can help.
    package var isWorthRetrying: Bool {
        switch self {
        case .contractViolation, .inputUnexpected, .quotaExceeded: false
        default: true
        }
    }
}

/// What made a run.
package enum RunTrigger: String, Sendable, Codable { case schedule, manual, backfill, after }

/// `published`: was made current when it came; `held`: its checks failed; `withheld`: a person's decision.
package enum EditionState: String, Sendable, Codable { case published, held, withheld }
