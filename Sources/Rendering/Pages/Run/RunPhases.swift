// The course of a run as stretches of time: waiting, starting, running, storing, attempt by attempt, from what happened to it.
import Recording
import Vocabulary

/// One stretch of a run's course.
struct RunPhase: Sendable, Hashable {
    enum Kind: String, Sendable { case waiting, starting, running, storing }

    let kind: Kind
    /// From 1; 0 = before the first attempt.
    let attempt: Int
    let start: Instant
    /// nil = goes on.
    var end: Instant?
    /// How the attempt ended in this stretch; nil = it did not.
    var outcome: AttemptStatus?
    /// Why it ended so, or why it was waited for.
    var note: String?

    /// Storing results is told when somebody could have noticed it, in milliseconds.
    private static let shortest: Int64 = 500

    /// The stretches of a run in order. What happened is read as the record has it, so that a lost attempt and each retry have stretches of their own.
    static func all(of detail: RunDetail) -> [RunPhase] {
        var phases: [RunPhase] = []
        var attempt = 0
        func close(at end: Instant, _ outcome: AttemptStatus? = nil, _ note: String? = nil) {
            guard let last = phases.indices.last, phases[last].end == nil else { return }
            phases[last].end = max(end, phases[last].start)
            phases[last].outcome = outcome
            if let note { phases[last].note = note }
        }
        /// Ends an attempt: its process ended before its results were stored.
        func finish(at end: Instant, _ outcome: AttemptStatus, _ note: String?) {
            let record = detail.attempts.first { $0.number == attempt }
            guard phases.last?.kind == .running, let ended = record?.endedAt, let start = phases.last?.start, ended > start, ended < end,
                outcome != .lost
            else { return close(at: end, outcome, note) }
            close(at: ended, outcome, note)
            if end - ended >= shortest { phases.append(RunPhase(kind: .storing, attempt: attempt, start: ended, end: end)) }
        }
        for event in detail.events {
            switch event.kind {
            case "queued": phases.append(RunPhase(kind: .waiting, attempt: 0, start: event.at))
            case "claimed":
                close(at: event.at)
                attempt += 1
                phases.append(RunPhase(kind: .starting, attempt: attempt, start: event.at))
            case "launched":
                close(at: event.at)
                attempt = max(attempt, 1)
                phases.append(RunPhase(kind: .running, attempt: attempt, start: event.at))
            case "attemptLost": finish(at: event.at, .lost, event.detail)
            case "retried":
                finish(at: event.at, .failed, event.detail ?? detail.attempts.first { $0.number == attempt }?.reason?.words)
                phases.append(RunPhase(kind: .waiting, attempt: attempt, start: event.at))
            case "succeeded": finish(at: event.at, .succeeded, nil)
            case "failed": finish(at: event.at, .failed, event.detail)
            case "cancelled": finish(at: event.at, .cancelled, nil)
            default: break
            }
        }
        return phases
    }
}
