// The databases of tests on one PostgreSQL server: copies of a template in which the schema stands already.
import Foundation
import Recording

/// Hands out databases of one server, which is started with the first of them.
package actor TestDatabases {
    package static let shared = TestDatabases()

    private static let template = "almanac_template"
    /// So many tests at a time: each has several connections, each of which is a process.
    private static let limit = 6

    private var server: Task<PostgreSQLServer, any Error>?
    private var inUse = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var made = 0

    /// Runs `body` with the address of a database of its own.
    nonisolated func with<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        await enter()
        do {
            let (server, name) = try await database()
            let result: Result<Value, any Error>
            do { result = .success(try await body(server.address(name))) } catch { result = .failure(error) }
            try await Self.waiting { try server.run(sql: "DROP DATABASE \(name) WITH (FORCE)") }
            await leave()
            return try result.get()
        } catch {
            await leave()
            throw error
        }
    }

    /// What the server wrote into its log.
    package func log() async throws -> String { try await server?.value.log ?? "" }

    /// Ends every connection to the place's database; how many there were.
    package func endConnections(of place: RecordPlace) async throws -> Int {
        guard let server = try await server?.value, case .postgreSQL(let address) = place.location,
            let name = address.split(separator: "?").first?.split(separator: "/").last
        else { return 0 }
        let sql = "SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid)) FROM pg_stat_activity a WHERE a.datname = '\(name)'"
        return try server.run(sql: sql).flatMap(Int.init) ?? 0
    }

    private func enter() async {
        if inUse < Self.limit {
            inUse += 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func leave() {
        if waiting.isEmpty { inUse -= 1 } else { waiting.removeFirst().resume() }
    }

    private func database() async throws -> (PostgreSQLServer, String) {
        let start = server ?? Task { try await Self.prepare() }
        server = start
        made += 1
        let name = "test_\(made)"
        let server = try await start.value
        try await Self.waiting { try server.run(sql: "CREATE DATABASE \(name) TEMPLATE \(Self.template)") }
        return (server, name)
    }

    /// Runs what waits for other programs on a thread that no task needs: tests run on two.
    @discardableResult
    private static func waiting<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }

    private static func prepare() async throws -> PostgreSQLServer {
        let server = try await waiting {
            let server = try PostgreSQLServer()
            try server.run(sql: "CREATE DATABASE \(template)")
            return server
        }
        try await Store.open(at: .postgreSQL(server.address(template)), mode: .unsynced).close()
        return server
    }
}
