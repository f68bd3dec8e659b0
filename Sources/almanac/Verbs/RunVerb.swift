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
        discussion: "Example: almanac run airline-passengers --parameter horizon=24 --wait")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The job.") var job: String
    @Option(help: "The task (default: score).") var task: String?
    @Option(name: .customLong("parameter"), help: ArgumentHelp("A parameter's value; may be repeated.", valueName: "name=value"))
    var parameters: [String] = []
    @Option(name: .customLong("for"), help: ArgumentHelp("The due time that the run is for.", valueName: "instant")) var scheduledFor: String?
    @Flag(help: "Wait for the end; run it here when no server holds the data.") var wait = false

    func run() async throws {
        try await verb {
            let folders = try Folders(options)
            let request = ControlCommand.RunRequest(job: job, task: task, parameters: try typedParameters(), scheduledFor: scheduledFor)
            try folders.data.make()
            switch try await way(of: .run(request), folders) {
            case .answered(let reply):
                guard wait, reply.exitStatus == 0, let run = reply.values["run"].flatMap(RunID.init) else { return try report(reply, options) }
                let store = try await openRecord(folders)
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
        guard wait, reply.exitStatus == 0, let run = reply.values["run"].flatMap(RunID.init) else { return try report(reply, options) }
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
