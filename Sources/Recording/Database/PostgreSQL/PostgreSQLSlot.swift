// A place for one connection with the thread that it is used on.
import Dispatch
import Synchronization

/// A connection that is opened when it is needed, and again after it broke. Everything that is done with it happens on one queue of its own, whose
/// thread may wait for the server as long as it takes.
final class PostgreSQLSlot: Sendable {
    private let connect: @Sendable () throws -> PostgreSQLSession
    private let queue = DispatchQueue(label: "record")
    private let session = Mutex<PostgreSQLSession?>(nil)

    init(connect: @escaping @Sendable () throws -> PostgreSQLSession) { self.connect = connect }

    /// Runs `work` on the slot's thread; it goes on to its end also when the task that awaits it is cancelled.
    func run<Value: Sendable>(_ work: @escaping @Sendable (PostgreSQLSlot) throws -> Value) async -> Result<Value, any Error> {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result { try work(self) }) }
        }
    }

    /// Hands the session to `body`, on the slot's thread. One that is not ready for the next transaction afterwards is closed.
    func use<Value: Sendable>(_ body: (PostgreSQLSession) throws -> Value) throws -> Value {
        try session.withLock { held in
            let session = try held ?? connect()
            held = session
            defer { if !session.isIdle { held = nil } }
            do {
                return try body(session)
            } catch let error as RecordingError where error.postgreSQLFailure?.kind == .lost {
                // Also one that still answers but does not know its prepared statements any more.
                held = nil
                throw error
            }
        }
    }

    /// Closes the connection; the next use opens another.
    func close() { session.withLock { $0 = nil } }
}
