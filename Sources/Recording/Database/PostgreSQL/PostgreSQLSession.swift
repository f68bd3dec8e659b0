// One connection to a PostgreSQL server, through libpq: statements, prepared ones among them, one at a time.
import CLibPQ

/// A connection that is used by one thread at a time.
final class PostgreSQLSession {
    private struct Prepared {
        let name: String
        let types: [Oid]
    }

    private let connection: OpaquePointer
    private var prepared: [String: [Prepared]] = [:]
    private var preparedCount = 0
    /// Beyond so many prepared statements the connection starts anew with them.
    private static let preparedLimit = 500

    /// Connects within the seconds that the address allows. Throws `PostgreSQLFailure`.
    init(_ address: PostgreSQLAddress, readOnly: Bool, setUp: String) throws {
        let parameters = address.parameters(readOnly: readOnly)
        let words = PostgreSQLSession.strings(parameters.map(\.keyword))
        let values = PostgreSQLSession.strings(parameters.map(\.value))
        defer { for text in words + values { text?.deallocate() } }
        guard let connection = PQconnectdbParams(words.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1) else {
            throw PostgreSQLFailure(state: "", message: "there is no memory for a connection", isConnectionBroken: true)
        }
        self.connection = connection
        // Notices (a table that is there already) are nothing that anybody has to read.
        _ = PQsetNoticeProcessor(connection, { _, _ in }, nil)
        guard PQstatus(connection) == CONNECTION_OK else { throw failure(nil) }
        try run(setUp)
    }

    deinit { PQfinish(connection) }

    /// Whether the connection is between transactions and can be used for the next.
    var isIdle: Bool { PQstatus(connection) == CONNECTION_OK && PQtransactionStatus(connection) == PQTRANS_IDLE }
    /// As 150003 for 15.3.
    var serverVersion: Int { Int(PQserverVersion(connection)) }

    /// Runs statements without arguments; returns the last answer's first column as text, and its tag ("COMMIT", "ROLLBACK" …).
    @discardableResult
    func run(_ sql: String) throws -> (value: String?, tag: String) {
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        try check(result)
        let value = PQntuples(result) > 0 ? String(cString: PQgetvalue(result, 0, 0)) : nil
        return (value, String(cString: PQcmdStatus(result)))
    }

    /// Runs one statement with `?` for each argument; returns its rows and how many rows it wrote.
    func run(_ sql: String, _ arguments: [any Storable]) throws -> (rows: [Row], changed: Int) {
        let values = arguments.map(\.stored)
        var buffer: [UInt8] = []
        let ranges = try values.map { try $0.append(to: &buffer) }
        buffer.append(0)
        let name = try prepare(sql, types: values.map(\.postgreSQLType))
        let result = buffer.withUnsafeBufferPointer { bytes in
            let pointers = ranges.map { range in
                range.flatMap { range in bytes.baseAddress.map { UnsafeRawPointer($0 + range.lowerBound).assumingMemoryBound(to: CChar.self) } }
            }
            let lengths = ranges.map { Int32($0?.count ?? 0) }
            let formats = [Int32](repeating: 1, count: values.count)
            return PQexecPrepared(connection, name, Int32(values.count), pointers, lengths, formats, 1)
        }
        defer { PQclear(result) }
        try check(result)
        return (try rows(result), Int(String(cString: PQcmdTuples(result))) ?? 0)
    }

    private func rows(_ result: OpaquePointer?) throws -> [Row] {
        let columns = PQnfields(result)
        let types = (0..<columns).map { PQftype(result, $0) }
        return try (0..<PQntuples(result)).map { row in
            Row(
                try types.enumerated().map { index, type in
                    let column = Int32(index)
                    if PQgetisnull(result, row, column) == 1 { return .null }
                    return try SQLValue(UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column))), type: type)
                })
        }
    }

    /// The name of the prepared statement for these types, where NULL goes with any.
    private func prepare(_ sql: String, types: [Oid]) throws -> String {
        let fits = prepared[sql]?.first { known in
            known.types.count == types.count && zip(known.types, types).allSatisfy { $1 == PostgreSQLType.unknown || $0 == $1 }
        }
        if let fits { return fits.name }
        if preparedCount >= PostgreSQLSession.preparedLimit {
            try run("DEALLOCATE ALL")
            prepared = [:]
            preparedCount = 0
        }
        let name = "s\(preparedCount)"
        let made = PQprepare(connection, name, Dialect.numbered(sql), Int32(types.count), types)
        defer { PQclear(made) }
        try check(made)
        preparedCount += 1
        // What the server made of a NULL's type holds for the values that come later.
        let described = PQdescribePrepared(connection, name)
        defer { PQclear(described) }
        try check(described)
        prepared[sql, default: []].append(Prepared(name: name, types: (0..<PQnparams(described)).map { PQparamtype(described, $0) }))
        return name
    }

    private func check(_ result: OpaquePointer?) throws {
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY else { throw failure(result) }
    }

    private func failure(_ result: OpaquePointer?) -> PostgreSQLFailure {
        func field(_ letter: Unicode.Scalar) -> String? {
            result.flatMap { PQresultErrorField($0, Int32(letter.value)) }.map { String(cString: $0) }
        }
        let said = field("M") ?? String(cString: PQerrorMessage(connection))
        let message = said.split(separator: "\n").first.map(String.init) ?? "the connection is broken"
        return PostgreSQLFailure(state: field("C") ?? "", message: message, isConnectionBroken: PQstatus(connection) != CONNECTION_OK)
    }

    /// Copies with NUL at their ends, and nil at the end of all.
    private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { text in
            let bytes = text.utf8CString
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
            for (index, byte) in bytes.enumerated() { copy[index] = byte }
            return copy
        } + [nil]
    }
}
