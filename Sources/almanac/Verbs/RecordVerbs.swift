// runs, show, log: what the record says about runs.
import Access
import ArgumentParser
import Artifacts
import Recording
import Serving
import Vocabulary

struct RunsVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List runs, newest first.", discussion: "Example: almanac runs airline-passengers --json")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Only this job's.") var job: String?
    @Option(help: "How many at most.") var limit = 50

    func run() async throws {
        try await verb {
            let store = try await openRecord(Folders(options))
            if let job, try await store.job(named: job) == nil { throw Refusal("there is no registered job of that name") }
            let runs = try await store.runs(RunFilter(jobName: job, limit: max(1, min(limit, 10_000))), visibleTo: .operatorAtConsole)
            if options.json { return printText(RecordJSON.runs(runs)) }
            printTable(
                ["id", "job", "task", "status", "queued", "edition", "why"],
                runs.map {
                    [$0.id.text, $0.jobName, $0.task, $0.status.rawValue, $0.queuedAt.description, $0.editionNumber.map(String.init) ?? "", $0.failureReason?.rawValue ?? ""]
                },
                empty: "No runs yet. Run a job: almanac run JOB --wait")
        }
    }
}

struct ShowVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show everything about a run.", discussion: "Example: almanac show 01933b9e-… --json")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The run's id.") var run: String

    func run() async throws {
        try await verb {
            let store = try await openRecord(Folders(options))
            guard let detail = try await store.runDetail(runID(run)) else { throw Refusal("there is no run of that id") }
            if options.json { return printText(RecordJSON.detail(detail)) }
            let run = detail.run
            print("run       \(run.id)\njob       \(run.jobName), version \(run.jobVersionNumber), task \(run.task)")
            print("status    \(run.status.rawValue)\(run.failureReason.map { " (\($0.rawValue))" } ?? "")")
            if let message = run.failureMessage { print("because   \(message)") }
            print("queued    \(run.queuedAt)\nstarted   \(run.startedAt?.description ?? "-")\nended     \(run.endedAt?.description ?? "-")")
            if let edition = run.editionNumber { print("edition   \(edition)") }
            for (name, value) in detail.parameters.sorted(by: { $0.key < $1.key }) { print("parameter \(name) = \(value.text)") }
            for snapshot in detail.snapshots { print("input     \(snapshot.input)  \(snapshot.sha256)  \(snapshot.origin)") }
            for metric in detail.metrics.prefix(50) {
                let place = [metric.step.map { "step \($0)" }, metric.slice].compactMap { $0 }.joined(separator: ", ")
                print("metric    \(metric.name) = \(metric.value.map { "\($0)" } ?? metric.noValueReason ?? "")\(place.isEmpty ? "" : "  (\(place))")")
            }
            for output in detail.outputs { print("output    \(output.name)  \(output.path)  \(ByteCount(output.bytes))  \(output.sha256)") }
        }
    }
}

struct LogVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print a run's log.", discussion: "Example: almanac log 01933b9e-… --follow")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The run's id.") var run: String
    @Flag(help: "Go on until the run has ended.") var follow = false

    func run() async throws {
        try await verb {
            let folders = try Folders(options)
            let store = try await openRecord(folders)
            let id = try runID(run)
            guard let record = try await store.run(id) else { throw Refusal("there is no run of that id") }
            let following = Following(store: store, artifacts: try openArtifacts(folders), prints: true)
            if follow || record.status.isTerminal { _ = try await following.follow(id) } else {
                printBytes(try await store.liveLog(run: id, from: 0, limit: 16 << 20).bytes)
            }
        }
    }
}
