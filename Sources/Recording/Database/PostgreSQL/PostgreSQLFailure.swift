// What the server or the connection reported, and what it means for the transaction that met it.

/// An error of PostgreSQL before it is translated for those who asked.
struct PostgreSQLFailure: Error {
    /// What may be done about it.
    enum Kind: Sendable {
        /// The transaction collided with others that ran at the same time: it was undone and may be run again.
        case collision
        /// A row of the same key is there: by a transaction of the same moment, or for good.
        case duplicate
        /// The connection is gone, and with it the transaction: nothing was committed.
        case lost
        /// The connection went while the server committed: only the server knows.
        case unknownOutcome
        case other
    }

    /// Five characters of SQL's standard (Appendix A of PostgreSQL's manual); empty when the server did not answer.
    let state: String
    /// The primary message: it names tables and constraints, never values.
    let message: String
    let kind: Kind

    init(state: String, message: String, isConnectionBroken: Bool) {
        self.state = state
        self.message = message
        kind =
            switch state {
            case "40001", "40P01": .collision
            case "23505", "23P01": .duplicate
            // Ended by an administrator, a crash or a time limit between statements; a prepared statement that a proxy forgot.
            case "57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "26000": .lost
            default: isConnectionBroken || state.hasPrefix("08") ? .lost : .other
            }
    }

    /// A connection that went during COMMIT.
    init(unknownOutcomeAfter failure: PostgreSQLFailure) {
        state = failure.state
        message = failure.message
        kind = .unknownOutcome
    }
}

extension RecordingError {
    /// The record's word for what PostgreSQL reported; the failure itself is the cause.
    init(postgreSQL failure: PostgreSQLFailure) {
        let (code, subject): (Code, String) =
            switch failure.state {
            case "23503": (.notFound, "a row that another one names")
            case let state where state.hasPrefix("23"): (.conflict, "a rule of the record")
            case "53100": (.diskFull, "the record")
            // The server could not read or write a file, misses one, or found a page or an index damaged.
            case "58030", "58P01", "XX001", "XX002": (.broken, "the record")
            default: (.unavailable, "the record")
            }
        let detail =
            switch failure.kind {
            case .unknownOutcome:
                "the connection was lost while a change was committed, and the server could not be asked again: it may be recorded or not; look before you repeat it"
            case .lost: "the database server cannot be reached: \(failure.message)"
            default: failure.message
            }
        self.init(code, subject: subject, detail: detail, cause: failure)
    }

    /// What PostgreSQL reported, when that is the cause.
    var postgreSQLFailure: PostgreSQLFailure? { cause as? PostgreSQLFailure }
}
