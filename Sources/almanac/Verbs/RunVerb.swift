// run: queues a run, and with --wait follows it to its end.
import ArgumentParser
import Artifacts
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
                if request.range != nil { return try await awaitAll(reply, store) }
                guard let run = reply.values["run"].flatMap(RunID.init) else { return try report(reply, options) }
                try await finish(run, try await Following(store: store, artifacts: openArtifacts(folders), prints: !options.json).follow(run), store)
            case .here(let lock):
                defer { lock.release() }
                try await runHere(request, folders)
            }
        }
    }

    /// No server holds the data: registers the job, queues the run, and with --wait conducts it in this process.
    private func runHere(_ request: ControlCommand.RunRequest, _ folders: Folders) async throws {
        let house = try await House(folders, settings: Settings(workspace: folders.workspace, overrides: [:]), quiet: true)
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
            let conducting = Task { await house.runner.claimUntilCancelled() }
            defer { conducting.cancel() }
            try await awaitAll(reply, house.store)
            conducting.cancel()
            return await conducting.value
        }
        guard let run = reply.values["run"].flatMap(RunID.init) else { return try report(reply, options) }
        if !options.json { say(reply.message) }
        let conducting = Task { await house.runner.claimUntilCancelled() }
        let ended = try await Following(store: house.store, artifacts: house.artifacts, prints: !options.json).follow(run)
        conducting.cancel()
        await conducting.value
        try await finish(run, ended, house.store)
    }

    private func finish(_ id: RunID, _ run: RunRecord, _ store: Store) async throws {
        if options.json { printText(RecordJSON.run(run)) }
        switch run.status {
        case .succeeded:
            if !options.json { say("run \(id) succeeded" + (run.editionNumber.map { ", and is edition \($0) of \(run.jobName)" } ?? "")) }
        default:
            throw Refusal("run \(id) \(run.status.rawValue)" + (run.failureMessage.map { ": \($0)" } ?? run.failureReason.map { ": \($0.rawValue)" } ?? ""))
        }
    }

    /// Waits for every run of a range; one that did not succeed makes the verb fail.
    private func awaitAll(_ reply: ControlReply, _ store: Store) async throws {
        if !options.json { say(reply.message) }
        var fates: [RunRecord] = []
        for id in (reply.values["runs"] ?? "").split(separator: " ").compactMap({ RunID(String($0)) }) {
            while true {
                guard let run = try await store.run(id) else { throw Refusal("there is no run \(id)") }
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

/// Follows a run's log until the run has ended.
struct Following {
    let store: Store
    let artifacts: any ArtifactStore
    let prints: Bool

    /// Prints the log as it grows and returns the run when it is terminal.
    func follow(_ id: RunID) async throws -> RunRecord {
        var offset: Int64 = 0
        while true {
            guard let run = try await store.run(id) else { throw Refusal("there is no run \(id)") }
            if run.status.isTerminal {
                if prints { try await printRest(of: id, from: offset) }
                return run
            }
            let chunk = try await store.liveLog(run: id, from: offset, limit: 1 << 20)
            if prints, !chunk.bytes.isEmpty { printBytes(chunk.bytes) }
            // It falls back to the beginning when a retry writes a log of its own.
            offset = chunk.next
            try await Task.sleep(for: .milliseconds(chunk.bytes.isEmpty ? 30 : 1))
        }
    }

    /// Prints the recorded log of a run's last attempt from an offset.
    func printRest(of id: RunID, from offset: Int64) async throws {
        guard let attempt = try await store.runDetail(id)?.attempts.last, let digest = attempt.logDigest else { return }
        let size = try await artifacts.size(digest)
        guard offset < size else { return }
        let source = try await artifacts.open(digest, range: offset == 0 ? nil : offset..<size)
        while let chunk = try await source.next() { printBytes(chunk) }
    }
}
