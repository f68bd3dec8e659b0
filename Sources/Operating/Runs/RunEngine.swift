// Conducts one attempt from its claim to its end: inputs, environment, launch, watch, collect, publish.
package import Logging
package import Recording
package import Running
import Vocabulary

/// Everything that conducting an attempt needs.
package struct RunEngine: Sendable {
    let store: Store
    let inputs: InputReader
    let workbench: Workbench
    let launcher: any Launcher
    let collector: Collector
    let editions: EditionMaker
    let runsFolder: String
    let readings: EngineReadings
    let clock: Clock
    let logger: Logger
    /// Called after each step that outlives the process; tests end an engine there, as a crash would.
    var reached: @Sendable (Step) async throws -> Void = { _ in }

    /// The steps of an attempt between which a server may end.
    enum Step: String, Sendable, CaseIterable {
        case claimed, inputsTaken, prepared, launched, launchRecorded, processEnded, collected, rendered, endRecorded
    }

    /// - Parameter runsFolder: where the attempts' folders are, for clearing up at the start.
    package init(
        store: Store, inputs: InputReader, workbench: Workbench, launcher: any Launcher, collector: Collector, editions: EditionMaker,
        runsFolder: String, readings: EngineReadings = EngineReadings(), clock: Clock, logger: Logger
    ) {
        self.store = store
        self.inputs = inputs
        self.workbench = workbench
        self.launcher = launcher
        self.collector = collector
        self.editions = editions
        self.runsFolder = runsFolder
        self.readings = readings
        self.clock = clock
        self.logger = logger
    }

    /// Conducts a claimed run. When the task is cancelled because the server stops, the attempt lives on and the next server finds it.
    package func conduct(_ claimed: ClaimedRun) async {
        let log = logger(of: claimed)
        log.info("a run is claimed", metadata: ["trigger": "\(claimed.run.trigger.rawValue)"])
        if claimed.attemptNumber == 1 {
            let waited = clock() - claimed.run.queuedAt
            readings.note { $0.waiting.add(waited) }
        }
        await guarding(claimed, log) {
            try await reached(.claimed)
            let launched: Launched
            do {
                guard let preparation = try await prepare(claimed) else {
                    try await finish(claimed, AttemptEnd(status: .cancelled, endedAt: clock()), log)
                    return try workbench.discard(claimed.attemptID)
                }
                try await reached(.prepared)
                // Not broken off when the server stops: half a launch is worse than a moment's wait.
                launched = try await Task { try await launch(claimed, preparation) }.value
            } catch let error as RunningError {
                // What the end of this server broke off says nothing about the run.
                try Task.checkCancellation()
                let end = AttemptEnd(
                    status: .failed, reason: error.reason, message: error.description, endedAt: clock(), retryAt: retryAt(claimed, error.reason))
                try await finish(claimed, end, log)
                return try workbench.discard(claimed.attemptID)
            }
            log.info("an attempt is launched")
            try await watch(claimed, receipt: launched.receipt, snapshots: launched.snapshots, log)
        }
    }

    /// Goes on with an attempt that an earlier process left behind.
    package func resume(_ unfinished: UnfinishedAttempt) async {
        let claimed = unfinished.claimed
        let log = logger(of: claimed)
        await guarding(claimed, log) {
            if let receipt = unfinished.receipt {
                log.info("an attempt of an earlier server is found again")
                return try await watch(claimed, receipt: receipt, snapshots: unfinished.snapshots, log)
            }
            guard let receipt = try await launcher.receipt(ofAttempt: claimed.attemptID) else {
                try await lose(claimed, "the server stopped before the process was started", log)
                return try workbench.discard(claimed.attemptID)
            }
            // Launched, but the server ended before it could say so: the inputs are those that the process was given.
            log.info("an attempt that an earlier server had just launched is found again")
            let snapshots = try await inputs.snapshots(
                job: claimed.run.jobName, definition: claimed.version.definition, manifest: claimed.version.manifest,
                laidOut: AttemptFolder(runs: runsFolder, attempt: claimed.attemptID))
            try await store.recordLaunch(attempt: claimed.attemptID, receipt: receipt, snapshots: snapshots, environment: heldBy(claimed), at: clock())
            try await watch(claimed, receipt: receipt, snapshots: snapshots, log)
        }
    }

    private struct Preparation: Sendable {
        let snapshots: [Snapshot]
        let prepared: Workbench.Prepared
    }

    /// What the record says about how the limits are held.
    private func heldBy(_ claimed: ClaimedRun) -> [String: String] {
        launcher.enforcement(of: claimed.version.definition.limits).map { ["limits": $0] } ?? [:]
    }

    private struct Launched: Sendable {
        let receipt: Receipt
        let snapshots: [Snapshot]
    }

    /// Takes the inputs and makes the environment and the folder; nil as soon as somebody asks for the run's end.
    private func prepare(_ claimed: ClaimedRun) async throws -> Preparation? {
        let preparation = try await withThrowingTaskGroup(of: Preparation?.self) { group in
            group.addTask {
                let snapshots = try await inputs.snapshots(
                    job: claimed.run.jobName, definition: claimed.version.definition, manifest: claimed.version.manifest)
                try await reached(.inputsTaken)
                return Preparation(snapshots: snapshots, prepared: try await workbench.prepare(assignment(claimed, snapshots)))
            }
            group.addTask {
                repeat { try await Task.sleep(for: .milliseconds(250)) } while try await !store.isCancelRequested(claimed.run.id)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        return try await store.isCancelRequested(claimed.run.id) ? nil : preparation
    }

    private func launch(_ claimed: ClaimedRun, _ preparation: Preparation) async throws -> Launched {
        let receipt = try await launcher.launch(preparation.prepared.order)
        try await reached(.launched)
        try await store.recordLaunch(
            attempt: claimed.attemptID, receipt: receipt, snapshots: preparation.snapshots,
            environment: preparation.prepared.versions.merging(heldBy(claimed)) { $1 }, at: clock())
        try await reached(.launchRecorded)
        return Launched(receipt: receipt, snapshots: preparation.snapshots)
    }

    func assignment(_ claimed: ClaimedRun, _ snapshots: [Snapshot]) throws -> Assignment {
        let definition = claimed.version.definition
        guard let task = definition.task(claimed.run.task) else {
            throw RunningError(.launchFailed, subject: claimed.run.task, detail: "this version of the job has no such task")
        }
        return Assignment(
            attempt: claimed.attemptID, run: claimed.run.id, number: claimed.attemptNumber, job: claimed.run.jobName, task: task,
            definition: definition, manifest: claimed.version.manifest, parameters: claimed.parameters, inputs: snapshots,
            scheduledFor: claimed.run.scheduledFor, scheduledOffset: claimed.run.scheduledOffset,
            timeZone: definition.schedules.first?.timezone ?? "UTC")
    }

    func logger(of claimed: ClaimedRun) -> Logger {
        var log = logger
        log[metadataKey: "run.id"] = "\(claimed.run.id)"
        log[metadataKey: "job.name"] = "\(claimed.run.jobName)"
        log[metadataKey: "attempt"] = "\(claimed.attemptNumber)"
        return log
    }
}
