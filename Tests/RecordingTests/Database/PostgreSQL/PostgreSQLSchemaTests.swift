// The schema of the record on PostgreSQL, held by a golden file; and the plans of its requests.
import Foundation
import TestSupport
import Testing

@testable import Recording

private let isMissing = PostgreSQLServer.programs == nil

@Suite struct PostgreSQLSchemaTests {
    private static var golden: String { #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Golden/schema-postgresql.txt" }

    /// `ALMANAC_UPDATE_GOLDEN=1 swift test --filter PostgreSQLSchemaTests` writes the file anew.
    @Test(.disabled(if: isMissing, "there is no PostgreSQL server program on this machine"))
    func `the schema on PostgreSQL after all migrations is the golden one`() async throws {
        let columns = """
            SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type || coalesce(' collate ' || c.collation_name, '')
                || CASE c.is_nullable WHEN 'NO' THEN ' not null' ELSE '' END || coalesce(' default ' || c.column_default, '')
            FROM information_schema.columns c WHERE c.table_schema = 'public' ORDER BY c.table_name COLLATE "C", c.ordinal_position
            """
        let constraints = """
            SELECT k.conrelid::regclass::text || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
            WHERE k.connamespace = 'public'::regnamespace ORDER BY k.conrelid::regclass::text COLLATE "C", k.conname COLLATE "C"
            """
        let indexes = "SELECT i.indexdef FROM pg_indexes i WHERE i.schemaname = 'public' ORDER BY i.tablename COLLATE \"C\", i.indexname COLLATE \"C\""
        let dump = try await withTemporaryStore(on: [.postgreSQL]) { store in
            try await store.read { connection in
                try [columns, constraints, indexes].map { sql in
                    try connection.all(sql) { try $0.next(String.self) + "\n" }.joined()
                }.joined(separator: "\n")
            }
        }
        if ProcessInfo.processInfo.environment["ALMANAC_UPDATE_GOLDEN"] != nil {
            try dump.write(toFile: PostgreSQLSchemaTests.golden, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: PostgreSQLSchemaTests.golden, encoding: .utf8) == dump)
    }

    @Test(.disabled(if: isMissing, "there is no PostgreSQL server program on this machine"))
    func `every text sorts by its bytes, whatever the database's own order`() async throws {
        try await withTemporaryStore(on: [.postgreSQL]) { store in
            let loose = try await store.read { connection in
                try connection.all(
                    """
                    SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c
                    WHERE c.table_schema = 'public' AND c.data_type = 'text' AND c.collation_name IS DISTINCT FROM 'C'
                    """) { try $0.next(String.self) }
            }
            #expect(loose == [])
            for name in ["alpha", "Beta", "ähre", "zeta"] { try await store.addGroup(name, at: .sample()) }
            let names = try await store.groups().map(\.name)
            #expect(names == ["Beta", "alpha", "zeta", "ähre"])
        }
    }
}
