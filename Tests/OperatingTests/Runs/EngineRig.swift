// A record, a scripted launcher, and as many engines over both as a test needs: one after the other, as servers are.
import Artifacts
import Foundation
import Logging
import Recording
import Rendering
import Running
import Synchronization
import Testing
import TestSupport
import Vocabulary

@testable import Operating

/// What outlives a server.
final class EngineRig: Sendable {
    let folder: TemporaryFolder
    let store: Store
    let artifacts: LocalArtifactStore
    let launcher: ScriptedLauncher
    let readings = EngineReadings()
    let job: JobID
    private let time = Mutex(Instant.sample())
    private var runsFolder: String { folder.path + "/runs" }
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(retries: Retries = Retries()) async throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/runs", withIntermediateDirectories: true)
        store = try await Store.open(at: .dataFolder(folder.path), mode: .unsynced)
        artifacts = try LocalArtifactStore(folder: folder.path + "/artifacts")
        launcher = ScriptedLauncher(runs: folder.path + "/runs")
        let script = try await artifacts.put(Array("#!/bin/sh\n".utf8))
        let manifest = Manifest(files: [.init(path: "go.sh", sha256: script.sha256, bytes: script.bytes, executable: true)])
        let definition = JobDefinition(title: "Job", tasks: [TaskDefinition(name: "score", file: "go.sh", language: .command)], retries: retries)
        job = try await store.register(job: "job", definition: definition, manifest: manifest, manifestDigest: .sample("manifest"), at: .sample()).version.jobID
    }

    deinit { try? store.close() }

    var now: Instant {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    func engine(_ reached: @escaping @Sendable (RunEngine.Step) async throws -> Void = { _ in }) -> RunEngine {
        let clock = Clock { self.now }
        let editions = EditionMaker(store: store, artifacts: artifacts, zones: Zones(), siteZone: nil, clock: clock, logger: EngineRig.logger)
        var engine = RunEngine(
            store: store, inputs: InputReader(artifacts: artifacts, workspace: folder.path),
            workbench: Workbench(artifacts: artifacts, runs: runsFolder, environments: Environments(folder: folder.path + "/environments")),
            launcher: launcher, collector: Collector(artifacts: artifacts, runs: runsFolder), editions: editions, runsFolder: runsFolder,
            readings: readings, clock: clock, logger: EngineRig.logger)
        engine.reached = reached
        return engine
    }

    func queue() async throws -> RunID {
        try await store.queue(NewRun(jobID: job, task: "score", trigger: .manual, scheduledFor: now, parameters: [:]), at: now)
    }

    func claim() async throws -> ClaimedRun { try #require(try await store.claimRuns(limit: 1, at: now).first) }

    /// A whole new server, until the run has ended (or a minute has passed: other suites run beside this one); returns everything about it.
    func serve(until run: RunID) async throws -> RunDetail {
        let service = RunningService(engine: engine(), concurrency: 2, bell: Bell(), logger: EngineRig.logger)
        let serving = Task { await service.claimUntilCancelled() }
        _ = try await Program.eventually(within: 60) { try await store.run(run)?.status.isTerminal == true && folders().isEmpty }
        serving.cancel()
        await serving.value
        return try #require(try await store.runDetail(run))
    }

    /// Folders of attempts that are still there.
    func folders() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: runsFolder)) ?? [] }

    /// What must hold whatever happened: one end, at most one edition, nothing left, a sound record.
    func expectWhole(_ detail: RunDetail, _ note: String) async throws {
        let ends = detail.events.filter { ["succeeded", "failed", "cancelled"].contains($0.kind) }
        #expect(ends.count == 1 && ends.first?.kind == detail.run.status.rawValue, "\(note): \(detail.events.map(\.kind))")
        #expect(detail.attempts.filter { !$0.status.isTerminal }.isEmpty, "\(note)")
        #expect(try await store.editions(job: job).count == (detail.run.status == .succeeded ? 1 : 0), "\(note)")
        #expect(try await store.queueDepth() == (queued: 0, active: 0), "\(note)")
        #expect(folders().isEmpty, "\(note)")
        #expect(try await store.integrity() == [], "\(note)")
    }
}
