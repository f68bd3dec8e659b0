// A connection of GRDB behind the seam's protocol.
import Foundation
import GRDB

/// GRDB's connection inside one transaction.
struct SQLiteConnection: Connection {
    private let database: GRDB.Database

    init(_ database: GRDB.Database) { self.database = database }

    var dialect: Dialect { .sqlite }

    func execute(_ sql: String, _ arguments: [any Storable]) throws -> Int {
        try translatingErrors {
            try prepared(sql, arguments).execute()
            return database.changesCount
        }
    }

    func select(_ sql: String, _ arguments: [any Storable]) throws -> [Row] {
        try translatingErrors {
            let cursor = try GRDB.Row.fetchCursor(try prepared(sql, arguments))
            var rows: [Row] = []
            while let row = try cursor.next() { rows.append(Row(row.databaseValues.map(SQLValue.init))) }
            return rows
        }
    }

    func script(_ sql: String) throws {
        try translatingErrors { try database.execute(sql: sql) }
    }

    private func prepared(_ sql: String, _ arguments: [any Storable]) throws -> Statement {
        let statement = try database.cachedStatement(sql: sql)
        try statement.setArguments(StatementArguments(arguments.map(\.stored.databaseValue)))
        return statement
    }
}

extension SQLValue {
    init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let integer): self = .integer(integer)
        case .double(let real): self = .real(real)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes([UInt8](data))
        }
    }

    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .real(let real): real.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}

extension Dialect {
    /// SQLite's words: STRICT tables, 64-bit INTEGER, and `instr`.
    static let sqlite = Dialect(
        words: [
            ("{text}", "TEXT"), ("{int}", "INTEGER"), ("{real}", "REAL"), ("{bytes}", "BLOB"),
            ("{table}", "STRICT"), ("{clustered}", "STRICT, WITHOUT ROWID"),
        ],
        position: "instr")
}
