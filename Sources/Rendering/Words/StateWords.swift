// The stored words of runs, attempts, events and failures in sentences for people.
import Vocabulary

extension RunStatus {
    /// The state in a word or two.
    var words: String {
        switch self {
        case .queued: "Waiting to start"
        case .launching: "Starting"
        case .running: "Running"
        case .succeeded: "Succeeded"
        case .failed: "Failed"
        case .cancelled: "Cancelled"
        }
    }
}

extension AttemptStatus {
    /// The state in a word or two.
    var words: String {
        switch self {
        case .launching: "Starting"
        case .running: "Running"
        case .succeeded: "Succeeded"
        case .failed: "Failed"
        case .cancelled: "Cancelled"
        case .lost: "Lost"
        }
    }
}

extension FailureReason {
    /// What went wrong, as a sentence for somebody who did not write the job.
    var words: String {
        switch self {
        case .exitCode: "The program stopped with an error."
        case .signal: "The program was stopped from outside."
        case .timedOut: "The program took longer than its time limit."
        case .outOfMemory: "The program needed more memory than its limit."
        case .quotaExceeded: "The program went beyond a limit."
        case .contractViolation: "The program ended, but what it left is not what the job promises."
        case .cellFailed: "A cell of the notebook failed."
        case .inputUnavailable: "An input could not be read."
        case .inputUnexpected: "An input is not as the job expects it."
        case .environmentFailed: "The packages that the job needs could not be installed."
        case .launchFailed: "The program could not be started."
        case .storageFailed: "The results could not be stored on this machine."
        case .lost: "The machine lost sight of the program, for example because it was restarted."
        }
    }
}

extension RunTrigger {
    /// What made the run.
    var words: String {
        switch self {
        case .schedule: "Schedule"
        case .manual: "Request"
        case .backfill: "Request for a past date"
        case .after: "Another report’s new edition"
        }
    }
}

/// What happened to a run, as a short sentence.
func eventWords(_ kind: String) -> String {
    switch kind {
    case "queued": "Queued"
    case "claimed": "Taken up"
    case "launched": "Started"
    case "cancelRequested": "Asked to stop"
    case "attemptLost": "Lost sight of"
    case "retried": "Queued for another attempt"
    case "succeeded": "Succeeded"
    case "failed": "Failed"
    case "cancelled": "Cancelled"
    case "published": "Published"
    case "held": "Held back: its checks failed"
    default: kind
    }
}

/// Why a due time made no run, as the end of a sentence.
func occurrenceWords(_ reason: String) -> String {
    switch reason {
    case "whileRunning": "the run before was still going on"
    case "gap": "the clocks jumped over it"
    case "overlap": "the clocks showed this time twice, and it runs once"
    case "paused": "the schedule was paused"
    case "missed": "no server was looking at the time"
    default: reason
    }
}
