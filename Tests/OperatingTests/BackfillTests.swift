// One run per due time of a range of the past.
import Artifacts
import Logging
import Operating
import Recording
import Rendering
import Testing
import TestSupport
import Vocabulary

@Suite struct `A range of the past` {
    private let definition = JobDefinition(
        title: "Job", tasks: [TaskDefinition(name: "score", file: "go.sh", language: .command), TaskDefinition(name: "tidy", file: "go.sh", language: .command)],
        schedules: [ScheduleDefinition(cron: "30 2 * * *", timezone: "America/New_York", parameters: ["horizon": .integer(24)], gap: .skip)],
        parameters: [ParameterDefinition(name: "horizon", kind: .integer, defaultValue: .integer(12))])

    /// Asks for a range of the job `job`; returns the answer and the runs, in the order of their times.
    private func ask(_ from: String, _ to: String, schedule: String? = nil, parameters: [String: String] = [:], _ definition: JobDefinition? = nil)
        async throws -> (reply: ControlReply, runs: [RunRecord], store: [RunID: [String: ParameterValue]])
    {
        try await withTemporaryStore { store in
            let folder = try RecordFolder()
            defer { folder.remove() }
            try await store.registerSample("job", definition ?? self.definition)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let clock = Clock { Instant(rfc3339: "2026-06-01T00:00:00Z") ?? .sample() }
            let zones = Zones()
            let editions = EditionMaker(
                store: store, artifacts: try LocalArtifactStore(folder: folder.path), zones: zones, siteZone: nil, clock: clock, logger: logger)
            let desk = ControlDesk(store: store, zones: zones, editions: editions, bells: [], logger: logger, clock: clock)
            let reply = await desk.perform(.run(.init(job: "job", parameters: parameters, range: .init(from: from, to: to, schedule: schedule))))
            let runs = try await store.runs(RunFilter(), visibleTo: .operatorAtConsole)
            var values: [RunID: [String: ParameterValue]] = [:]
            for run in runs.prefix(3) { values[run.id] = try await store.runDetail(run.id)?.parameters }
            return (reply, runs.sorted { $0.scheduledFor < $1.scheduledFor }, values)
        }
    }

    @Test func `is one run per due time, the first one in and the last one out, without what a gap swallows`() async throws {
        let (reply, runs, parameters) = try await ask("2026-03-06T02:30:00", "2026-03-10T02:30")
        #expect(reply.exitStatus == 0)
        #expect(reply.message == "3 runs of job are queued, for 2026-03-06T02:30:00-05:00 to 2026-03-09T02:30:00-04:00")
        #expect(runs.map(\.scheduledFor.description) == ["2026-03-06T07:30:00Z", "2026-03-07T07:30:00Z", "2026-03-09T06:30:00Z"])
        #expect(runs.map(\.scheduledOffset) == [-18_000, -18_000, -14_400])
        #expect(runs.allSatisfy { $0.trigger == .backfill && !$0.isPrivate && $0.status == .queued })
        #expect(parameters.values.allSatisfy { $0 == ["horizon": .integer(24)] })
        #expect(Set(reply.values["runs"]?.split(separator: " ").map(String.init) ?? []) == Set(runs.map(\.id.text)))
    }

    @Test func `with parameters of its own is private`() async throws {
        let (reply, runs, _) = try await ask("2026-03-06", "2026-03-08", parameters: ["horizon": "3"])
        #expect(reply.message.hasSuffix("(private: they have their own parameters)"))
        #expect(runs.count == 2 && runs.allSatisfy(\.isPrivate))
    }

    @Test func `that cannot be run is refused with what to do`() async throws {
        var none = definition
        none.schedules = []
        #expect(try await ask("2026-03-06", "2026-03-08", none).reply.message.contains("has no schedule, so there are no due times"))
        var several = definition
        several.schedules.append(ScheduleDefinition(name: "minutes", cron: "* * * * *", timezone: "UTC"))
        #expect(try await ask("2026-03-06", "2026-03-08", several).reply.message == "job has several schedules; name one with --schedule: main, minutes")
        #expect(try await ask("2026-03-06", "2026-03-08", schedule: "minutes", several).reply.values["count"] == "2880")
        #expect(try await ask("2026-03-06", "2026-03-08", schedule: "no", several).reply.message == "job has no schedule of that name; it has: main, minutes")
        let most = try await ask("2026-03-01", "2026-03-09", schedule: "minutes", several)
        #expect(most.reply.message.hasPrefix("there are more than 10000 due times between") && most.runs.isEmpty)
        #expect(try await ask("2026-03-08", "2026-03-08").reply.message.hasPrefix("--to must be later"))
        #expect(try await ask("2026-05-30", "2026-06-02").reply.message.hasPrefix("--to lies ahead"))
        #expect(try await ask("then", "2026-03-08").reply.message.hasPrefix("--from and --to must be times such as"))
        #expect(try await ask("2026-03-08T00:00", "2026-03-08T12:00").reply.message == "schedule main of job has no due time in this range")
    }
}
