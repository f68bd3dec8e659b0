// Claims queued runs and conducts them, as many at once as this node may.
package import Logging
import Recording
import ServiceLifecycle
import Vocabulary

/// The runner: recovers what an earlier server left, then claims for as long as the server runs.
package struct RunningService: Service {
    let engine: RunEngine
    let concurrency: Int
    let bell: Bell
    let logger: Logger

    /// `bell` rings when a run was queued; without a ring the queue is looked at four times a second.
    package init(engine: RunEngine, concurrency: Int, bell: Bell, logger: Logger) {
        self.engine = engine
        self.concurrency = concurrency
        self.bell = bell
        self.logger = logger
    }

    /// Claims until graceful shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown { await claimUntilCancelled() }
    }

    /// Claims and conducts until the task is cancelled; attempts in flight are left to their supervisors.
    package func claimUntilCancelled() async {
        let slots = Slots(bell: bell)
        await withDiscardingTaskGroup { group in
            await recover(&group, slots)
            while !Task.isCancelled {
                let heard = await bell.count
                let free = concurrency - (await slots.taken)
                var claimed: [ClaimedRun] = []
                do {
                    if free > 0 { claimed = try await engine.store.claimRuns(limit: free, at: engine.clock()) }
                } catch {
                    logger.error("no run could be claimed", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(2))
                }
                for run in claimed {
                    await slots.take()
                    group.addTask {
                        await engine.conduct(run)
                        await slots.give()
                    }
                }
                if claimed.isEmpty { await bell.wait(since: heard, atMost: .milliseconds(250)) }
            }
        }
    }

    private func recover(_ group: inout DiscardingTaskGroup, _ slots: Slots) async {
        do {
            let unfinished = try await engine.store.unfinishedAttempts()
            await engine.removeLeftovers(keeping: Set(unfinished.map(\.claimed.attemptID)))
            for attempt in unfinished {
                await slots.take()
                group.addTask {
                    await engine.resume(attempt)
                    await slots.give()
                }
            }
        } catch {
            logger.error("the runs of the last server could not be read", metadata: ["error": "\(error)"])
        }
    }
}

/// How many attempts this node conducts now.
private actor Slots {
    private(set) var taken = 0
    private let bell: Bell

    init(bell: Bell) { self.bell = bell }

    func take() { taken += 1 }

    func give() async {
        taken -= 1
        await bell.ring()
    }
}
