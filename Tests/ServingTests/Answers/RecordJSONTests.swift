// A run as JSON: every key of the contract with its value, in one line.
import FoundationEssentials
import Recording
import Testing
import Vocabulary

@testable import Serving

struct RecordJSONTests {
    @Test func `A run that failed on a schedule is told whole`() async throws {
        try await TestSite.with { test async throws in
            let job = try #require(try await test.store.job(named: "forecast"))
            let due = Instant(seconds: 1_790_000_000)
            let run = try await test.store.queue(
                NewRun(
                    jobID: job.id, task: "score", trigger: .manual, scheduledFor: due, parameters: ["horizon": .integer(3), "rate": .number(3)],
                    requestedBy: nil), at: due)
            let attempt = try #require(try await test.store.claimRuns(limit: 1, at: due).first).attemptID
            let digest = job.manifestDigest
            let snapshot = Snapshot(input: "sales", fileName: "sales.csv", sha256: digest, bytes: 12, origin: "data/sales.csv")
            try await test.store.recordLaunch(
                attempt: attempt, receipt: Receipt(launcher: "local", text: "r"), snapshots: [snapshot], environment: [:], at: due)
            let output = Output(name: "notes.csv", path: "notes.csv", declared: false, sha256: digest, bytes: 9, rows: 2, columns: ["a", "b\""])
            _ = try await test.store.finish(
                attempt: attempt,
                end: AttemptEnd(
                    status: .failed, reason: .exitCode, message: "It ended with exit code 3.", exitStatus: 3, endedAt: due.adding(seconds: 2),
                    resources: ResourceUse(cpuMilliseconds: 40, peakMemoryBytes: 4096),
                    metrics: [Metric(name: "error", value: nil, noValueReason: "NaN", step: 1, slice: "all")], outputs: [output]),
                at: due.adding(seconds: 2))
            let text = RecordJSON.detail(try #require(try await test.store.runDetail(run)))
            #expect(text.hasSuffix("}\n") && text.utf8.count { $0 == 10 } == 1)
            let members = [
                #""failureReason":"exitCode","edition":null,"failureMessage":"It ended with exit code 3.","scheduledFor":"\#(due.rfc3339(offset: 0))""#,
                #""private":false,"jobVersion":{"number":1,"digest":"\#(digest.hex)"},"parameters":{"horizon":3,"rate":3.0}"#,
                #""inputs":[{"name":"sales","sha256":"\#(digest.hex)","bytes":12,"origin":"data/sales.csv"}]"#,
                #""metrics":[{"name":"error","value":null,"noValueReason":"NaN","step":1,"slice":"all"}]"#,
                #""outputs":[{"name":"notes.csv","path":"notes.csv","bytes":9,"rows":2,"sha256":"\#(digest.hex)","columns":["a","b\""],"declared":false}]"#,
                #""exitStatus":3,"signal":null,"reason":"exitCode","message":"It ended with exit code 3.","cpuMilliseconds":40,"peakMemoryBytes":4096}]"#,
            ]
            for member in members { #expect(text.contains(member), "\(member)\n\(text)") }
        }
    }

    @Test func `The command line prints what the API answers`() async throws {
        try await TestSite.with { test async throws in
            var program = Browser(site: test.site)
            program.token = try await test.token(of: "analyst", .run)
            let runs = try await test.store.runs(RunFilter(jobName: "forecast"), visibleTo: .operatorAtConsole)
            let list = try await program.get("/api/v1/runs?job=forecast").text
            #expect(RecordJSON.runs(runs) == list)
            let detail = try #require(try await test.store.runDetail(test.run))
            #expect(try await program.get("/api/v1/runs/\(test.run)").text == RecordJSON.detail(detail))
            #expect(list.contains(RecordJSON.run(runs[0]).dropLast()))
        }
    }

    @Test func `The due time keeps the offset of its schedule`() async throws {
        try await TestSite.with { test async throws in
            let run = try #require(try await test.store.run(test.run))
            let due = RunRecord(
                id: run.id, jobID: run.jobID, jobName: run.jobName, jobVersionID: run.jobVersionID, jobVersionNumber: run.jobVersionNumber,
                task: run.task, status: run.status, failureReason: nil, failureMessage: nil, trigger: .schedule,
                scheduledFor: Instant(seconds: 1_790_000_000), scheduledOffset: 7200, isPrivate: true, requestedBy: nil, queuedAt: run.queuedAt,
                startedAt: nil, endedAt: nil, cancelRequested: false, editionNumber: nil)
            let whole = try #require(try await test.store.runDetail(test.run))
            let detail = RunDetail(
                run: due, job: whole.job, version: whole.version, requestedByName: nil, attempts: [], events: [], parameters: [:], snapshots: [],
                metrics: [], outputs: [])
            #expect(RecordJSON.detail(detail).contains(#""scheduledFor":"2026-09-21T16:13:20+02:00","private":true,"#))
        }
    }
}
