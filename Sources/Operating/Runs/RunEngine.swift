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
    let clock: Clock
    let logger: Logger

    /// - Parameter runsFolder: where the attempts' folders are, for clearing up at the start.
    package init(
        store: Store, inputs: InputReader, workbench: Workbench, launcher: any Launcher, collector: Collector, editions: EditionMaker,
        runsFolder: String, clock: Clock, logger: Logger
    ) {
        self.store = store
        self.inputs = inputs
        self.workbench = workbench
        self.launcher = launcher
        self.collector = collector
        self.editions = editions
        self.runsFolder = runsFolder
        self.clock = clock
        self.logger = logger
    }

    /// Conducts a claimed run. When the task is cancelled because the server stops, the attempt lives on and the next server finds it.
    package func conduct(_ claimed: ClaimedRun) async {
        let log = logger(of: claimed)
        await guarding(claimed, log) {
            let snapshots: [Snapshot]
            let receipt: Receipt
            do {
                snapshots = try await takeInputs(claimed)
                let prepared = try await workbench.prepare(assignment(claimed, snapshots))
                receipt = try await launcher.launch(prepared.order)
                try await store.recordLaunch(
                    attempt: claimed.attemptID, receipt: receipt, snapshots: snapshots, environment: prepared.versions, at: clock())
            } catch let error as RunningError {
                try await finish(claimed, AttemptEnd(status: .failed, reason: error.reason, message: error.description, endedAt: clock()), log)
                return try workbench.discard(claimed.attemptID)
            }
            try await watch(claimed, receipt: receipt, snapshots: snapshots, log)
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
                try await store.markLost(attempt: claimed.attemptID, message: "the server stopped before the process was started", at: clock())
                try workbench.discard(claimed.attemptID)
                return log.warning("an attempt was never launched; its run returns to the queue")
            }
            // Launched, but the server ended before it could say so: the inputs are those that the process was given.
            log.info("an attempt that an earlier server had just launched is found again")
            let snapshots = try await inputs.snapshots(
                job: claimed.run.jobName, definition: claimed.version.definition, manifest: claimed.version.manifest,
                laidOut: AttemptFolder(runs: runsFolder, attempt: claimed.attemptID))
            try await store.recordLaunch(attempt: claimed.attemptID, receipt: receipt, snapshots: snapshots, environment: [:], at: clock())
            try await watch(claimed, receipt: receipt, snapshots: snapshots, log)
        }
    }

    private func takeInputs(_ claimed: ClaimedRun) async throws -> [Snapshot] {
        try await inputs.snapshots(job: claimed.run.jobName, definition: claimed.version.definition, manifest: claimed.version.manifest)
    }

    private func assignment(_ claimed: ClaimedRun, _ snapshots: [Snapshot]) throws -> Assignment {
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

    /// Waits for the end, copying the log into the record for readers, and stopping the process when somebody asked.
    private func watch(_ claimed: ClaimedRun, receipt: Receipt, snapshots: [Snapshot], _ log: Logger) async throws {
        let start = ContinuousClock.now
        while true {
            switch try await launcher.status(receipt) {
            case .ended(let report):
                return try await end(claimed, receipt: receipt, report: report, snapshots: snapshots, log)
            case .lost(let sentence):
                try await store.markLost(attempt: claimed.attemptID, message: sentence, at: clock())
                try await launcher.discard(receipt)
                return log.warning("an attempt is lost", metadata: ["reason": "\(sentence)"])
            case .running:
                // Long enough to cost next to nothing, short enough for a reader who watches the log.
                await launcher.waitForEnd(receipt, atMost: .milliseconds(250))
                try Task.checkCancellation()
                guard ContinuousClock.now - start > .milliseconds(200) else { continue }
                try await copyLog(claimed.attemptID, receipt)
                let wasAsked = try await store.run(claimed.run.id)?.cancelRequested == true
                if wasAsked || isOverdue(claimed, since: start) { try await launcher.cancel(receipt) }
            }
        }
    }

    /// Whether an attempt is long past its time limit, so that its supervisor cannot be at work: a job may have stopped it.
    private func isOverdue(_ claimed: ClaimedRun, since start: ContinuousClock.Instant) -> Bool {
        guard let limit = claimed.version.definition.limits.time else { return false }
        return ContinuousClock.now - start > .milliseconds(limit.milliseconds) + RunEngine.supervisorTime
    }

    /// What a supervisor gets beyond the time limit to end a tree: its grace, and as much again.
    private static let supervisorTime = Duration.seconds(15)

    /// Copies what is new in the log into the record, at most 256 KiB a time; one that grows faster is read whole when the run has ended.
    private func copyLog(_ attempt: AttemptID, _ receipt: Receipt) async throws {
        let offset = try await store.liveLogEnd(attempt: attempt)
        let bytes = try await launcher.log(receipt, from: offset, limit: 256 << 10)
        if !bytes.isEmpty { try await store.appendLog(attempt: attempt, offset: offset, bytes: bytes, at: clock()) }
    }

    private func end(_ claimed: ClaimedRun, receipt: Receipt, report: ExitReport, snapshots: [Snapshot], _ log: Logger) async throws {
        let collected = try await collector.collect(assignment(claimed, snapshots), report: report)
        let reason = report.reason ?? collected.failure?.reason
        // Somebody was told that the run is being stopped: then nothing of it is published, even when its process was faster.
        let wasStopped = try await store.run(claimed.run.id)?.cancelRequested == true
        let wasCancelled = report.wasCancelled || wasStopped
        let status: AttemptStatus = wasCancelled ? .cancelled : reason == nil ? .succeeded : .failed
        var log = log
        var edition: NewEdition?
        if status == .succeeded, claimed.run.task == "score", !claimed.run.isPrivate {
            let start = ContinuousClock.now
            edition = try await editions.edition(of: claimed, metrics: collected.metrics, outputs: collected.outputs, snapshots: snapshots)
            log[metadataKey: "publish.ms"] = "\((ContinuousClock.now - start) / .milliseconds(1))"
        }
        let retries = claimed.version.definition.retries
        let mayRetry = status == .failed && reason?.isWorthRetrying == true && claimed.attemptNumber - claimed.lostAttempts <= retries.count
        let end = AttemptEnd(
            status: status, reason: status == .failed ? reason : nil, message: status == .failed ? report.sentence ?? collected.failure?.message : nil,
            exitStatus: report.status, signal: report.signal, startedAt: report.startedAt, endedAt: report.endedAt, resources: report.resources,
            logDigest: collected.logDigest, logBytes: collected.logBytes, metrics: collected.metrics, outputs: collected.outputs,
            retryAt: mayRetry ? clock().adding(milliseconds: retries.delay.milliseconds) : nil, edition: edition)
        try await finish(claimed, end, log)
        try await launcher.discard(receipt)
    }

    private func finish(_ claimed: ClaimedRun, _ end: AttemptEnd, _ log: Logger) async throws {
        let number = try await store.finish(attempt: claimed.attemptID, end: end, at: clock())
        var metadata: Logger.Metadata = ["status": "\(end.status.rawValue)"]
        if let reason = end.reason { metadata["reason"] = "\(reason.rawValue)" }
        if let number { metadata["edition"] = "\(number)" }
        log.info("a run ended", metadata: metadata)
    }

    /// Runs a step; what the machine could not do ends the attempt as failed, so that no run hangs for ever.
    private func guarding(_ claimed: ClaimedRun, _ log: Logger, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
            // The server stops: the attempt goes on without it.
        } catch let error as RecordingError where error.code == .stale {
            log.notice("the attempt was already ended elsewhere")
        } catch {
            log.error("an attempt could not be conducted", metadata: ["error": "\(error)"])
            let end = AttemptEnd(status: .failed, reason: .storageFailed, message: "the machine could not keep what the run produced", endedAt: clock())
            do { try await finish(claimed, end, log) } catch { return log.error("its end could not be recorded", metadata: ["error": "\(error)"]) }
            await clearUp(claimed, log)
        }
    }

    /// Stops what may still run of an attempt that nobody watches any more, and removes its folder; what stays is removed at the next start.
    private func clearUp(_ claimed: ClaimedRun, _ log: Logger) async {
        do {
            guard let receipt = try await launcher.receipt(ofAttempt: claimed.attemptID) else { return try workbench.discard(claimed.attemptID) }
            try await launcher.cancel(receipt)
            await launcher.waitForEnd(receipt, atMost: .seconds(15))
            try await launcher.discard(receipt)
        } catch {
            log.warning("an attempt's folder could not be removed", metadata: ["error": "\(error)"])
        }
    }

    private func logger(of claimed: ClaimedRun) -> Logger {
        var log = logger
        log[metadataKey: "run.id"] = "\(claimed.run.id)"
        log[metadataKey: "job.name"] = "\(claimed.run.jobName)"
        log[metadataKey: "attempt"] = "\(claimed.attemptNumber)"
        return log
    }
}
