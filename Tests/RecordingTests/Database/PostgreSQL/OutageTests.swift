// A PostgreSQL server that stops and comes back, and one that vanishes while it commits.
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite(.disabled(if: PostgreSQLServer.programs == nil, "there is no PostgreSQL server program on this machine"))
struct OutageTests {
    @Test func `requests fail at once while the server is away and work again when it is back`() async throws {
        let server = try PostgreSQLServer()
        let store = try await Store.open(at: .postgreSQL(server.address("postgres")))
        try await store.registerSample("passengers")
        try server.stop()
        let begin = ContinuousClock.now
        for _ in 0..<20 {
            let read = await #expect(throws: RecordingError.self) { _ = try await store.jobs() }
            #expect(read?.code == .unavailable)
            let write = await #expect(throws: RecordingError.self) { try await store.registerSample("airlines") }
            #expect(write?.code == .unavailable)
        }
        #expect(ContinuousClock.now - begin < .seconds(5))
        try server.start()
        let started = ContinuousClock.now
        let isBack = await Program.eventually(within: 10) {
            (try? await store.registerSample("airlines", files: "two")) != nil
        }
        #expect(isBack && ContinuousClock.now - started < .seconds(10))
        let names = try await store.jobs().map(\.name)
        #expect(names == ["airlines", "passengers"])
        try store.close()
    }

    @Test func `a commit whose connection went is looked up and not repeated`() async throws {
        let server = try PostgreSQLServer(durable: true)
        let store = try await Store.open(at: .postgreSQL(server.address("postgres")))
        // With a standby that never answers, COMMIT is done on this server and then waits: until somebody ends the connection.
        try server.run(sql: "ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        try server.run(sql: "SELECT pg_reload_conf()")
        let writing = Task {
            try await store.addUser(name: "ann", email: nil, passwordHash: nil, administrator: false, groups: [], at: .sample())
        }
        let ended = try await Program.eventually {
            try server.run(sql: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = 'almanac'") == "t"
        }
        #expect(ended)
        let user = try await writing.value
        let names = try await store.users().map(\.id)
        #expect(names == [user])
        try server.run(sql: "ALTER SYSTEM RESET synchronous_standby_names")
        try server.run(sql: "SELECT pg_reload_conf()")
        try store.close()
    }

    @Test func `the server knows what became of a transaction, and another server's answer does not count`() async throws {
        try await withRecordPlace(on: [.postgreSQL]) { place in
            guard case .postgreSQL(let address) = place.location else { return }
            let reach = PostgreSQLReach(try PostgreSQLAddress(address), readOnly: false, durable: false)
            let session = try reach.session()
            func mark(_ end: String) throws -> PostgreSQLTransaction.Mark {
                let text = try session.run("BEGIN; SELECT pg_current_xact_id()::text || ' ' || \(PostgreSQLTransaction.Mark.timelineSQL)").value
                try session.run(end)
                return try #require(PostgreSQLTransaction.Mark(text))
            }
            let (committed, aborted) = (try mark("COMMIT"), try mark("ROLLBACK"))
            #expect(reach.outcome(of: committed) == true)
            #expect(reach.outcome(of: aborted) == false)
            let elsewhere = try #require(PostgreSQLTransaction.Mark("\(committed.transaction) 000000FF"))
            #expect(reach.outcome(of: elsewhere) == nil)
        }
    }
}
