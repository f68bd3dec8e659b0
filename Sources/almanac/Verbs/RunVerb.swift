// run: queues a run, and with --wait follows it to its end.
import ArgumentParser
import Operating
import Recording
import Serving
import Vocabulary

struct RunVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Queue a run of a job; with --wait, follow its log to the end.",
        discussion: """
            Example: almanac run airline-passengers --parameter horizon=24 --wait

            With --from and --to, one run per due time of the job's schedule between them: almanac run airline-passengers --from 2026-01-01 --to 2026-07-01
            """)
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The job.") var job: String
    @Option(help: "The task (default: score).") var task: String?
    @Option(name: .customLong("parameter"), help: ArgumentHelp("A parameter's value; may be repeated.", valueName: "name=value"))
    var parameters: [String] = []
    @Option(name: .customLong("for"), help: ArgumentHelp("The due time that the run is for.", valueName: "instant")) var scheduledFor: String?
    @Option(help: ArgumentHelp("One run per due time from this time on (with --to).", valueName: "instant")) var from: String?
    @Option(help: ArgumentHelp("The first time that is not part of it.", valueName: "instant")) var to: String?
    @Option(help: "The schedule whose due times are meant, when the job has several.") var schedule: String?
    @Flag(help: "Wait for the end; run it here when no server holds the data.") var wait = false

    func run() async throws {
        try await verb {
            let folders = try Folders(options)
            let request = ControlCommand.RunRequest(
                job: job, task: task, parameters: try typedParameters(), scheduledFor: scheduledFor, range: try typedRange())
            try folders.data.make()
            switch try await way(of: .run(request), folders) {
            case .answered(let reply):
                guard wait, reply.exitStatus == 0 else { return try report(reply, options) }
                let store = try await openRecord(folders)
                if request.range != nil { return try await awaitAll(reply, store, besides: folders) }
                guard let run = reply.values["run"].flatMap(RunID.init) else { return try report(reply, options) }
                let following = Following(store: store, artifacts: try openArtifacts(folders), prints: !options.json)
                switch try await following.follow(run, besides: ServerWatch(folders: folders, run: run)) {
                case .ended(let record): try await finish(run, record)
                case .leftAlone(let lock, let offset):
                    try store.close()
                    defer { lock.release() }
                    say("the server is gone; going on with run \(run) here")
                    try await conductHere(run, try await openHouse(folders), from: offset)
                }
            case .here(let lock):
                defer { lock.release() }
                try await runHere(request, folders)
            }
        }
    }

    /// No server holds the data: registers the job, queues the run, and with --wait conducts it in this process.
    private func runHere(_ request: ControlCommand.RunRequest, _ folders: Folders) async throws {
        let house = try await openHouse(folders)
        if isFolder(folders.workspace + "/Jobs/" + job) {
            switch await house.registrar.register([job], at: Clock.system())[job] {
            case .broken(let diagnostics):
                for diagnostic in diagnostics { say(diagnostic.description) }
                throw Refusal("\(job) has errors, so it was not run")
            case .failed(let reason): throw Refusal("\(job) could not be registered: \(reason)", status: 70)
            default: break
            }
        }
        let reply = await house.desk.perform(.run(request))
        guard wait, reply.exitStatus == 0 else { return try report(reply, options) }
        if request.range != nil {
            let runs = rangeRuns(reply)
            let conducting = Task { for run in runs where !Task.isCancelled { await house.runner.conductOnly(run) } }
            defer { conducting.cancel() }
            return try await awaitAll(reply, house.store)
        }
        guard let run = reply.values["run"].flatMap(RunID.init) else { return try report(reply, options) }
        if !options.json { say(reply.message) }
        try await conductHere(run, house, from: 0)
    }

    private func openHouse(_ folders: Folders) async throws -> House {
        try await House(folders, settings: folders.settings, quiet: true)
    }

    /// Conducts the run, and only it, in this process, which holds the data folder.
    private func conductHere(_ run: RunID, _ house: House, from offset: Int64) async throws {
        let conducting = Task { await house.runner.conductOnly(run) }
        let ended = try await Following(store: house.store, artifacts: house.artifacts, prints: !options.json).follow(run, from: offset)
        await conducting.value
        try await finish(run, ended)
    }

    private func finish(_ id: RunID, _ run: RunRecord) async throws {
        if options.json { printText(RecordJSON.run(run)) }
        switch run.status {
        case .succeeded:
            if !options.json { say("run \(id) succeeded" + (run.editionNumber.map { ", and is edition \($0) of \(run.jobName)" } ?? "")) }
        default:
            throw Refusal("run \(id) \(run.status.rawValue)" + (run.failureMessage.map { ": \($0)" } ?? run.failureReason.map { ": \($0.rawValue)" } ?? ""))
        }
    }

    /// Waits for every run of a range; one that did not succeed makes the verb fail, and a server that is gone and does not come back ends the waiting.
    private func awaitAll(_ reply: ControlReply, _ store: Store, besides folders: Folders? = nil) async throws {
        if !options.json { say(reply.message) }
        var fates: [RunRecord] = []
        for id in rangeRuns(reply) {
            var watch = folders.map { ServerWatch(folders: $0, run: id) }
            while true {
                guard let run = try await store.run(id) else { throw Refusal("there is no run \(id)") }
                if let lock = try watch?.look() {
                    lock.release()
                    throw Refusal("the server is gone; the runs that have not ended stay in the record and go on with the next server", status: 70)
                }
                if run.status.isTerminal {
                    if !options.json { say("\(run.scheduledFor.rfc3339(offset: run.scheduledOffset)) \(run.status.rawValue), run \(id)") }
                    fates.append(run)
                    break
                }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        let good = fates.count { $0.status == .succeeded }
        if options.json { printJSON(["runs": fates.map { RangeLine($0) }]) } else { print("\(good) of \(fates.count) runs succeeded") }
        if good < fates.count { throw Refusal("\(fates.count - good) of \(fates.count) runs did not succeed") }
    }

    private func rangeRuns(_ reply: ControlReply) -> [RunID] { (reply.values["runs"] ?? "").split(separator: " ").compactMap { RunID(String($0)) } }

    private struct RangeLine: Encodable {
        let id, scheduledFor, status: String

        init(_ run: RunRecord) {
            id = run.id.text
            scheduledFor = run.scheduledFor.rfc3339(offset: run.scheduledOffset)
            status = run.status.rawValue
        }
    }

    private func typedRange() throws -> ControlCommand.DueRange? {
        if from == nil, to == nil {
            if schedule != nil { throw Refusal("--schedule goes with --from and --to", status: 64) }
            return nil
        }
        guard let from, let to else { throw Refusal("--from and --to go together: --to is the first time that is not part of the range", status: 64) }
        if scheduledFor != nil { throw Refusal("--for asks for one run, --from and --to for one per due time; use one or the other", status: 64) }
        return ControlCommand.DueRange(from: from, to: to, schedule: schedule)
    }

    private func typedParameters() throws -> [String: String] {
        var typed: [String: String] = [:]
        for parameter in parameters {
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw Refusal("--parameter takes name=value", status: 64) }
            typed[String(parts[0])] = String(parts[1])
        }
        return typed
    }
}
