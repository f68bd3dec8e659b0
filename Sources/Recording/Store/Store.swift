// The record: every request that the other rooms may make of the database, by name.
import Vocabulary

/// The one database. A value: copies share the connections. Its requests stand in the folders beside this one.
package struct Store: Sendable {
    let database: any Database
    let definitions = DefinitionCache()
    let signals = StoreSignals()

    init(_ database: any Database) { self.database = database }

    /// A transaction that only reads.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        try await noting { try await database.read(body) }
    }

    /// A transaction that writes, whole or not at all.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        try await noting { try await database.write(body) }
    }
}
