// The seam between the requests and the database that keeps the record: two protocols that each driver fills.

/// A database: transactions that run on a connection's own thread and are awaited from outside.
///
/// A transaction that has begun goes on to its commit or rollback also when the task that awaits it is cancelled.
protocol Database: Sendable {
    /// A transaction that sees one state of the database and changes nothing.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value
    /// A transaction that writes: it is durable when this returns, and undone when `body` throws.
    ///
    /// `body` does nothing but SQL: where several programs write, a transaction that collided with others is undone and its body run again.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value
    /// Whether `write` can work.
    var isWritable: Bool { get }
    /// Whether the disk has room for more than a few rows; true where that cannot be known.
    var hasRoom: Bool { get }
    /// Applies the migrations that the database lacks; safe with other programs that do the same. Throws `schema`.
    func upgrade() async throws
    /// Throws `schema` unless the schema is exactly the one that this program knows, and `unavailable` when there is no record yet.
    func check() async throws
    /// Says that this program is the one that works on the record, until `close`. Throws `conflict` when another one does.
    func workAlone() async throws
    /// What the engine itself finds wrong with its files; empty when all is well.
    func integrity() async throws -> [String]
    /// Closes every connection; requests that come later throw `unavailable`.
    func close() throws
}

extension Database {
    func upgrade() async throws { try await write { try Migrations.apply($0) } }
    func check() async throws { try await read { try Migrations.check($0) } }
    /// A file in the data folder is held by the lock of that folder.
    func workAlone() async throws {}
}

/// A connection inside a transaction: valid only until the closure that got it returns.
///
/// Statements are portable SQL with `?` for each argument, and no `?` elsewhere.
protocol Connection {
    var dialect: Dialect { get }
    /// Runs one statement and returns how many rows it inserted, updated or deleted.
    @discardableResult
    func execute(_ sql: String, _ arguments: [any Storable]) throws -> Int
    /// The whole answer of one statement.
    func select(_ sql: String, _ arguments: [any Storable]) throws -> [Row]
    /// Runs several statements without arguments: migrations.
    func script(_ sql: String) throws
}

extension Connection {
    @discardableResult
    func execute(_ sql: String) throws -> Int { try execute(sql, []) }

    /// Every row of the answer, made into a value.
    func all<Value>(_ sql: String, _ arguments: [any Storable] = [], _ make: (inout Row) throws -> Value) throws -> [Value] {
        try select(sql, arguments).map { row in
            var row = row
            return try make(&row)
        }
    }

    /// The first row of the answer, made into a value, or nil when there is none.
    func first<Value>(_ sql: String, _ arguments: [any Storable] = [], _ make: (inout Row) throws -> Value) throws -> Value? {
        guard var row = try select(sql, arguments).first else { return nil }
        return try make(&row)
    }

    /// The first column of the first row, or nil when there is no row.
    func value<Value: Storable>(_ sql: String, _ arguments: [any Storable] = [], as type: Value.Type = Value.self) throws -> Value? {
        try first(sql, arguments) { try $0.next() }
    }

    /// Whether the answer has a row.
    func exists(_ sql: String, _ arguments: [any Storable] = []) throws -> Bool { try !select(sql, arguments).isEmpty }
}
