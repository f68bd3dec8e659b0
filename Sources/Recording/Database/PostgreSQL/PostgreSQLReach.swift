// Getting to the server: opening sessions, not too often when it is away, and asking it what became of a commit.
import Dispatch
import Synchronization

final class PostgreSQLReach: Sendable {
    private let address: PostgreSQLAddress
    private let readOnly: Bool
    private let setUp: String
    /// While the server is away, one request in a while tries to reach it, and the others hear at once what that one heard.
    private let away = Mutex<(until: ContinuousClock.Instant, failure: PostgreSQLFailure)?>(nil)

    private static let quiet = Duration.milliseconds(250)
    private static let attempts = 3
    /// How long a commit's outcome is asked for after its connection went.
    private static let outcomePatience = Duration.seconds(10)

    init(_ address: PostgreSQLAddress, readOnly: Bool, durable: Bool) {
        self.address = address
        self.readOnly = readOnly
        setUp = """
            SET client_min_messages = warning; SET standard_conforming_strings = on; SET TimeZone = 'UTC';
            SET statement_timeout = '30s'; SET lock_timeout = '15s'; SET idle_in_transaction_session_timeout = '30s';
            SET default_transaction_read_only = \(readOnly ? "on" : "off");
            """ + (durable
                ? "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
                : "SET synchronous_commit = off")
    }

    /// A new session. Throws `unavailable`, and `schema` for a server that is too old or a database that is not in UTF-8.
    func session() throws -> PostgreSQLSession {
        try translatingFailures {
            if let away = away.withLock({ $0 }), ContinuousClock.now < away.until { throw away.failure }
            do {
                let session = try connect()
                away.withLock { $0 = nil }
                guard session.serverVersion >= 130_000 else {
                    throw RecordingError(.schema, subject: "the database server", detail: "is older than PostgreSQL 13, which the record needs")
                }
                guard try session.run("SHOW server_encoding").value == "UTF8" else {
                    throw RecordingError(.schema, subject: "the database", detail: "is not in UTF-8; make one with ENCODING 'UTF8'")
                }
                return session
            } catch let failure as PostgreSQLFailure {
                // Whatever kept us from connecting, a password or a missing database as well, there is no connection.
                let failure = PostgreSQLFailure(state: failure.state, message: failure.message, isConnectionBroken: true)
                away.withLock { $0 = (until: .now + PostgreSQLReach.quiet, failure: failure) }
                throw failure
            }
        }
    }

    /// A connection that was ended while it began says nothing about the server: what fails quickly is tried again before the server counts as away.
    private func connect() throws -> PostgreSQLSession {
        for _ in 1..<PostgreSQLReach.attempts {
            let begin = ContinuousClock.now
            do {
                return try PostgreSQLSession(address, readOnly: readOnly, setUp: setUp)
            } catch let failure as PostgreSQLFailure where ContinuousClock.now - begin > PostgreSQLReach.quiet {
                throw failure
            } catch is PostgreSQLFailure {}
        }
        return try PostgreSQLSession(address, readOnly: readOnly, setUp: setUp)
    }

    /// Whether the transaction that lost its connection while it was committed is recorded; nil when that cannot be found out, because the server
    /// stays away or another one took its place.
    func outcome(of mark: PostgreSQLTransaction.Mark) -> Bool? {
        let end = ContinuousClock.now + PostgreSQLReach.outcomePatience
        while ContinuousClock.now < end {
            if let session = try? session(), let timeline = try? session.run("SELECT \(PostgreSQLTransaction.Mark.timelineSQL)").value {
                guard timeline == mark.timeline else { return nil }
                switch try? session.run("SELECT pg_xact_status('\(mark.transaction)'::xid8)").value {
                case "committed": return true
                case "aborted": return false
                default: break
                }
            }
            // On the connection's own thread, which has nothing else to do.
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(200))
        }
        return nil
    }
}
