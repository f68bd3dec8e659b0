// SQLite's errors as the record's own, without the values of the statement that failed.
import GRDB

/// Runs `body` and turns what SQLite complains about into a `RecordingError`.
func translatingErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw RecordingError(sqlite: error)
    }
}

extension RecordingError {
    /// The error that a result code of SQLite means. SQLite's own message names tables and columns, never values.
    init(sqlite error: DatabaseError) {
        let message = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
        let (code, subject): (Code, String) =
            switch error.extendedResultCode {
            case .SQLITE_CONSTRAINT_FOREIGNKEY: (.notFound, "a row that another one names")
            case let extended where extended.primaryResultCode == .SQLITE_CONSTRAINT: (.conflict, "a rule of the record")
            case let extended where extended.primaryResultCode == .SQLITE_FULL: (.diskFull, "the record")
            // The file through which connections share the log's index could not grow.
            case .SQLITE_IOERR_SHMSIZE: (.diskFull, "the record")
            case let extended where [.SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_READONLY].contains(extended.primaryResultCode): (.broken, "the record")
            case let extended where extended.primaryResultCode == .SQLITE_NOTADB: (.schema, "the record")
            default: (.unavailable, "the record")
            }
        self.init(code, subject: subject, detail: message, cause: error)
    }
}
