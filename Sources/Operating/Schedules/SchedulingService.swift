// The sleeper: looks at the schedules when the next is due, when something changed, and at least every 30 seconds.
package import Logging
import Recording
import ServiceLifecycle
import Vocabulary

/// Fires the schedules for as long as the server runs.
package struct SchedulingService: Service {
    let step: ScheduleStep
    let bell: Bell
    let runs: Bell
    let clock: Clock
    let logger: Logger

    /// `bell` rings when jobs change; `runs` is rung when runs were queued.
    package init(step: ScheduleStep, bell: Bell, runs: Bell, clock: Clock, logger: Logger) {
        self.step = step
        self.bell = bell
        self.runs = runs
        self.clock = clock
        self.logger = logger
    }

    /// Fires until graceful shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let heard = await bell.count
                var pause = Duration.seconds(30)
                do {
                    if let next = try await step.look(at: clock()) { pause = min(pause, .milliseconds(max(0, next - clock()))) }
                    await runs.ring()
                } catch {
                    logger.error("the schedules could not be looked at", metadata: ["error": "\(error)"])
                    pause = .seconds(5)
                }
                await bell.wait(since: heard, atMost: pause)
            }
        }
    }
}
