// A record for one test, on each kind of database in turn, that is gone afterwards.
import Foundation
package import Recording
import Synchronization
import Testing

/// The kinds of database that keep a record.
package enum Driver: String, Sendable, CaseIterable {
    case sqlite = "SQLite", postgreSQL = "PostgreSQL"

    /// For tests that repeat themselves with many seeds: PostgreSQL, whose server is slower to ask, gets every fourth.
    package static func sampled(_ seed: UInt64) -> [Driver] { seed % 4 == 0 ? allCases : [.sqlite] }
}

/// An empty place for a record: a folder of its own, or a database of its own on the tests' server.
package struct RecordPlace: Sendable {
    package let driver: Driver
    package let location: StoreLocation

    /// Opens the record, without waiting for the disk unless told otherwise.
    package func open(_ mode: StoreMode = .unsynced) async throws -> Store { try await Store.open(at: location, mode: mode) }
}

/// A folder of its own under the system's temporary one, for tests of the file itself; `remove()` takes it away.
package struct RecordFolder: Sendable {
    package let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-record-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    package func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Opens the record in this folder, without waiting for the disk unless told otherwise.
    package func open(_ mode: StoreMode = .unsynced) async throws -> Store { try await Store.open(at: .dataFolder(path), mode: mode) }
}

/// Runs `body` with an empty record, once for each kind of database, closes it and removes it. Returns what `body` returned last.
@discardableResult
package func withTemporaryStore<Value>(on drivers: [Driver] = Driver.allCases, _ body: (Store) async throws -> Value) async throws -> Value {
    try await withRecordPlace(on: drivers) { place in
        let store = try await place.open()
        do {
            let value = try await body(store)
            try store.close()
            return value
        } catch {
            try? store.close()
            throw error
        }
    }
}

/// Runs `body` with an empty place for a record, once for each kind of database, and removes it. Returns what `body` returned last.
@discardableResult
package func withRecordPlace<Value>(on drivers: [Driver] = Driver.allCases, _ body: (RecordPlace) async throws -> Value) async throws -> Value {
    var value: Value?
    for driver in drivers {
        if driver == .postgreSQL, PostgreSQLServer.programs == nil {
            SkippedHalves.count()
            continue
        }
        try await saying(driver) {
            switch driver {
            case .sqlite:
                let folder = try RecordFolder()
                defer { folder.remove() }
                value = try await body(RecordPlace(driver: driver, location: .dataFolder(folder.path)))
            case .postgreSQL:
                value = try await TestDatabases.shared.with { try await body(RecordPlace(driver: driver, location: .postgreSQL($0))) }
            }
        }
    }
    guard let value else { throw PostgreSQLServer.Failure(description: "there is no PostgreSQL server on this machine") }
    return value
}

/// Runs `body`; when something is wrong in it, says on which database that was.
private func saying(_ driver: Driver, _ body: () async throws -> Void) async throws {
    let issues = Mutex(0)
    func tell() {
        let count = issues.withLock { $0 }
        if count > 0 { Issue.record("on \(driver.rawValue): the \(count == 1 ? "issue" : "\(count) issues") above") }
    }
    do {
        try await withKnownIssue(isIntermittent: true, sourceLocation: SourceLocation(fileID: #fileID, filePath: #filePath, line: #line, column: 1)) {
            try await body()
        } matching: { _ in
            // No issue is known: each is reported as it is, and counted.
            issues.withLock { $0 += 1 }
            return false
        }
        tell()
    } catch {
        tell()
        throw error
    }
}

/// How many bodies ran on SQLite only, told when the process ends: `Scripts/test` repeats it.
enum SkippedHalves {
    private static let number = Mutex(0)
    private static let atEnd: Void = {
        atexit { print("\nskipped on PostgreSQL, because there is no server program on this machine: \(SkippedHalves.number.withLock { $0 }) tests") }
    }()

    static func count() {
        _ = atEnd
        number.withLock { $0 += 1 }
    }
}
