// What the record tells this process without being asked: that runs were queued or are to end, and how the database is.
import Synchronization

/// How it stands with the database, for as long as this process lives.
package enum StoreCondition: Sendable, Hashable {
    case well
    /// There is no room to write; nothing is claimed, and reading goes on.
    case full
    /// The database could not read or write what it had; nothing is asked of it any more. The sentence says what it was, without values.
    case broken(String)
}

/// Shared by all copies of a store.
final class StoreSignals: Sendable {
    private struct State {
        var condition = StoreCondition.well
        var onRuns: (@Sendable () -> Void)?
        var onCondition: (@Sendable (StoreCondition) -> Void)?
    }
    private let state = Mutex(State())

    var condition: StoreCondition { state.withLock { $0.condition } }

    /// Says that a claimer may find something new.
    func runsChanged() { state.withLock { $0.onRuns }?() }

    func whenRunsChange(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.onRuns = body } }

    func whenConditionChanges(_ body: @escaping @Sendable (StoreCondition) -> Void) { state.withLock { $0.onCondition = body } }

    /// Writes down how it stands. What is broken stays so until the process ends.
    func note(_ condition: StoreCondition) {
        let told: (@Sendable (StoreCondition) -> Void)? = state.withLock { state in
            if case .broken = state.condition { return nil }
            guard state.condition != condition else { return nil }
            state.condition = condition
            return state.onCondition
        }
        told?(condition)
    }
}
