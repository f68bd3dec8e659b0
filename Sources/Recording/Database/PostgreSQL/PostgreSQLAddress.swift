// Where a PostgreSQL database is and how it is reached: libpq's own words, checked before they are used.
import CLibPQ

/// A `postgresql://` address, `service=name`, or any other connection string of libpq.
struct PostgreSQLAddress: Sendable, Hashable {
    let text: String

    /// Seconds until a server that does not answer counts as not there.
    private static let connectSeconds = 5

    /// Throws `unavailable` for a text that libpq cannot read, and for one with a password in it.
    init(_ text: String) throws {
        self.text = text
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &complaint) else {
            // libpq's own complaint can repeat the address, and so what should not be in it.
            PQfreemem(complaint)
            throw RecordingError(
                .unavailable, subject: "the database address",
                detail: "cannot be read; write `postgresql://user@host/database`, or `service=name` with a service file")
        }
        defer { PQconninfoFree(options) }
        guard PostgreSQLAddress.value("password", in: options) == nil else {
            throw RecordingError(
                .unavailable, subject: "the database address",
                detail: "holds a password, which process lists and backups of settings show; leave it out and put it into ~/.pgpass (or the file that PGPASSFILE names), a service file, or PGPASSWORD")
        }
    }

    private static func value(_ keyword: String, in options: UnsafeMutablePointer<PQconninfoOption>) -> String? {
        var option = options
        while let name = option.pointee.keyword {
            if String(cString: name) == keyword { return option.pointee.val.map { String(cString: $0) } }
            option += 1
        }
        return nil
    }

    /// What libpq gets: our defaults first, which the address may override, and the address last.
    func parameters(readOnly: Bool) -> [(keyword: String, value: String)] {
        var parameters = [
            ("fallback_application_name", "almanac"), ("connect_timeout", "\(PostgreSQLAddress.connectSeconds)"),
            // A peer that vanished without a word is noticed in seconds instead of hours.
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "20000"),
            ("client_encoding", "UTF8"),
        ]
        if !readOnly { parameters.append(("target_session_attrs", "read-write")) }
        parameters.append(("dbname", text))
        return parameters.map { (keyword: $0.0, value: $0.1) }
    }
}
