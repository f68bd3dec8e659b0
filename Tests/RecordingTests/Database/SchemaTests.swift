// The schema of the record, held by a golden file that shows each change in review.
import Foundation
import TestSupport
import Testing

@testable import Recording

@Suite struct SchemaTests {
    private static var golden: String { #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/Golden/schema.sql" }

    /// `ALMANAC_UPDATE_GOLDEN=1 swift test --filter SchemaTests` writes the file anew.
    @Test func `the schema after all migrations is the golden one`() async throws {
        let dump = try await withTemporaryStore(on: [.sqlite]) { store in
            try await store.read { connection in
                let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY CASE type WHEN 'table' THEN 0 ELSE 1 END, tbl_name, name"
                return try connection.all(sql) { try $0.next(String.self) + ";\n" }.joined()
            }
        }
        if ProcessInfo.processInfo.environment["ALMANAC_UPDATE_GOLDEN"] != nil {
            try dump.write(toFile: SchemaTests.golden, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: SchemaTests.golden, encoding: .utf8) == dump)
    }

    @Test func `migrations are numbered without gaps and leave no mark of the dialect`() {
        #expect(Migrations.all.map(\.number) == Array(1...Migrations.newest))
        for migration in Migrations.all { #expect(!Dialect.sqlite.migration(migration.text).contains("{")) }
    }

    @Test func `every table of ours is strict`() async throws {
        try await withTemporaryStore(on: [.sqlite]) { store in
            let loose = try await store.read { connection in
                try connection.all("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'") {
                    try $0.next(String.self)
                }
            }
            #expect(loose == [])
        }
    }
}
