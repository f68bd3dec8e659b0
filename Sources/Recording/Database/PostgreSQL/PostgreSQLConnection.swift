// A session of libpq behind the seam's protocol.

/// A connection inside one transaction.
struct PostgreSQLConnection: Connection {
    private let session: PostgreSQLSession

    init(_ session: PostgreSQLSession) { self.session = session }

    var dialect: Dialect { .postgreSQL }

    func execute(_ sql: String, _ arguments: [any Storable]) throws -> Int {
        try translatingFailures { try session.run(sql, arguments).changed }
    }

    func select(_ sql: String, _ arguments: [any Storable]) throws -> [Row] {
        try translatingFailures { try session.run(sql, arguments).rows }
    }

    func script(_ sql: String) throws {
        _ = try translatingFailures { try session.run(sql) }
    }
}

/// Runs `body` and turns what PostgreSQL complains about into a `RecordingError`.
func translatingFailures<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let failure as PostgreSQLFailure {
        throw RecordingError(postgreSQL: failure)
    }
}
