// What the services did, as the figures of /metrics.
package import Rendering
import Vocabulary

extension EngineReadings.Values {
    /// The figures of the engine since its start; every state and reason has a line from the first moment, so that rates can be taken.
    package var figures: [FigureFamily] {
        let states = ["launched", "skipped", "missed"]
        let others = occurrences.keys.filter { !states.contains($0) }.sorted()
        return [
            .gauge("almanac_scheduler_firing", "Whether the scheduler fires: 0 = it says why not on /readyz.", schedulerProblem == nil ? 1 : 0),
            .gauge("almanac_scheduler_looked_timestamp_seconds", "When every schedule was last looked at without an error.", schedulerLookedAt.map(Self.seconds)),
            .gauge("almanac_schedules", "Schedules in force.", Double(schedulesInForce)),
            .gauge("almanac_schedule_next_due_timestamp_seconds", "The next due time of all schedules.", nextDue.map(Self.seconds)),
            .counter("almanac_occurrences_total", "Due times by what became of them.", by: "state", (states + others).map { ($0, Double(occurrences[$0] ?? 0)) }),
            .counter("almanac_clock_jumps_total", "How often the wall clock jumped.", Double(clockJumps)),
            .gauge("almanac_runner_claiming", "Whether queued runs are claimed: 0 = /readyz says why not.", runnerProblem == nil ? 1 : 0),
            .counter("almanac_runs_ended_total", "Runs that ended, by their last state.", by: "status",
                [RunStatus.succeeded, .failed, .cancelled].map { ($0.rawValue, Double(runsEnded[$0] ?? 0)) }),
            .counter("almanac_failures_total", "Runs that failed, by reason.", by: "reason", FailureReason.allCases.map { ($0.rawValue, Double(failures[$0] ?? 0)) }),
            .counter("almanac_attempts_lost_total", "Attempts of which the server lost sight.", Double(attemptsLost)),
            .counter("almanac_retries_total", "Runs that went back to the queue after a failed attempt.", Double(retries)),
        ] + Self.summary("almanac_schedule_lateness_seconds", "From due times to the queueing of their runs.", lateness)
            + Self.summary("almanac_run_waiting_seconds", "From the queueing of runs to their claim.", waiting)
            + Self.summary("almanac_attempt_running_seconds", "From the start of attempts' processes to their end.", running)
    }

    private static func seconds(_ instant: Instant) -> Double { Double(instant.milliseconds) / 1000 }

    private static func summary(_ name: String, _ help: String, _ durations: EngineReadings.Durations) -> [FigureFamily] {
        FigureFamily.durations(name, help, count: durations.count, milliseconds: durations.sum, longest: durations.longest)
    }
}
