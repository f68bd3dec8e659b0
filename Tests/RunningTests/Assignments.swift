// Assignments for tests: a job with these files, tasks and outputs.
import Artifacts
import Vocabulary

@testable import Running

extension Scene {
    /// Stores the files and makes the assignment of a first attempt.
    func assignment(
        files: [(path: String, text: String, executable: Bool)] = [], run file: String = "job.sh", language: TaskLanguage = .command,
        outputs: [OutputDefinition] = [], inputs: [(name: String, fileName: String, text: String)] = [], parameters: [String: ParameterValue] = [:],
        environment: EnvironmentDefinition? = nil, limits: Limits = Limits(), versions: [TaskLanguage: String] = [:], isolation: Isolation = .auto,
        network: Network = .outbound
    ) async throws -> Assignment {
        var manifest: [Manifest.File] = []
        for file in files {
            let stored = try await artifacts.put(Array(file.text.utf8))
            manifest.append(Manifest.File(path: file.path, sha256: stored.sha256, bytes: stored.bytes, executable: file.executable))
        }
        var snapshots: [Snapshot] = []
        for input in inputs {
            let stored = try await artifacts.put(Array(input.text.utf8))
            snapshots.append(
                Snapshot(input: input.name, fileName: input.fileName, sha256: stored.sha256, bytes: stored.bytes, origin: "data/" + input.fileName))
        }
        let task = TaskDefinition(name: "score", file: file, language: language)
        let now = Instant(seconds: 1_800_000_000)
        return Assignment(
            attempt: AttemptID(at: now), run: RunID(at: now), number: 1, job: "example", task: task,
            definition: JobDefinition(
                title: "Example", tasks: [task], environment: environment, interpreterVersions: versions, outputs: outputs, limits: limits,
                isolation: isolation, network: network),
            manifest: Manifest(files: manifest), parameters: parameters, inputs: snapshots,
            scheduledFor: Instant(rfc3339: "2026-03-08T07:00:00Z") ?? now, scheduledOffset: -14_400, timeZone: "America/New_York")
    }

    var workbench: Workbench {
        Workbench(
            artifacts: artifacts, runs: runs, environments: Environments(folder: path + "/environments"), searchPath: Interpreters.machinePath)
    }

    /// Prepares, launches, waits and collects: what the engine does with a claimed run.
    func perform(_ assignment: Assignment, on workbench: Workbench? = nil) async throws -> (report: ExitReport, collected: Collected, log: String) {
        let prepared = try await (workbench ?? self.workbench).prepare(assignment)
        let report = try await report(try await launcher.launch(prepared.order))
        let collected = try await Collector(artifacts: artifacts, runs: runs).collect(assignment, report: report)
        let log = try await collected.logDigest.asyncMap { String(decoding: try await self.artifacts.read($0, limit: 64 << 20), as: UTF8.self) }
        return (report, collected, log ?? "")
    }
}

extension Optional {
    fileprivate func asyncMap<Other>(_ transform: (Wrapped) async throws -> Other) async throws -> Other? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

func output(_ name: String, _ path: String, csv: CSVFormat? = nil) -> OutputDefinition { OutputDefinition(name: name, path: path, csv: csv) }
