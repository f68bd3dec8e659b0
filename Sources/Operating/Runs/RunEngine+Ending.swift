// Ends an attempt: what it left is kept, its run ends, waits for the next attempt, or publishes, and the machine's own trouble is told apart.
import Logging
import Recording
import Running
import Vocabulary

extension RunEngine {
    /// Takes over what an ended attempt left, and records its end.
    func end(_ claimed: ClaimedRun, receipt: Receipt, report: ExitReport, snapshots: [Snapshot], _ log: Logger) async throws {
        let collected = try await collector.collect(assignment(claimed, snapshots), report: report)
        try await reached(.collected)
        let reason = report.reason ?? collected.failure?.reason
        // Somebody was told that the run is being stopped: the record sees to it that it ends so; this only spares the work.
        let isStopped = try await store.isCancelRequested(claimed.run.id)
        let status: AttemptStatus = report.wasCancelled || isStopped ? .cancelled : reason == nil ? .succeeded : .failed
        var log = log
        var edition: NewEdition?
        if status == .succeeded, claimed.run.task == TaskDefinition.publishing, !claimed.run.isPrivate {
            let start = ContinuousClock.now
            edition = try await editions.edition(of: claimed, metrics: collected.metrics, outputs: collected.outputs, snapshots: snapshots)
            log[metadataKey: "publish.ms"] = "\((ContinuousClock.now - start) / .milliseconds(1))"
            try await reached(.rendered)
        }
        let end = AttemptEnd(
            status: status, reason: status == .failed ? reason : nil, message: status == .failed ? report.sentence ?? collected.failure?.message : nil,
            exitStatus: report.status, signal: report.signal, startedAt: report.startedAt, endedAt: report.endedAt, resources: report.resources,
            logDigest: collected.logDigest, logBytes: collected.logBytes, metrics: collected.metrics, outputs: collected.outputs,
            retryAt: status == .failed ? retryAt(claimed, reason) : nil, edition: edition)
        try await finish(claimed, end, log)
        try await reached(.endRecorded)
        try await launcher.discard(receipt)
    }

    /// When the next attempt may begin, or nil when there is none: retries wait longer and longer, and come only where they can help. A lost attempt does not
    /// count, once.
    func retryAt(_ claimed: ClaimedRun, _ reason: FailureReason?) -> Instant? {
        let retries = claimed.version.definition.retries
        let failed = claimed.attemptNumber - claimed.lostAttempts
        guard let reason, reason.isWorthRetrying, failed <= retries.count else { return nil }
        return clock().adding(milliseconds: retries.pause(beforeRetry: failed).milliseconds)
    }

    /// Records the end of an attempt.
    func finish(_ claimed: ClaimedRun, _ end: AttemptEnd, _ log: Logger) async throws {
        let ended = try await store.end(attempt: claimed.attemptID, end, at: clock())
        let took = end.startedAt.map { end.endedAt - $0 }
        readings.note { if let took { $0.running.add(took) } }
        note(ended, end.reason)
        var metadata: Logger.Metadata = [:]
        if ended.status != .cancelled, let reason = end.reason { metadata["reason"] = "\(reason.rawValue)" }
        if ended.status == .queued {
            if let next = end.retryAt { metadata["next"] = "\(next)" }
            return log.notice("an attempt failed, and the run is tried again", metadata: metadata)
        }
        metadata["status"] = "\(ended.status.rawValue)"
        if let number = ended.edition { metadata["edition"] = "\(number)" }
        log.info("a run ended", metadata: metadata)
    }

    /// Records that it will never be known how an attempt ended.
    func lose(_ claimed: ClaimedRun, _ sentence: String, _ log: Logger) async throws {
        let ended = try await store.markLost(attempt: claimed.attemptID, message: sentence, retryAt: retryAt(claimed, .lost), at: clock())
        readings.note { $0.attemptsLost += 1 }
        note(ended, .lost)
        log.warning("an attempt is lost", metadata: ["because": "\(sentence)", "status": "\(ended.status.rawValue)"])
    }

    private func note(_ ended: EndedRun, _ reason: FailureReason?) {
        readings.note { values in
            guard ended.status.isTerminal else { return values.retries += 1 }
            values.runsEnded[ended.status, default: 0] += 1
            if ended.status == .failed, let reason { values.failures[reason, default: 0] += 1 }
        }
    }

    /// Runs a step; what the machine could not do ends the attempt as failed, so that no run hangs for ever. A database without room is waited for, and one
    /// that is broken is left alone: the attempt goes on without this process, and the next one finds it.
    func guarding(_ claimed: ClaimedRun, _ log: Logger, _ body: () async throws -> Void) async {
        do {
            do {
                try await body()
            } catch let error where RunEngine.isOfThisAttempt(error) && !Task.isCancelled {
                log.error("an attempt could not be conducted", metadata: ["error": "\(error)"])
                let end = AttemptEnd(
                    status: .failed, reason: .storageFailed, message: "The machine could not keep what the run produced.", endedAt: clock(),
                    retryAt: retryAt(claimed, .storageFailed))
                try await finish(claimed, end, log)
                await clearUp(claimed, log)
            }
        } catch is CancellationError {
            // The server stops: the attempt goes on without it.
        } catch let error as RecordingError where error.code == .stale {
            log.notice("the attempt was already ended elsewhere")
        } catch let error as RecordingError where error.code == .diskFull {
            await goOnWithRoom(claimed, log)
        } catch {
            log.error("an attempt is left to the next server", metadata: ["error": "\(error)"])
        }
    }

    /// Whether an error ends the attempt that met it: not the end of this process, and not the record's own trouble.
    private static func isOfThisAttempt(_ error: any Error) -> Bool {
        if error is CancellationError { return false }
        guard let error = error as? RecordingError else { return true }
        return error.code != .stale && error.code != .diskFull && error.code != .broken
    }

    /// Waits until the database has room, and goes on with the attempt as after a restart.
    private func goOnWithRoom(_ claimed: ClaimedRun, _ log: Logger) async {
        log.warning("an attempt waits for room in the record")
        do {
            repeat { try await Task.sleep(for: .seconds(1)) } while try await !store.hasRoomAgain()
            if let unfinished = try await store.unfinishedAttempt(claimed.attemptID) { await resume(unfinished) }
        } catch {
            log.notice("an attempt is left to the next server", metadata: ["error": "\(error)"])
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
}
