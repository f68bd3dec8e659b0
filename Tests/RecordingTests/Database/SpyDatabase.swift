// A database that notes every statement and counts transactions, for tests about cost.
import Synchronization

@testable import Recording

struct NotedStatement: Sendable {
    let sql: String
    let arguments: [any Storable]
}

/// Wraps a database; what passes through is noted.
final class SpyDatabase: Database {
    let inner: any Database
    private let statements = Mutex<[NotedStatement]>([])
    private let writes = Mutex(0)
    /// How many write transactions were begun.
    var writeCount: Int { writes.withLock { $0 } }
    var noted: [NotedStatement] { statements.withLock { $0 } }
    var isWritable: Bool { inner.isWritable }
    var hasRoom: Bool { inner.hasRoom }

    init(_ inner: any Database) { self.inner = inner }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        try await inner.read { try body(SpyConnection(inner: $0, spy: self)) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        writes.withLock { $0 += 1 }
        return try await inner.write { try body(SpyConnection(inner: $0, spy: self)) }
    }

    fileprivate func note(_ statement: NotedStatement) { statements.withLock { $0.append(statement) } }
    func integrity() async throws -> [String] { try await inner.integrity() }
    func close() throws { try inner.close() }
}

private struct SpyConnection: Connection {
    let inner: any Connection
    let spy: SpyDatabase
    var dialect: Dialect { inner.dialect }

    private func note(_ sql: String, _ arguments: [any Storable]) {
        spy.note(NotedStatement(sql: sql, arguments: arguments))
    }

    func execute(_ sql: String, _ arguments: [any Storable]) throws -> Int {
        note(sql, arguments)
        return try inner.execute(sql, arguments)
    }

    func select(_ sql: String, _ arguments: [any Storable]) throws -> [Row] {
        note(sql, arguments)
        return try inner.select(sql, arguments)
    }

    func script(_ sql: String) throws { try inner.script(sql) }
}
