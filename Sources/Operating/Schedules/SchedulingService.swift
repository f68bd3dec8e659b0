// The sleeper: looks at the schedules when the next is due, when something changed, and at least every 30 seconds.
package import Logging
import Recording
import ServiceLifecycle
package import Vocabulary

/// Fires the schedules for as long as the server runs.
package struct SchedulingService: Service {
    let step: ScheduleStep
    let bell: Bell
    let runs: Bell
    let clock: Clock
    let steady: Clock
    let readings: EngineReadings
    let logger: Logger

    /// `bell` rings when jobs change; `runs` is rung when runs were queued; `steady` is a clock that nobody can set.
    package init(step: ScheduleStep, bell: Bell, runs: Bell, clock: Clock, steady: Clock = .steady, readings: EngineReadings, logger: Logger) {
        self.step = step
        self.bell = bell
        self.runs = runs
        self.clock = clock
        self.steady = steady
        self.readings = readings
        self.logger = logger
    }

    /// Fires until graceful shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var watch = ScheduleWatch()
            while !Task.isCancelled {
                let heard = await bell.count
                var pause = Duration.seconds(30)
                do {
                    if let next = try await look(&watch) { pause = min(pause, .milliseconds(max(0, next - clock()))) }
                } catch {
                    logger.error("the schedules could not be looked at", metadata: ["error": "\(error)"])
                    let next = watch.agenda.next.map { $0 - clock() } ?? 5000
                    pause = .milliseconds(min(5000, max(1000, next)))
                }
                await bell.wait(since: heard, atMost: pause)
            }
        }
    }

    /// Looks at the clock and, when it can be believed, at every schedule; returns when the next is due, or nil.
    package func look(_ watch: inout ScheduleWatch) async throws -> Instant? {
        let now = clock()
        let changes = try await step.refresh(&watch.agenda, at: now)
        let finding = watch.observe(wall: now, steady: steady(), recorded: changes.trustedAt)
        if let jump = finding.jump {
            logger.warning("the clock of this machine was moved", metadata: ["clock.milliseconds": "\(jump)", "clock.now": "\(now)"])
            readings.note { $0.clockJumps += 1 }
        }
        if finding.problem != watch.problem, let problem = finding.problem { logger.error("no schedule fires", metadata: ["reason": "\(problem)"]) }
        watch.problem = finding.problem
        readings.note { [count = watch.agenda.count] values in
            values.schedulerProblem = finding.problem
            values.schedulesInForce = count
        }
        guard finding.problem == nil else { return nil }
        if watch.shouldWriteTrust(at: now) {
            try await step.store.trustClock(at: now)
            watch.written = now
        }
        if try await step.act(on: &watch.agenda, clock: clock) > 0 { await runs.ring() }
        let next = watch.agenda.next
        readings.note { values in
            values.schedulerLookedAt = now
            values.nextDue = next
        }
        return next
    }
}

/// What the scheduler keeps between two looks. It may be lost at any time.
package struct ScheduleWatch: Sendable {
    package var agenda = Agenda()
    var clock: ClockWatch?
    var problem: String?
    /// When the clock was believed, as it stands in the record.
    var written: Instant?

    package init() {}

    /// How often it is written down that the clock is believed, in milliseconds: one commit an hour.
    private static let interval: Int64 = 3_600_000

    /// Compares the clocks; `recorded` is when the clock was believed as the record has it now, which a person may have changed.
    mutating func observe(wall: Instant, steady: Instant, recorded: Instant?) -> ClockWatch.Finding {
        var watch = clock ?? ClockWatch(trusted: recorded)
        if clock != nil, let recorded, recorded != written { watch.confirm(recorded) }
        written = recorded
        let finding = watch.observe(wall: wall, steady: steady)
        clock = watch
        return finding
    }

    func shouldWriteTrust(at now: Instant) -> Bool { written.map { abs(now - $0) >= ScheduleWatch.interval } ?? true }
}
