// What the store does when the database cannot read or write, or has no room.
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct ConditionTests {
    @Test func `after an error of the disk nothing is asked of the database any more`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let failing = FailingDatabase(store.database)
            let watched = Store(failing)
            let told = Mutex<[StoreCondition]>([])
            watched.whenConditionChanges { condition in told.withLock { $0.append(condition) } }
            #expect(try await watched.jobs().count == 1)
            failing.error = RecordingError(.broken, subject: "the record", detail: "disk I/O error")
            await #expect(throws: RecordingError.self) { _ = try await watched.jobs() }
            #expect(watched.condition == .broken("disk I/O error"))
            failing.error = nil
            let calls = failing.calls
            for _ in 0..<2 {
                let error = await #expect(throws: RecordingError.self) { _ = try await watched.jobs() }
                #expect(error?.code == .broken)
            }
            #expect(failing.calls == calls)
            #expect(told.withLock { $0 } == [.broken("disk I/O error")])
        }
    }

    @Test func `a full disk is read from, and well again when a write succeeds`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let failing = FailingDatabase(store.database)
            let watched = Store(failing)
            failing.refuses = true
            failing.error = RecordingError(.diskFull, subject: "the record", detail: "database or disk is full")
            let job = try #require(try await watched.jobs().first).id
            let error = await #expect(throws: RecordingError.self) { _ = try await watched.queue(.sample(job), at: .sample()) }
            #expect(error?.code == .diskFull && watched.condition == .full)
            #expect(try await !watched.hasRoomAgain())
            failing.room = false
            failing.error = nil
            #expect(try await !watched.hasRoomAgain(), "a row found room, but the disk has none")
            failing.room = true
            #expect(try await watched.hasRoomAgain())
            #expect(watched.condition == .well)
            _ = try await watched.queue(.sample(job), at: .sample())
        }
    }

    @Test func `whoever claims is told of new runs and of those that are to end`() async throws {
        try await withTemporaryStore { store in
            let rings = Mutex(0)
            store.whenRunsChange { rings.withLock { $0 += 1 } }
            try await store.registerSample("passengers")
            let run = try await store.queue(.sample(try await store.jobs()[0].id), at: .sample())
            #expect(rings.withLock { $0 } == 1)
            try await store.requestCancel(run: run, by: nil, at: .sample())
            #expect(rings.withLock { $0 } == 2)
        }
    }
}

/// Throws an error instead of passing requests on, for as long as one is set; with `refuses` only instead of writes.
private final class FailingDatabase: Database {
    private struct State {
        var error: RecordingError?
        var refuses = false
        var room = true
        var calls = 0
    }
    private let inner: any Database
    private let state = Mutex(State())

    init(_ inner: any Database) { self.inner = inner }

    var error: RecordingError? {
        get { state.withLock { $0.error } }
        set { state.withLock { $0.error = newValue } }
    }
    var refuses: Bool {
        get { state.withLock { $0.refuses } }
        set { state.withLock { $0.refuses = newValue } }
    }
    var room: Bool {
        get { state.withLock { $0.room } }
        set { state.withLock { $0.room = newValue } }
    }
    var calls: Int { state.withLock { $0.calls } }
    var hasRoom: Bool { room }
    var isWritable: Bool { inner.isWritable }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        try called(unless: refuses)
        return try await inner.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
        try called(unless: false)
        return try await inner.write(body)
    }

    private func called(unless passes: Bool) throws {
        state.withLock { $0.calls += 1 }
        if !passes, let error { throw error }
    }

    func integrity() async throws -> [String] { try await inner.integrity() }
    func close() throws { try inner.close() }
}
