// From a schedule's keys to its due times.
import Scheduling
import Vocabulary

extension Timetable {
    /// The timetable of a schedule, or nil when its expression cannot be read.
    init?(_ schedule: ScheduleDefinition, zone: TimeZoneRules) {
        guard let cron = try? CronExpression(schedule.cron) else { return nil }
        self.init(cron: cron, zone: zone, gap: schedule.gap, overlap: schedule.overlap)
    }

    /// The first due time strictly after an instant, past those that a policy skips; nil = never again.
    func nextDue(after instant: Instant) -> Instant? { firings(after: instant, count: 1).lazy.compactMap(\.due).first }
}
