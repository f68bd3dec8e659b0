// Live logs: pieces that stand in the record until the log is an artifact.
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct LogTests {
    @Test func `pieces are read back by offset and limit, also when one comes twice`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let run = try await store.queue(.sample(try await store.jobs()[0].id), at: .sample())
            let empty = try await store.liveLog(run: run, from: 0, limit: 100)
            #expect(empty.bytes == [] && empty.next == 0 && !empty.ended)
            let attempt = try await store.claimRuns(limit: 1, at: .sample())[0].attemptID
            try await store.appendLog(attempt: attempt, offset: 0, bytes: Array("first ".utf8), at: .sample())
            try await store.appendLog(attempt: attempt, offset: 0, bytes: Array("first ".utf8), at: .sample())
            try await store.appendLog(attempt: attempt, offset: 3, bytes: Array("st second".utf8), at: .sample())
            #expect(try await store.liveLogEnd(attempt: attempt) == 12)
            let all = try await store.liveLog(run: run, from: 0, limit: 100)
            #expect(String(decoding: all.bytes, as: UTF8.self) == "first second" && all.next == 12)
            let part = try await store.liveLog(run: run, from: 2, limit: 6)
            #expect(String(decoding: part.bytes, as: UTF8.self) == "rst se" && part.next == 8)
            let end = try await store.liveLog(run: run, from: 12, limit: 6)
            #expect(end.bytes == [] && end.next == 12 && !end.ended)
        }
    }

    @Test func `the end of an attempt removes its pieces and lets later ones go`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let run = try await store.queue(.sample(try await store.jobs()[0].id), at: .sample())
            let lost = try await store.claimRuns(limit: 1, at: .sample())[0].attemptID
            try await store.appendLog(attempt: lost, offset: 0, bytes: Array("a long first log".utf8), at: .sample())
            try await store.markLost(attempt: lost, message: "The machine restarted", at: .sample())
            let between = try await store.liveLog(run: run, from: 16, limit: 10)
            #expect(between.bytes == [] && between.next == 16 && !between.ended)
            let second = try await store.claimRuns(limit: 1, at: .sample())[0].attemptID
            try await store.appendLog(attempt: second, offset: 0, bytes: Array("anew".utf8), at: .sample())
            #expect(try await store.liveLog(run: run, from: 16, limit: 10).bytes == Array("anew".utf8))
            try await store.finish(attempt: second, end: .success(), at: .sample())
            try await store.appendLog(attempt: second, offset: 4, bytes: [1, 2, 3], at: .sample())
            #expect(try await store.liveLog(run: run, from: 4, limit: 10).ended)
            let rows = try await store.read { try $0.value("SELECT count(*) FROM log_chunk", as: Int.self) }
            #expect(rows == 0)
            await #expect(throws: RecordingError.self) { _ = try await store.liveLog(run: RunID(at: .sample()), from: 0, limit: 1) }
        }
    }
}
