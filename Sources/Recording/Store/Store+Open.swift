// Opening the record, and closing it.

/// Where the record is kept.
package enum StoreLocation: Sendable, Hashable {
    /// SQLite: the file `record.sqlite` in this folder, which exists.
    case dataFolder(String)
    /// PostgreSQL: an address of libpq, `postgresql://user@host/database` or `service=name`, without a password in it.
    case postgreSQL(String)
}

/// What the record is opened for.
package enum StoreMode: Sendable {
    /// Reads and writes; brings the schema up to date.
    case readWrite
    /// Reads beside a running server; changes nothing.
    case readOnly
    /// Reads and writes without waiting for the disk: for tests that are not about durability.
    case unsynced
}

extension Store {
    /// Opens the record, making it first when there is none (but not with `readOnly`).
    ///
    /// Throws `schema` for a database that is newer than this program, older (with `readOnly`) or not one of ours; `unavailable` for a folder that is
    /// missing, may not be written or lies on a network file system, and for a server that cannot be reached.
    package static func open(at location: StoreLocation, mode: StoreMode = .readWrite) async throws -> Store {
        let database: any Database
        switch location {
        case .dataFolder(let folder):
            database = try SQLiteDatabase(path: folder + "/record.sqlite", readOnly: mode == .readOnly, durable: mode != .unsynced)
        case .postgreSQL(let address):
            database = try PostgreSQLDatabase(address: address, readOnly: mode == .readOnly, durable: mode != .unsynced)
        }
        do {
            if mode == .readOnly {
                try await database.check()
            } else {
                try await database.upgrade()
            }
        } catch {
            // The first error is the one to tell.
            try? database.close()
            throw error
        }
        return Store(database)
    }

    /// Says that this program is the one that launches, schedules and publishes, until `close`. Throws `conflict` when another program does.
    ///
    /// SQLite's file is held by the lock of the data folder, and nothing happens here.
    package func workAlone() async throws { try await database.workAlone() }

    /// Closes every connection. Requests that come later throw `unavailable`.
    package func close() throws { try database.close() }
}
