// The list of migrations and how they are applied.

/// Everything that ever changed the schema, in order. A migration that was shipped is never opened again.
enum Migrations {
    struct Migration: Sendable {
        /// From 1, without gaps.
        let number: Int
        let name: String
        /// Portable SQL with the marks of `Dialect`.
        let text: String
    }

    static let all: [Migration] = [firstRecord, scheduler, fairQueue]

    /// The schema that this program knows.
    static var newest: Int { all.count }

    /// The number of the last migration that the database has, 0 for an empty one.
    static func version(_ connection: any Connection) throws -> Int {
        try connection.value("SELECT coalesce(max(number), 0) FROM schema_migration") ?? 0
    }

    /// Makes the table of migrations when it is missing and applies those that are missing, inside the caller's transaction.
    ///
    /// Throws `schema` when the database has migrations that this program does not know.
    static func apply(_ connection: any Connection) throws {
        try connection.script(
            connection.dialect.migration("CREATE TABLE IF NOT EXISTS schema_migration (number {int} NOT NULL PRIMARY KEY, name {text} NOT NULL) {table}"))
        let version = try version(connection)
        try refuseNewer(version)
        for migration in all.dropFirst(version) {
            try connection.script(connection.dialect.migration(migration.text))
            try connection.execute("INSERT INTO schema_migration (number, name) VALUES (?, ?)", [migration.number, migration.name])
        }
    }

    /// Throws `schema` unless the database has exactly the migrations that this program knows: for connections that may not write.
    static func check(_ connection: any Connection) throws {
        let version = try version(connection)
        try refuseNewer(version)
        guard version == newest else {
            throw RecordingError(
                .schema, subject: "the record",
                detail: "has schema \(version) and this program needs \(newest); it is brought up to date when the server starts")
        }
    }

    private static func refuseNewer(_ version: Int) throws {
        guard version <= newest else {
            throw RecordingError(
                .schema, subject: "the record",
                detail: "has schema \(version), and this program knows schemas up to \(newest): it was written by a newer Almanac; install that one")
        }
    }
}
