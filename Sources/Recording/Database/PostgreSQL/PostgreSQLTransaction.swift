// How a transaction begins and ends on a PostgreSQL session.

struct PostgreSQLTransaction: Sendable {
    /// What the server knows a transaction by, also after its connection went.
    struct Mark: Sendable {
        let transaction: String
        /// Changes when a standby takes over, whose numbers of transactions need not be the same.
        let timeline: String

        static let timelineSQL = "substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)"

        /// Reads the two, with a blank between them.
        init?(_ text: String?) {
            guard let parts = text?.split(separator: " "), parts.count == 2 else { return nil }
            (transaction, timeline) = (String(parts[0]), String(parts[1]))
        }
    }

    /// Whether it waits for others that collided before, instead of colliding with them again.
    let inTurn: Bool

    /// The lock is not taken on rows of this table: it stands for the turn. Taken by LOCK, before there is a snapshot: the transaction sees what those
    /// before it committed. Nothing else but VACUUM wants this lock.
    private static let turn = "LOCK TABLE schema_migration IN SHARE UPDATE EXCLUSIVE MODE;"
    /// `Almanac` as a number: the lock of those who change the schema.
    private static let upgradeLock = 0x41_6C6D_616E_6163

    static func read<Value>(_ session: PostgreSQLSession, _ body: (any Connection) throws -> Value) throws -> Value {
        try translatingFailures {
            try session.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return try rollingBack(session) {
                let value = try body(PostgreSQLConnection(session))
                try session.run("COMMIT")
                return value
            }
        }
    }

    /// `outcome` is asked when the connection goes during COMMIT.
    func write<Value>(_ session: PostgreSQLSession, _ body: (any Connection) throws -> Value, outcome: (Mark) throws -> Bool?) throws -> Value {
        try translatingFailures {
            let begin = "BEGIN ISOLATION LEVEL SERIALIZABLE; \(inTurn ? PostgreSQLTransaction.turn : "")"
            let mark = try session.run(begin + "SELECT pg_current_xact_id()::text || ' ' || \(Mark.timelineSQL)").value
            return try PostgreSQLTransaction.rollingBack(session) {
                let value = try body(PostgreSQLConnection(session))
                try PostgreSQLTransaction.commit(session, mark: Mark(mark), outcome)
                return value
            }
        }
    }

    /// A transaction that changes the schema: one at a time, seeing what the one before it did, and without a limit of time for the change itself.
    static func upgrade(_ session: PostgreSQLSession, _ body: (any Connection) throws -> Void) throws {
        try translatingFailures {
            try session.run("BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'")
            try rollingBack(session) {
                try session.run("SELECT pg_advisory_xact_lock(\(upgradeLock))")
                try body(PostgreSQLConnection(session))
                try session.run("COMMIT")
            }
        }
    }

    private static func commit(_ session: PostgreSQLSession, mark: Mark?, _ outcome: (Mark) throws -> Bool?) throws {
        do {
            // A transaction in which a statement failed answers COMMIT with ROLLBACK, and no error.
            guard try session.run("COMMIT").tag == "COMMIT" else {
                throw RecordingError(.unavailable, subject: "the record", detail: "nothing was recorded: a statement of the change had failed")
            }
        } catch let failure as PostgreSQLFailure where failure.kind == .lost {
            switch try mark.flatMap(outcome) {
            case true: return
            case false: throw failure
            default: throw PostgreSQLFailure(unknownOutcomeAfter: failure)
            }
        }
    }

    private static func rollingBack<Value>(_ session: PostgreSQLSession, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            // The first error is the one to tell; a session that cannot even roll back is closed by its slot.
            if !session.isIdle { _ = try? session.run("ROLLBACK") }
            throw error
        }
    }
}
