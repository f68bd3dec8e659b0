// The scheduler between two looks: what it reads again, what it puts up with, and what it costs.
import Foundation
import Logging
import Operating
import Rendering
import Testing
import TestSupport
import Vocabulary

@testable import Recording

@Suite struct `The scheduler` {
    private let start = Instant(seconds: 1_772_431_200)

    private func service(_ store: Store, _ time: ScriptedTime, zones: Zones = Zones(), readings: EngineReadings = EngineReadings()) -> SchedulingService {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return SchedulingService(
            step: ScheduleStep(store: store, zones: zones, readings: readings, logger: logger), bell: Bell(), runs: Bell(), clock: time.wall,
            steady: time.steady, readings: readings, logger: logger)
    }

    private func definition(_ schedules: [ScheduleDefinition]) -> JobDefinition { .sample(schedules: schedules) }

    @Test func `reads a zone again when its file changes, stops without one, and goes on when it is back`() async throws {
        try await withTemporaryStore { store in
            let folder = try RecordFolder()
            defer { folder.remove() }
            let file = folder.path + "/Zone"
            func put(_ zone: String) throws {
                try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/" + zone)).write(to: URL(fileURLWithPath: file), options: .atomic)
            }
            try put("Europe/Berlin")
            try await store.registerSample("job", definition([ScheduleDefinition(cron: "0 12 * * *", timezone: "Zone")]), at: start)
            let time = ScriptedTime(start)
            let service = service(store, time, zones: Zones(folder: folder.path))
            var watch = ScheduleWatch()
            #expect(try await service.look(&watch) == start.adding(seconds: 5 * 3600))
            try put("America/New_York")
            #expect(try await service.look(&watch) == start.adding(seconds: 11 * 3600))
            try FileManager.default.removeItem(atPath: file)
            time.pass(milliseconds: 12 * 3_600_000)
            #expect(try await service.look(&watch) == nil)
            #expect(try await store.queueDepth().queued == 0)
            try put("America/New_York")
            #expect(try await service.look(&watch) == start.adding(seconds: 35 * 3600))
            #expect(try await store.queueDepth().queued == 1)
        }
    }

    @Test func `queues a hundred that are due in one second well within it`() async throws {
        try await withTemporaryStore { store in
            for number in 0..<100 { try await store.registerSample("job-\(number)", definition([.sample(cron: "0 8 * * *")]), at: start) }
            let time = ScriptedTime(start)
            let service = service(store, time)
            var watch = ScheduleWatch()
            var fastest = Duration.seconds(9)
            for day in Int64(0)..<3 {
                time.pass(until: start.adding(seconds: day * 86_400 + 3600))
                let began = ContinuousClock.now
                _ = try await service.look(&watch)
                fastest = min(fastest, ContinuousClock.now - began)
                for claimed in try await store.claimRuns(limit: 100, at: time.now) {
                    try await store.finish(attempt: claimed.attemptID, end: .success(edition: nil), at: time.now)
                }
            }
            #expect(fastest < .seconds(1))
            #expect(try await store.occurrences(job: try #require(try await store.job(named: "job-7")).id, limit: 9).map(\.state) == [.launched, .launched, .launched])
        }
    }

    @Test func `is held up by nobody whose due time cannot be recorded, and tries that again`() async throws {
        try await withTemporaryStore(on: [.sqlite]) { store in
            for number in 0..<100 { try await store.registerSample("job-\(number)", definition([.sample(cron: "0 8 * * *")]), at: start) }
            let broken = try #require(try await store.job(named: "job-50")).id
            try await store.write { connection in
                try connection.script(
                    "CREATE TRIGGER broken BEFORE INSERT ON run WHEN NEW.job_id = '\(broken.text)' BEGIN SELECT RAISE(ABORT, 'broken'); END")
            }
            let time = ScriptedTime(start)
            let readings = EngineReadings()
            let service = service(store, time, readings: readings)
            var watch = ScheduleWatch()
            let due = start.adding(seconds: 3600)
            #expect(try await service.look(&watch) == due)
            time.pass(until: due)
            let next = try await service.look(&watch)
            #expect(next == due.adding(seconds: 30), "the broken one is tried again")
            #expect(try await store.queueDepth().queued == 99)
            try await store.write { try $0.script("DROP TRIGGER broken") }
            time.pass(milliseconds: 30_000)
            #expect(try await service.look(&watch) == due.adding(seconds: 86_400))
            #expect(try await store.queueDepth().queued == 100)
            let values = readings.values
            #expect(values.occurrences == ["launched": 100])
            #expect(values.lateness.count == 100 && values.lateness.longest == 30_000)
            #expect(values.schedulesInForce == 100 && values.nextDue == due.adding(seconds: 86_400) && values.schedulerLookedAt == time.now)
        }
    }

    @Test func `does nothing while the clock is years off, says why, and goes on when a person says that it is right`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("job", definition([.sample(cron: "0 8 * * *")]), at: start)
            let time = ScriptedTime(start)
            let readings = EngineReadings()
            let service = service(store, time, readings: readings)
            var watch = ScheduleWatch()
            _ = try await service.look(&watch)
            time.move(milliseconds: 3 * 366 * 86_400_000)
            #expect(try await service.look(&watch) == nil)
            #expect(readings.values.schedulerProblem?.contains("no schedule fires until it is set right") == true)
            #expect(readings.values.clockJumps == 1)
            #expect(try await store.queueDepth().queued == 0)
            // A restart does not believe it either.
            var anew = ScheduleWatch()
            #expect(try await service.look(&anew) == nil)
            #expect(try await store.occurrences(job: try #require(try await store.job(named: "job")).id, limit: 9).isEmpty)
            try await store.setPaused(false, job: "job", at: time.now)
            // More than three years of due times: the last one runs, after some looks.
            while let next = try await service.look(&anew), next <= time.now {}
            #expect(readings.values.schedulerProblem == nil)
            #expect(try await store.queueDepth().queued == 1)
        }
    }

    @Test func `with ten thousand schedules and nothing due costs next to nothing`() async throws {
        try await withTemporaryStore { store in
            let zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kathmandu", "UTC"]
            for number in 0..<100 {
                let schedules = (0..<100).map { ScheduleDefinition(name: "s\($0)", cron: "\($0 % 60) \(number % 20) * * *", timezone: zones[($0 + number) % zones.count]) }
                try await store.registerSample("job-\(number)", definition(schedules), files: "\(number)", at: start.adding(milliseconds: -1))
            }
            let time = ScriptedTime(start.adding(milliseconds: -1))
            let service = service(store, time)
            var watch = ScheduleWatch()
            let before = Self.residentBytes()
            #expect(try await service.look(&watch) != nil)
            #expect(watch.agenda.count == 10_000)
            #expect(Self.residentBytes() - before < 100 << 20)
            var fastest = Duration.seconds(9)
            for _ in 0..<20 {
                let began = ContinuousClock.now
                _ = try await service.look(&watch)
                fastest = min(fastest, ContinuousClock.now - began)
            }
            // One look in thirty seconds: a hundredth of a core would be 300 ms.
            #expect(fastest < .milliseconds(100))
        }
    }

    private static func residentBytes() -> Int {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
    }
}
