// The SQLite driver: one connection that writes, several that only read, through GRDB.
import GRDB
import Glibc

/// A SQLite file in WAL mode with `synchronous=FULL`.
struct SQLiteDatabase: Database {
    private let pool: DatabasePool
    private let folder: String
    let isWritable: Bool

    /// Written into the file's header: `Alma`.
    private static let applicationID: Int64 = 0x416C_6D61
    private static let readers = 4
    private static let busySeconds = 10.0

    /// Opens the file, or makes it. `durable: false` leaves out every sync, for tests that are not about durability.
    ///
    /// Throws `schema` for a file that is not ours, `unavailable` for a network file system, a missing folder, or a missing file when it is to be
    /// read only.
    init(path: String, readOnly: Bool, durable: Bool) throws {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if let name = try FileSystems.network(holding: folder.isEmpty ? "/" : folder) {
            throw RecordingError(
                .unavailable, subject: "the data folder",
                detail: "lies on a network file system (\(name)), where SQLite's locks do not hold; put it on a local disk or use PostgreSQL")
        }
        if readOnly {
            guard access(path, R_OK) == 0 else {
                throw RecordingError(.unavailable, subject: "the record", detail: "cannot be read: \(String(cString: strerror(errno)))")
            }
        } else {
            try SQLiteDatabase.createPrivately(path)
        }
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(SQLiteDatabase.busySeconds)
        configuration.maximumReaderCount = SQLiteDatabase.readers
        configuration.label = "record"
        configuration.prepareDatabase { connection in
            if connection.configuration.readonly { try connection.execute(sql: "PRAGMA query_only = 1") }
        }
        let opened = try translatingErrors { () throws -> DatabasePool in
            if !readOnly { try SQLiteDatabase.checkHeader(path: path, configuration: configuration) }
            let pool = try DatabasePool(path: path, configuration: configuration)
            if readOnly { try pool.read { try SQLiteDatabase.checkHeader($0) } }
            // GRDB sets NORMAL when it opens, after `prepareDatabase`: a commit would then not be durable.
            if !readOnly { try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = \(durable ? "FULL" : "OFF")") } }
            return pool
        }
        pool = opened
        self.folder = folder.isEmpty ? "/" : folder
        isWritable = !readOnly
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { database in
                continuation.resume(with: Result { try translatingErrors { try body(SQLiteConnection(try database.get())) } })
            }
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        guard isWritable else {
            throw RecordingError(.unavailable, subject: "the record", detail: "is open for reading only")
        }
        // Not GRDB's async functions: they roll back when the awaiting task is cancelled.
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncWriteWithoutTransaction { database in
                let result = Result {
                    try translatingErrors {
                        var value: Value?
                        try database.inTransaction(.immediate) {
                            value = try body(SQLiteConnection(database))
                            return .commit
                        }
                        guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
                        return value
                    }
                }
                continuation.resume(with: result)
            }
        }
    }

    func integrity() async throws -> [String] {
        try await read { connection in
            let damage = try connection.all("PRAGMA integrity_check") { try $0.next(String.self) }.filter { $0 != "ok" }
            let orphans = try connection.all("PRAGMA foreign_key_check") { row in
                let table = try row.next(String.self)
                _ = try row.next(SQLValue.self)
                return "a row of \(table) names a row of \(try row.next(String.self)) that is not there"
            }
            return damage + orphans
        }
    }

    /// 16 MiB, or a sixteenth of a smaller disk: rows that fit only into space that the log had already would say nothing about the next ones.
    var hasRoom: Bool {
        var figures = statvfs()
        guard statvfs(folder, &figures) == 0 else { return true }
        let (free, all) = (UInt64(figures.f_bavail) * UInt64(figures.f_frsize), UInt64(figures.f_blocks) * UInt64(figures.f_frsize))
        return free >= min(16 << 20, all / 16)
    }

    func close() throws { try translatingErrors { try pool.close() } }

    /// Makes the file with mode 0600 before SQLite opens it; SQLite gives the same mode to the files beside it.
    private static func createPrivately(_ path: String) throws {
        let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw RecordingError(.unavailable, subject: "the record", detail: "cannot be opened: \(String(cString: strerror(errno)))")
        }
        Glibc.close(file)
    }

    /// Reads the header with a connection of its own before WAL mode changes the file: nothing of a foreign file is touched.
    private static func checkHeader(path: String, configuration: Configuration) throws {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        let isNew = try queue.read { connection in
            let tables = try Int64.fetchOne(connection, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            let application = try Int64.fetchOne(connection, sql: "PRAGMA application_id") ?? 0
            return tables == 0 && application == 0
        }
        if isNew {
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(applicationID)") }
        } else {
            try queue.read { try checkHeader($0) }
        }
    }

    private static func checkHeader(_ connection: GRDB.Database) throws {
        guard try Int64.fetchOne(connection, sql: "PRAGMA application_id") == applicationID else {
            throw RecordingError(.schema, subject: "the record", detail: "the file is a SQLite database of another program")
        }
    }
}
