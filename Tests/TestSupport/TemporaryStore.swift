// A record in a temporary folder that is gone afterwards.
import Foundation
package import Recording

/// A folder of its own under the system's temporary one; `remove()` takes it away.
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

/// Runs `body` with an empty record, closes it and removes it.
package func withTemporaryStore<Value>(_ body: (Store) async throws -> Value) async throws -> Value {
    let folder = try RecordFolder()
    defer { folder.remove() }
    let store = try await folder.open()
    let value = try await body(store)
    try store.close()
    return value
}
