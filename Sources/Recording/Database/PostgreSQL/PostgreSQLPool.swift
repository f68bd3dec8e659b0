// A few connections that many requests share: who comes when all are in use waits its turn, for a bounded time.
import Dispatch
import Synchronization

final class PostgreSQLPool: Sendable {
    private struct Waiter {
        let ticket: Int
        let continuation: CheckedContinuation<PostgreSQLSlot, any Error>
    }

    private struct State {
        /// The last one returned is the first one taken, so that a quiet pool uses few connections.
        var idle: [PostgreSQLSlot] = []
        var made = 0
        var waiters: [Waiter] = []
        var tickets = 0
        var isClosed = false
    }

    private let limit: Int
    private let connect: @Sendable () throws -> PostgreSQLSession
    private let state = Mutex(State())
    /// Seconds that a request waits for a connection.
    private static let patience = 15.0

    init(limit: Int, connect: @escaping @Sendable () throws -> PostgreSQLSession) {
        self.limit = limit
        self.connect = connect
    }

    /// Runs `work` with a connection of its own, on that connection's thread. Throws `unavailable` when none gets free in time, or after `close`.
    func run<Value: Sendable>(_ work: @escaping @Sendable (PostgreSQLSlot) throws -> Value) async throws -> Value {
        let slot = try await take()
        let result = await slot.run(work)
        giveBack(slot)
        return try result.get()
    }

    /// Closes what is idle now and the others when they come back.
    func close() {
        let (idle, waiters) = state.withLock { state in
            state.isClosed = true
            defer { (state.idle, state.waiters) = ([], []) }
            return (state.idle, state.waiters)
        }
        for slot in idle { slot.close() }
        for waiter in waiters { waiter.continuation.resume(throwing: PostgreSQLPool.closed) }
    }

    private static var closed: RecordingError { RecordingError(.unavailable, subject: "the record", detail: "is closed") }

    private func take() async throws -> PostgreSQLSlot {
        try await withCheckedThrowingContinuation { continuation in
            let (slot, ticket): (Result<PostgreSQLSlot, any Error>?, Int) = state.withLock { state in
                if state.isClosed { return (.failure(PostgreSQLPool.closed), 0) }
                if let slot = state.idle.popLast() { return (.success(slot), 0) }
                if state.made < limit {
                    state.made += 1
                    return (.success(PostgreSQLSlot(connect: connect)), 0)
                }
                state.tickets += 1
                state.waiters.append(Waiter(ticket: state.tickets, continuation: continuation))
                return (nil, state.tickets)
            }
            if let slot { return continuation.resume(with: slot) }
            DispatchQueue.global().asyncAfter(deadline: .now() + PostgreSQLPool.patience) { self.giveUp(ticket) }
        }
    }

    private func giveBack(_ slot: PostgreSQLSlot) {
        let (next, isClosed): (Waiter?, Bool) = state.withLock { state in
            if state.isClosed { return (nil, true) }
            if !state.waiters.isEmpty { return (state.waiters.removeFirst(), false) }
            state.idle.append(slot)
            return (nil, false)
        }
        if isClosed { slot.close() }
        next?.continuation.resume(returning: slot)
    }

    private func giveUp(_ ticket: Int) {
        let waiter = state.withLock { state in
            state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
        }
        waiter?.continuation.resume(
            throwing: RecordingError(
                .unavailable, subject: "the record", detail: "every connection to the database was in use for \(Int(PostgreSQLPool.patience)) seconds"))
    }
}
