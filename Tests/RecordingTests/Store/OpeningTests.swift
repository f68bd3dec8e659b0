// Opening the record: how the connections are set, and which files are refused.
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct OpeningTests {
    private func pragma(_ name: String, _ store: Store, writer: Bool) async throws -> SQLValue? {
        let sql = "SELECT * FROM pragma_\(name)"
        return writer ? try await store.write { try $0.value(sql) } : try await store.read { try $0.value(sql) }
    }

    @Test func `a commit waits for the disk and readers cannot write`() async throws {
        let folder = try RecordFolder()
        defer { folder.remove() }
        let store = try await folder.open(.readWrite)
        #expect(try await pragma("synchronous", store, writer: true) == .integer(2))
        #expect(try await pragma("journal_mode", store, writer: true) == .text("wal"))
        #expect(try await pragma("foreign_keys", store, writer: true) == .integer(1))
        #expect(try await pragma("foreign_keys", store, writer: false) == .integer(1))
        #expect(try await pragma("query_only", store, writer: false) == .integer(1))
        #expect(try await pragma("busy_timeout", store, writer: true) == .integer(10_000))
        await #expect(throws: RecordingError.self) { try await store.read { try $0.bumpAccessEpoch() } }
        try store.close()
    }

    @Test func `the files are for their owner only`() async throws {
        let folder = try RecordFolder()
        defer { folder.remove() }
        let store = try await folder.open()
        for name in ["record.sqlite", "record.sqlite-wal", "record.sqlite-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
        try store.close()
    }

    @Test func `what was recorded is there after closing and opening again`() async throws {
        try await withRecordPlace { place in
            let first = try await place.open(.readWrite)
            try await first.registerSample("passengers")
            try first.close()
            let second = try await place.open(.readWrite)
            #expect(try await second.job(named: "passengers")?.versionNumber == 1)
            #expect(try await second.integrity() == [])
            try second.close()
            await #expect(throws: RecordingError.self) { _ = try await second.jobs() }
        }
    }

    @Test func `a reader beside a server sees its commits, and alone the last ones, and never writes`() async throws {
        try await withRecordPlace { place in
            let server = try await place.open()
            let reader = try await place.open(.readOnly)
            try await server.registerSample("passengers")
            #expect(try await reader.jobs().count == 1)
            let error = await #expect(throws: RecordingError.self) { try await reader.markRemoved(job: "passengers", at: .sample()) }
            #expect(error?.code == .unavailable)
            try reader.close()
            try server.close()
            let alone = try await place.open(.readOnly)
            #expect(try await alone.jobs().count == 1)
            try alone.close()
        }
    }

    @Test func `reading a record that is not there makes none`() async throws {
        let folder = try RecordFolder()
        defer { folder.remove() }
        let error = await #expect(throws: RecordingError.self) { _ = try await folder.open(.readOnly) }
        #expect(error?.code == .unavailable)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `a database of another program is refused and not touched`() async throws {
        let folder = try RecordFolder()
        defer { folder.remove() }
        let store = try await folder.open()
        try await store.write { try $0.script("PRAGMA application_id = 7") }
        try store.close()
        for mode in [StoreMode.readWrite, .readOnly] {
            let error = await #expect(throws: RecordingError.self) { _ = try await folder.open(mode) }
            #expect(error?.code == .schema)
        }
        try Data("Dear diary, this is not a database at all, but a long enough text.".utf8).write(to: URL(filePath: folder.path + "/record.sqlite"))
        let error = await #expect(throws: RecordingError.self) { _ = try await folder.open(.readWrite) }
        #expect(error?.code == .schema)
    }

    @Test func `a record of a newer program is refused, an older one only for reading`() async throws {
        try await withRecordPlace { place in
            let store = try await place.open()
            try await store.write { _ = try $0.execute("INSERT INTO schema_migration (number, name) VALUES (?, 'from the future')", [Migrations.newest + 1]) }
            try store.close()
            for mode in [StoreMode.readWrite, .readOnly] {
                let error = await #expect(throws: RecordingError.self) { _ = try await place.open(mode) }
                #expect(error?.code == .schema)
                #expect(error?.detail.contains("newer") == true)
            }
        }
    }

    @Test func `network file systems are known by their type`() {
        let mountinfo = """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            40 22 0:45 / /home rw shared:2 master:3 - nfs4 server:/home rw,vers=4.2
            """
        #expect(FileSystems.type(ofDevice: "0:45", mountinfo: mountinfo) == "nfs4")
        #expect(FileSystems.type(ofDevice: "8:1", mountinfo: mountinfo) == "ext4")
        #expect(FileSystems.type(ofDevice: "9:9", mountinfo: mountinfo) == nil)
        #expect(FileSystems.isNetwork("nfs4") && FileSystems.isNetwork("cifs") && !FileSystems.isNetwork("ext4") && !FileSystems.isNetwork("tmpfs"))
    }

    @Test func `cancelling who waits does not undo what was begun`() async throws {
        try await withTemporaryStore { store in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await store.registerSample("passengers")
            }
            _ = try await task.value
            #expect(try await store.jobs().count == 1)
        }
    }

    @Test func `a write that throws leaves nothing`() async throws {
        try await withTemporaryStore { store in
            struct Broken: Error {}
            await #expect(throws: Broken.self) {
                try await store.write { connection in
                    try connection.execute("INSERT INTO artifact (digest) VALUES (?)", [Digest.sample("a")])
                    throw Broken()
                }
            }
            let count = try await store.read { try $0.value("SELECT count(*) FROM artifact", as: Int.self) }
            #expect(count == 0)
        }
    }

    @Test func `what the database refuses has a code of ours and tells no values`() async throws {
        try await withTemporaryStore { store in
            let secret = Digest.sample("secret")
            let artifact = "INSERT INTO artifact (digest) VALUES (?)"
            try await store.write { _ = try $0.execute(artifact, [secret]) }
            let conflict = await refusal(store, artifact, [secret])
            #expect(conflict?.code == .conflict)
            #expect(conflict?.description.contains(secret.hex) == false)
            let short = await refusal(store, artifact, ["short"])
            #expect(short?.code == .conflict)
            let orphan = await refusal(store, "INSERT INTO former_name (name, job_id) VALUES ('a', 'b')")
            #expect(orphan?.code == .notFound)
            let unknown = await refusal(store, "SELECT * FROM nowhere")
            #expect(unknown?.code == .unavailable)
            let count = try await store.read { try $0.value("SELECT count(*) FROM artifact", as: Int.self) }
            #expect(count == 1)
        }
    }

    @Test func `a full disk has a code of its own`() async throws {
        try await withTemporaryStore(on: [.sqlite]) { store in
            try await store.write { try $0.script("PRAGMA max_page_count = 1") }
            let user = "INSERT INTO user_account (id, name, password_hash, administrator, auditor, created_at) VALUES ('i', 'n', ?, 0, 0, 0)"
            let full = await refusal(store, user, [String(repeating: "x", count: 100_000)])
            #expect(full?.code == .diskFull)
        }
        #expect(RecordingError(postgreSQL: PostgreSQLFailure(state: "53100", message: "full", isConnectionBroken: false)).code == .diskFull)
    }

    private func refusal(_ store: Store, _ sql: String, _ arguments: [any Storable] = []) async -> RecordingError? {
        do {
            try await store.write { _ = try $0.execute(sql, arguments) }
            return nil
        } catch { return error as? RecordingError }
    }

    @Test func `values go into columns and come out as they were`() async throws {
        try await withTemporaryStore { store in
            let values: [SQLValue] = [.null, .integer(.min), .real(0.1), .text("naïve 🙂"), .bytes([0, 255])]
            let read = try await store.read { connection in
                try connection.first("SELECT ?, ?, ?, ?, ?", values) { row in try values.map { _ in try row.next(SQLValue.self) } }
            }
            #expect(read == values)
            #expect(Double.nan.stored == .null)
            #expect((nil as String?).stored == .null)
            #expect(String?(stored: .null) == .some(nil))
        }
    }
}
