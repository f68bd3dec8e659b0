// The PostgreSQL driver: transactions on pooled connections, run again when they collide, asked after when a connection goes at the wrong moment.
import Synchronization

/// A database of a PostgreSQL server, of version 13 or later, in UTF-8.
///
/// Reads see one state (`REPEATABLE READ READ ONLY`). Writes are `SERIALIZABLE`: each request was written as if it were the only one, and this is the
/// level at which that is true. What collides is undone by the server and run again here, so a closure may run several times and must do nothing but
/// SQL. Where writes collide they soon go one after another: one that collided takes its turn, and so do all that begin within the next half second.
struct PostgreSQLDatabase: Database {
    let isWritable: Bool
    /// The server's disk cannot be seen from here: a write tells.
    var hasRoom: Bool { true }
    private let readers: PostgreSQLPool
    private let writers: PostgreSQLPool
    private let reach: PostgreSQLReach
    /// Has a connection while this program works alone.
    private let sentry: PostgreSQLSlot
    private let tally = Tally()

    /// Collisions of this program's writes: how many there were, and until when writes take turns from the start because there was one just now.
    private final class Tally: Sendable {
        private let state = Mutex((count: 0, crowdedUntil: ContinuousClock.now))
        private static let memory = Duration.milliseconds(500)

        var count: Int { state.withLock { $0.count } }
        var isCrowded: Bool { state.withLock { ContinuousClock.now < $0.crowdedUntil } }

        func note() { state.withLock { $0 = ($0.count + 1, .now + Tally.memory) } }
    }

    private static let readerLimit = 6
    private static let writerLimit = 6
    /// How often one write may collide, and how often its connection may go, before the caller hears of it.
    private static let collisionLimit = 12
    /// `Almanac1`, nearly, as a number: the lock of the one that works alone.
    private static let sentryLock = 0x41_6C6D_616E_6131
    private static let lossLimit = 2

    /// How many writes were undone by the server and run again since this was opened.
    var collisions: Int { tally.count }

    /// Connects nowhere yet; `durable: false` does not wait for the server's disk, for tests that are not about durability.
    ///
    /// Throws `unavailable` for an address that cannot be read or holds a password.
    init(address: String, readOnly: Bool, durable: Bool) throws {
        let reach = PostgreSQLReach(try PostgreSQLAddress(address), readOnly: readOnly, durable: durable)
        self.reach = reach
        isWritable = !readOnly
        sentry = PostgreSQLSlot { try reach.session() }
        readers = PostgreSQLPool(limit: PostgreSQLDatabase.readerLimit) { try reach.session() }
        writers = PostgreSQLPool(limit: PostgreSQLDatabase.writerLimit) { try reach.session() }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        try await readers.run { slot in
            var losses = 0
            while true {
                do {
                    return try slot.use { try PostgreSQLTransaction.read($0, body) }
                } catch let error as RecordingError where error.postgreSQLFailure?.kind == .lost && losses < PostgreSQLDatabase.lossLimit {
                    losses += 1
                }
            }
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        guard isWritable else {
            throw RecordingError(.unavailable, subject: "the record", detail: "is open for reading only")
        }
        return try await writers.run { [tally, reach] slot in
            var (collisions, duplicates, losses) = (0, 0, 0)
            while true {
                let transaction = PostgreSQLTransaction(inTurn: collisions > 0 || tally.isCrowded)
                do {
                    return try slot.use { try transaction.write($0, body, outcome: reach.outcome) }
                } catch let error as RecordingError {
                    switch error.postgreSQLFailure?.kind {
                    case .collision where collisions < PostgreSQLDatabase.collisionLimit:
                        collisions += 1
                        tally.note()
                    // Another transaction may have inserted the row after this one looked; looking again tells.
                    case .duplicate where duplicates == 0: duplicates += 1
                    case .lost where losses < PostgreSQLDatabase.lossLimit: losses += 1
                    default: throw error
                    }
                }
            }
        }
    }

    /// Brings the schema up to date, one program at a time; throws `schema` for a database that is newer or not one of ours.
    func upgrade() async throws {
        try await writers.run { slot in
            try slot.use { session in
                try PostgreSQLTransaction.upgrade(session) { connection in
                    try PostgreSQLSchema.refuseForeign(connection)
                    try Migrations.apply(connection)
                }
            }
        }
    }

    func check() async throws {
        try await read { connection in
            try PostgreSQLSchema.refuseForeign(connection)
            guard try PostgreSQLSchema.isThere(connection) else {
                throw RecordingError(.unavailable, subject: "the record", detail: "is not there yet; it is made when the server starts")
            }
            try Migrations.check(connection)
        }
    }

    /// A lock of the session: it goes with the connection, and so does not outlive this program. It is not taken again after the server restarted.
    func workAlone() async throws {
        try await sentry.run { slot in
            try slot.use { session in
                do {
                    _ = try translatingFailures { try session.run("SET lock_timeout = '5s'; SELECT pg_advisory_lock(\(PostgreSQLDatabase.sentryLock))") }
                } catch let error as RecordingError where error.postgreSQLFailure?.state == "55P03" {
                    throw RecordingError(
                        .conflict, subject: "the record",
                        detail: "another Almanac works on this database; there can be one for now: stop it, or give each a database of its own", cause: error)
                }
            }
        }.get()
    }

    func integrity() async throws -> [String] { try await read { try PostgreSQLSchema.damage($0) } }

    func close() throws {
        sentry.close()
        readers.close()
        writers.close()
    }
}
