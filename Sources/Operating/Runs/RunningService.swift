// Claims queued runs and conducts them, as many at once as this node may.
package import Logging
import Recording
import ServiceLifecycle
package import Vocabulary

/// The runner: recovers what an earlier server left, then claims for as long as the server runs.
package struct RunningService: Service {
    let engine: RunEngine
    let concurrency: Int
    let teamConcurrency: Int?
    let bell: Bell
    let logger: Logger
    /// How long it sleeps when nothing rings and no retry is due.
    private static let longestSleep = Duration.seconds(30)

    /// - Parameters:
    ///   - concurrency: most attempts at once on this node.
    ///   - teamConcurrency: most attempts of one team at once in the record; nil = no limit.
    ///   - bell: rings when a run was queued, or its end was asked for.
    package init(engine: RunEngine, concurrency: Int, teamConcurrency: Int? = nil, bell: Bell, logger: Logger) {
        self.engine = engine
        self.concurrency = concurrency
        self.teamConcurrency = teamConcurrency
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
                var pause = RunningService.longestSleep
                do {
                    pause = try await claim(&group, slots) ?? pause
                } catch {
                    logger.error("no run could be claimed", metadata: ["error": "\(error)"])
                    let problem = (error as? RecordingError)?.detail ?? "the record does not answer"
                    engine.readings.note { $0.runnerProblem = problem }
                    pause = .seconds(2)
                }
                await bell.wait(since: heard, atMost: pause)
            }
        }
    }

    /// Conducts one queued run in this process and nothing else, until it has ended; what an earlier server left is found again meanwhile.
    package func conductOnly(_ run: RunID) async {
        let slots = Slots(bell: bell)
        await withDiscardingTaskGroup { group in
            await recover(&group, slots)
            while !Task.isCancelled {
                let heard = await bell.count
                do {
                    if let claimed = try await engine.store.claimRun(run, at: engine.clock()) {
                        await conduct(claimed, &group, slots)
                    } else if try await engine.store.run(run)?.status.isTerminal != false {
                        break
                    }
                } catch {
                    logger.error("the run could not be claimed", metadata: ["error": "\(error)"])
                }
                await bell.wait(since: heard, atMost: .milliseconds(200))
            }
            group.cancelAll()
        }
    }

    /// Claims as many runs as there are places for. Returns how long it may sleep, nil = as long as it likes.
    private func claim(_ group: inout DiscardingTaskGroup, _ slots: Slots) async throws -> Duration? {
        let store = engine.store
        guard store.condition == .well else { return nil }
        let free = concurrency - (await slots.taken)
        let claimed = try await store.claimRuns(limit: free, teamLimit: teamConcurrency, at: engine.clock())
        engine.readings.note { $0.runnerProblem = nil }
        for run in claimed { await conduct(run, &group, slots) }
        // A place that is given back rings.
        guard claimed.count < free else { return nil }
        let now = engine.clock()
        return try await store.nextRetry(after: now).map { min(RunningService.longestSleep, .milliseconds($0 - now)) }
    }

    private func conduct(_ run: ClaimedRun, _ group: inout DiscardingTaskGroup, _ slots: Slots) async {
        await slots.take()
        group.addTask {
            await engine.conduct(run)
            await slots.give()
        }
    }

    /// Finds every attempt again that has not ended; tries until the record answers, for nothing may be claimed before.
    private func recover(_ group: inout DiscardingTaskGroup, _ slots: Slots) async {
        while !Task.isCancelled {
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
                return
            } catch {
                logger.error("the runs of the last server could not be read", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(2))
            }
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
