// How many requests were answered, by class of status, and how long they took.
import Rendering
import Synchronization

/// Counts the answers of one server.
final class RequestFigures: Sendable {
    private struct Counts {
        /// By the first digit of the status, 1 to 5.
        var answers: [Int: Int] = [:]
        var milliseconds: Double = 0
        var longest: Double = 0
    }

    private let state = Mutex(Counts())

    /// Counts one answer.
    func add(status: Int, took milliseconds: Double) {
        state.withLock { counts in
            counts.answers[min(max(status / 100, 1), 5), default: 0] += 1
            counts.milliseconds += milliseconds
            counts.longest = max(counts.longest, milliseconds)
        }
    }

    /// The counts for /metrics.
    var families: [FigureFamily] {
        let counts = state.withLock { $0 }
        return [
            .counter("almanac_http_requests_total", "Requests that were answered, by class of status.", by: "class",
                (2...5).map { ("\($0)xx", Double(counts.answers[$0] ?? 0)) })
        ] + FigureFamily.durations(
            "almanac_http_request_seconds", "From the head of a request to the head of its answer.", count: counts.answers.values.reduce(0, +),
            milliseconds: Int64(counts.milliseconds), longest: Int64(counts.longest))
    }
}
