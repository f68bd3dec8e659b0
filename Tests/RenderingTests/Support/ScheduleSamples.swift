// Sample lanes of the schedule page: a daily job with every fate, one every quarter of an hour, and one after another.
import Recording
@testable import Rendering
import Vocabulary

extension Samples {
    static func schedule(_ definition: ScheduleDefinition, job: String = "airline-passengers", lastDue: String? = "2026-11-23T05:00:00Z") -> ScheduleRecord {
        ScheduleRecord(
            jobID: jobID, jobName: job, name: "main", revision: digest(5), definition: definition, effectiveFrom: instant("2026-01-01T00:00:00Z"),
            lastDue: lastDue.map(instant), paused: false)
    }

    static func occurrence(_ nominal: String, due: String?, _ state: OccurrenceState = .launched, reason: String? = nil, run: RunID? = nil) -> OccurrenceRecord {
        OccurrenceRecord(
            jobID: jobID, scheduleName: "main", revision: digest(5), nominal: LocalTime(nominal) ?? LocalTime(secondsAsUTC: 0), fold: 0, due: due.map(instant),
            state: state, reason: reason, runID: run)
    }

    /// Runs of the daily job: one as it should be, one that failed, one that started late, one on request.
    static let laneRuns = [
        run(214), run(213, status: .failed, reason: .timedOut, edition: nil, at: "2026-11-22T05:00:00Z"), run(212, at: "2026-11-21T05:42:00Z"),
        run(211, edition: nil, at: "2026-11-20T14:00:00Z", trigger: .manual),
    ]

    static let lanes = [
        ScheduleLane(
            jobID: jobID, jobName: "airline-passengers", definition: definition, schedules: [schedule(definition.schedules[0])],
            occurrences: [
                occurrence("2026-11-23T06:00:00", due: "2026-11-23T05:00:00Z", run: laneRuns[0].id),
                occurrence("2026-11-22T06:00:00", due: "2026-11-22T05:00:00Z", run: laneRuns[1].id),
                occurrence("2026-11-21T06:00:00", due: "2026-11-21T05:00:00Z", run: laneRuns[2].id),
                occurrence("2026-11-20T06:00:00", due: "2026-11-20T05:00:00Z", .skipped, reason: "whileRunning"),
                occurrence("2026-11-19T06:00:00", due: "2026-11-19T05:00:00Z", .missed, reason: "missed"),
            ], runs: laneRuns),
        ScheduleLane(
            jobID: id(2, JobID.self), jobName: "lake-levels", definition: JobDefinition(
                title: "Level of Lake Huron & <b>", tasks: definition.tasks, schedules: [ScheduleDefinition(cron: "*/15 * * * *", timezone: "America/Detroit")]),
            paused: true, mayReadRuns: false, schedules: [schedule(ScheduleDefinition(cron: "*/15 * * * *", timezone: "America/Detroit"), job: "lake-levels", lastDue: nil)],
            occurrences: (0..<8).map { occurrence("2026-11-23T03:0\($0):00", due: "2026-11-23T08:0\($0):00Z", .skipped, reason: "paused") }),
        ScheduleLane(
            jobID: id(3, JobID.self), jobName: "hotel-beds", definition: JobDefinition(
                title: "Hotel beds", tasks: definition.tasks, after: ["airline-passengers"]), schedules: []),
    ]
}
