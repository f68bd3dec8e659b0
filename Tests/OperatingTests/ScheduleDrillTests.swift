// A year of restarts, clock jumps, pauses and changed schedules: every due time has exactly one row, and each launched row one run.
import Logging
import Operating
import Rendering
import Scheduling
import Testing
import TestSupport
import Vocabulary

@testable import Recording

@Suite struct `A year of schedules` {
    /// A schedule from its registration to the next: what should have a row in the end.
    private struct Era {
        let job: String
        let schedule: ScheduleRecord
        /// The latest instant at which it was looked at while in force.
        var seen: Instant
    }

    private static let zone = "America/New_York"

    /// The jobs: name, and the schedules of its nth edit.
    private static func schedules(_ job: String, edit: Int) -> [ScheduleDefinition] {
        switch job {
        case "late": [ScheduleDefinition(cron: "\(edit % 60) 2 * * *", timezone: zone, whileRunning: .queue)]
        case "careful": [ScheduleDefinition(cron: "\(edit % 60) 2 * * *", timezone: zone, gap: .skip, missed: .none)]
        case "twice": [ScheduleDefinition(cron: "\(edit % 60) 1 * * *", timezone: zone, overlap: .both, missed: .all, missedLimit: 3)]
        default:
            [
                ScheduleDefinition(cron: "\(edit % 60) */6 * * *", timezone: zone, missed: .all, missedLimit: 2, jitter: Span(seconds: 7200)),
                ScheduleDefinition(name: "b", cron: "\(edit % 60) 12 * * 1", timezone: "Europe/Berlin", task: "train", parameters: ["horizon": .integer(3)]),
            ]
        }
    }

    @Test(arguments: [UInt64(1), 2]) func `leaves no due time without a run or a reason, and none with two`(seed: UInt64) async throws {
        try await withTemporaryStore(on: [.sqlite]) { store in
            var random = SplitMix(state: seed)
            let begin = try #require(Instant(rfc3339: "2026-01-15T00:00:00Z"))
            let time = ScriptedTime(begin)
            let zones = Zones()
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let readings = EngineReadings()
            let service = SchedulingService(
                step: ScheduleStep(store: store, zones: zones, readings: readings, logger: logger), bell: Bell(), runs: Bell(), clock: time.wall,
                steady: time.steady, readings: readings, logger: logger)
            let jobs = ["late", "careful", "twice", "many"]
            var eras: [Era] = []
            var edits: [String: Int] = [:]
            var watch = ScheduleWatch()

            func look() async throws {
                while let next = try await service.look(&watch), next <= time.now {}
                let now = time.now
                let inForce = try await store.schedulesInForce()
                for index in eras.indices where inForce.contains(where: { $0.jobID == eras[index].schedule.jobID && $0.revision == eras[index].schedule.revision }) {
                    eras[index].seen = max(eras[index].seen, now)
                }
            }
            func edit(_ job: String) async throws {
                try await look()
                edits[job, default: -1] += 1
                let edit = edits[job] ?? 0
                try await store.registerSample(job, .sample(schedules: Self.schedules(job, edit: edit)), files: "\(job) \(edit)", at: time.now)
                for schedule in try await store.schedulesInForce() where schedule.jobName == job && !eras.contains(where: { $0.schedule.revision == schedule.revision }) {
                    eras.append(Era(job: job, schedule: schedule, seen: time.now))
                }
            }

            for job in jobs { try await edit(job) }
            let end = begin.adding(seconds: 366 * 86_400)
            while time.now < end {
                // Either to the next due time, or some way on.
                let next = try await service.look(&watch)
                if Int.random(in: 0..<3, using: &random) > 0, let next, next > time.now { time.pass(until: next) }
                else { time.pass(milliseconds: Int64.random(in: 60_000...40 * 3_600_000, using: &random)) }
                if Int.random(in: 0..<6, using: &random) > 0 { try await look() }
                switch Int.random(in: 0..<30, using: &random) {
                case 0...4: watch = ScheduleWatch()
                case 5: time.move(milliseconds: Int64.random(in: 3000...5 * 86_400_000, using: &random))
                case 6: time.move(milliseconds: -Int64.random(in: 3000...5 * 3_600_000, using: &random))
                case 7: try await store.setPaused(true, job: jobs.randomElement(using: &random) ?? "late", at: time.now)
                case 8...10: try await store.setPaused(false, job: jobs.randomElement(using: &random) ?? "late", at: time.now)
                case 11: try await edit(jobs.randomElement(using: &random) ?? "late")
                default: break
                }
                if Int.random(in: 0..<4, using: &random) > 0 {
                    for claimed in try await store.claimRuns(limit: 50, at: time.now) {
                        try await store.finish(attempt: claimed.attemptID, end: .success(edition: nil), at: time.now)
                    }
                }
            }
            try await look()

            var launched: [RunID] = []
            for job in jobs {
                let id = try #require(try await store.job(named: job)).id
                let rows = try await store.occurrences(job: id, limit: 100_000)
                for era in eras where era.job == job {
                    let rules = try #require(zones.rules(era.schedule.definition.timezone))
                    let timetable = try Timetable(era.schedule.definition, zone: rules)
                    let delay = era.schedule.definition.delay(job: job).milliseconds
                    var expected: [String] = []
                    var last = era.schedule.effectiveFrom
                    while let next = timetable.next(after: last), next.at.adding(milliseconds: delay) <= era.seen {
                        expected.append("\(next.nominal) \(next.fold) \(next.due?.description ?? "-")")
                        last = next.at
                    }
                    let found = rows.filter { $0.revision == era.schedule.revision && $0.scheduleName == era.schedule.name }
                    #expect(found.map { "\($0.nominal) \($0.fold) \($0.due?.description ?? "-")" }.sorted() == expected.sorted(), "\(job), seed \(seed)")
                }
                #expect(rows.allSatisfy { ($0.runID != nil) == ($0.state == .launched) && ($0.reason == nil) == ($0.state == .launched) })
                #expect(Set(rows.map(\.state)) == [.launched, .missed, .skipped], "\(job): the year had something of everything")
                launched += rows.compactMap(\.runID)
            }
            #expect(Set(launched).count == launched.count)
            for run in launched { #expect(try await store.run(run)?.trigger == .schedule) }
            let count: Int? = try await store.read { try $0.value("SELECT count(*) FROM run") }
            #expect(count == launched.count)
            #expect(readings.values.clockJumps > 5)
            #expect(eras.count > 15)
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
