// Watches a launched attempt: its log, its end, and whether somebody wants it to end.
import Logging
import Recording
import Running
import Vocabulary

extension RunEngine {
    /// Waits for the end, copying the log into the record for readers, and stopping the process when somebody asked.
    func watch(_ claimed: ClaimedRun, receipt: Receipt, snapshots: [Snapshot], _ log: Logger) async throws {
        let start = ContinuousClock.now
        while true {
            switch try await launcher.status(receipt) {
            case .ended(let report):
                try await reached(.processEnded)
                return try await end(claimed, receipt: receipt, report: report, snapshots: snapshots, log)
            case .lost(let sentence):
                try await lose(claimed, sentence, log)
                return try await launcher.discard(receipt)
            case .running:
                // Long enough to cost next to nothing, short enough for a reader who watches the log.
                await launcher.waitForEnd(receipt, atMost: .milliseconds(250))
                try Task.checkCancellation()
                guard ContinuousClock.now - start > .milliseconds(200) else { continue }
                try await copyLog(claimed.attemptID, receipt)
                let wasAsked = try await store.isCancelRequested(claimed.run.id)
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
}
