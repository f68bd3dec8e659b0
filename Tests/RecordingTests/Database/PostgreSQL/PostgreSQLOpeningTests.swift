// Opening a record on PostgreSQL: which addresses and databases are refused, and what happens when two programs open at once.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

private let isMissing = PostgreSQLServer.programs == nil

@Suite struct PostgreSQLOpeningTests {
    @Test func `an address with a password in it is refused without repeating it`() async throws {
        for address in ["postgresql://almanac:topsecret@127.0.0.1/almanac", "host=127.0.0.1 password=topsecret", "postgresql://db/almanac?password=topsecret"] {
            let error = await #expect(throws: RecordingError.self) { _ = try await Store.open(at: .postgreSQL(address)) }
            #expect(error?.code == .unavailable && error?.detail.contains("PGPASSFILE") == true)
            #expect(error?.description.contains("topsecret") == false)
        }
        let error = await #expect(throws: RecordingError.self) { _ = try await Store.open(at: .postgreSQL("postgresql://%zz:topsecret@")) }
        #expect(error?.detail.contains("cannot be read") == true && error?.description.contains("topsecret") == false)
        #expect(throws: Never.self) { _ = try PostgreSQLAddress("service=almanac") }
    }

    @Test func `a server that is not there is told at once`() async throws {
        let address = "postgresql://nobody@127.0.0.1:1/nowhere"
        let error = await #expect(throws: RecordingError.self) { _ = try await Store.open(at: .postgreSQL(address)) }
        #expect(error?.code == .unavailable && error?.detail.contains("cannot be reached") == true)
        // Without the tasks of other tests in between.
        let reach = PostgreSQLReach(try PostgreSQLAddress(address), readOnly: false, durable: true)
        let time = ContinuousClock().measure { #expect(throws: RecordingError.self) { _ = try reach.session() } }
        #expect(time < .seconds(5))
    }

    @Test(arguments: [
        ("23503", RecordingError.Code.notFound), ("23505", .conflict), ("40001", .unavailable), ("53100", .diskFull), ("58030", .broken), ("XX001", .broken),
        ("57P01", .unavailable), ("", .unavailable),
    ])
    func `what the server reports has a word of the record`(state: String, code: RecordingError.Code) {
        let failure = PostgreSQLFailure(state: state, message: "", isConnectionBroken: state.isEmpty)
        #expect(RecordingError(postgreSQL: failure).code == code)
    }

    @Test func `numbers stand for the marks of arguments`() {
        #expect(Dialect.numbered("SELECT 1") == "SELECT 1")
        #expect(Dialect.numbered("a = ? AND b IN (?, ?)") == "a = $1 AND b IN ($2, $3)")
        #expect(Dialect.numbered("?") == "$1")
        for migration in Migrations.all { #expect(!Dialect.postgreSQL.migration(migration.text).contains("{")) }
    }

    @Test(.disabled(if: isMissing, "there is no PostgreSQL server program on this machine"))
    func `programs that open an empty database at once make one record`() async throws {
        try await withRecordPlace(on: [.postgreSQL]) { place in
            // The template has a record already: this database begins empty.
            guard case .postgreSQL(let address) = place.location else { return }
            let database = try PostgreSQLDatabase(address: address, readOnly: false, durable: false)
            try await database.write { try $0.script("DROP SCHEMA public CASCADE; CREATE SCHEMA public") }
            let early = await #expect(throws: RecordingError.self) { _ = try await place.open(.readOnly) }
            #expect(early?.code == .unavailable && early?.detail.contains("is not there yet") == true)
            let stores = try await withThrowingTaskGroup(of: Store.self) { group in
                for _ in 0..<6 { group.addTask { try await place.open() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try await stores[0].registerSample("passengers")
            for store in stores {
                let count = try await store.jobs().count
                #expect(count == 1)
                try store.close()
            }
            let migrations = try await database.read { try $0.value("SELECT count(*) FROM schema_migration", as: Int.self) }
            #expect(migrations == Migrations.newest)
            try database.close()
        }
    }

    @Test(.disabled(if: isMissing, "there is no PostgreSQL server program on this machine"))
    func `a database of another program is refused and not touched`() async throws {
        try await withRecordPlace(on: [.postgreSQL]) { place in
            guard case .postgreSQL(let address) = place.location else { return }
            let database = try PostgreSQLDatabase(address: address, readOnly: false, durable: false)
            try await database.write { try $0.script("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE diary (day TEXT)") }
            for mode in [StoreMode.readWrite, .readOnly] {
                let error = await #expect(throws: RecordingError.self) { _ = try await place.open(mode) }
                #expect(error?.code == .schema && error?.detail.contains("another program") == true)
            }
            let tables = try await database.read { try $0.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", as: Int.self) }
            #expect(tables == 1)
            try database.close()
        }
    }

    @Test(.disabled(if: isMissing, "there is no PostgreSQL server program on this machine"))
    func `a text with NUL in it is refused, and a failed statement undoes the whole even when nobody listens`() async throws {
        try await withTemporaryStore(on: [.postgreSQL]) { store in
            let error = await #expect(throws: RecordingError.self) { try await store.addGroup("a\0b", at: .sample()) }
            #expect(error?.code == .conflict && error?.detail.contains("NUL") == true)
            let unheard = await #expect(throws: RecordingError.self) {
                try await store.write { connection in
                    try connection.execute("INSERT INTO artifact (digest) VALUES (?)", [Digest.sample("a")])
                    _ = try? connection.execute("SELECT * FROM nowhere")
                }
            }
            #expect(unheard?.detail.contains("nothing was recorded") == true)
            let count = try await store.read { try $0.value("SELECT count(*) FROM artifact", as: Int.self) }
            #expect(count == 0)
        }
    }

    @Test(.disabled(if: isMissing, "there is no PostgreSQL server program on this machine"))
    func `rows that name what is not there are told`() async throws {
        try await withTemporaryStore(on: [.postgreSQL]) { store in
            let well = try await store.integrity()
            #expect(well == [])
            try await store.write { connection in
                try connection.script(
                    """
                    SET LOCAL session_replication_role = replica;
                    INSERT INTO former_name (name, job_id) VALUES ('old', 'nobody');
                    SET LOCAL session_replication_role = origin;
                    ALTER TABLE artifact ADD CONSTRAINT never CHECK (digest <> 'x') NOT VALID
                    """)
            }
            let findings = try await store.integrity()
            #expect(findings == ["constraint never of artifact was never checked", "a row of former_name names a row of job that is not there"])
        }
    }

    @Test(.disabled(if: isMissing, "there is no PostgreSQL server program on this machine"))
    func `connections have limits of time, and readers cannot write`() async throws {
        try await withRecordPlace(on: [.postgreSQL]) { place in
            let store = try await place.open(.readWrite)
            func setting(_ name: String) async throws -> String? { try await store.read { try $0.value("SELECT current_setting('\(name)')") } }
            let settings = try await [
                setting("statement_timeout"), setting("lock_timeout"), setting("idle_in_transaction_session_timeout"), setting("synchronous_commit"),
                setting("application_name"), setting("transaction_isolation"),
            ]
            #expect(settings == ["30s", "15s", "30s", "on", "almanac", "repeatable read"])
            let isolation = try await store.write { try $0.value("SELECT current_setting('transaction_isolation')", as: String.self) }
            #expect(isolation == "serializable")
            await #expect(throws: RecordingError.self) { try await store.read { try $0.bumpAccessEpoch() } }
            try store.close()
        }
    }
}
