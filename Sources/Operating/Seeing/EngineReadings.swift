// What the services did since the server began: figures for /metrics and /readyz, kept in memory.
import Synchronization
package import Vocabulary

/// Figures that the services write while they work and that pages read; one per server. They begin at nothing with each start.
package final class EngineReadings: Sendable {
    /// The figures at one moment.
    package struct Values: Sendable {
        /// When the scheduler last looked at every schedule without an error; nil = not yet.
        package var schedulerLookedAt: Instant?
        /// Why the scheduler does not fire, in a sentence; nil = it fires.
        package var schedulerProblem: String?
        package var schedulesInForce = 0
        package var nextDue: Instant?
        package var occurrences: [String: Int] = [:]
        /// Milliseconds between due times and the queueing of their runs: how many, their sum, and the longest.
        package var lateness = Durations()
        package var clockJumps = 0
        /// Why no run is claimed, in a sentence; nil = runs are claimed.
        package var runnerProblem: String?
        package var runsEnded: [RunStatus: Int] = [:]
        package var failures: [FailureReason: Int] = [:]
        package var attemptsLost = 0
        package var retries = 0
        /// Milliseconds between the queueing of runs and their claim.
        package var waiting = Durations()
        /// Milliseconds from the start of attempts' processes to their end.
        package var running = Durations()
    }

    /// Many durations, as a count, a sum and the longest.
    package struct Durations: Sendable, Hashable {
        package private(set) var count = 0
        package private(set) var sum: Int64 = 0
        package private(set) var longest: Int64 = 0

        package init() {}

        /// Adds a duration in milliseconds; less than nothing counts as nothing.
        package mutating func add(_ milliseconds: Int64) {
            count += 1
            sum += max(0, milliseconds)
            longest = max(longest, milliseconds)
        }
    }

    private let state = Mutex(Values())

    package init() {}

    /// The figures now.
    package var values: Values { state.withLock { $0 } }

    /// Writes figures down; `change` is short and calls nothing that waits.
    package func note(_ change: @Sendable (inout Values) -> Void) { state.withLock { change(&$0) } }
}
