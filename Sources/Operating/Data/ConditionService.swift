// Watches over the database: waits for room when the disk is full, and ends the server when the database is broken.
package import Logging
package import Recording
import ServiceLifecycle
import Vocabulary

/// Says when runs are not claimed any more and why, and stops everything when nothing that the record says can be relied on.
package struct ConditionService: Service {
    let store: Store
    let readings: EngineReadings
    let runs: Bell
    let logger: Logger
    private let changed = Bell()
    /// How often a full disk is looked at.
    private static let probe = Duration.seconds(3)
    /// How long requests are still answered, with 503, before the process ends.
    private static let farewell = Duration.seconds(2)

    /// `runs` is rung when runs may be claimed again.
    package init(store: Store, readings: EngineReadings, runs: Bell, logger: Logger) {
        self.store = store
        self.readings = readings
        self.runs = runs
        self.logger = logger
    }

    /// Watches until graceful shutdown; throws `broken` when the database is.
    package func run() async throws {
        store.whenConditionChanges { [changed] _ in Task { await changed.ring() } }
        try await cancelWhenGracefulShutdown { try await watch() }
    }

    private func watch() async throws {
        var isFull = false
        while !Task.isCancelled {
            let heard = await changed.count
            switch store.condition {
            case .well:
                if isFull {
                    logger.notice("there is room in the record again: runs are claimed")
                    readings.note { $0.runnerProblem = nil }
                    await runs.ring()
                }
                isFull = false
                await changed.wait(since: heard, atMost: .seconds(3600))
            case .full:
                if !isFull {
                    logger.error("the disk is full: no run is claimed, and pages are served as they are", metadata: ["reason": "diskFull"])
                    readings.note { $0.runnerProblem = "the disk is full; it goes on when there is room" }
                }
                isFull = true
                await changed.wait(since: heard, atMost: ConditionService.probe)
                do {
                    _ = try await store.hasRoomAgain()
                } catch {
                    logger.debug("the disk could not be tried", metadata: ["error": "\(error)"])
                }
            case .broken(let sentence):
                readings.note { $0.runnerProblem = "the database is broken, and this server ends: \(sentence)" }
                logger.critical(
                    "the database is broken: the server ends, and running jobs go on under their supervisors",
                    metadata: ["reason": "storageFailed", "error": "\(sentence)"])
                try? await Task.sleep(for: ConditionService.farewell)
                throw OperatingError(.broken, subject: "the record", detail: sentence)
            }
        }
    }
}
