// From a schedule's keys to its due times.
package import Vocabulary

extension Timetable {
    /// The timetable of a schedule in the rules of its zone. Throws what is wrong with its expression.
    package init(_ schedule: ScheduleDefinition, zone: TimeZoneRules) throws(CronError) {
        self.init(cron: try CronExpression(schedule.cron), zone: zone, gap: schedule.gap, overlap: schedule.overlap)
    }

    /// The first due time strictly after an instant, past those that a policy skips; nil = never again.
    package func nextDue(after instant: Instant) -> Instant? { firings(after: instant, count: 1).lazy.compactMap(\.due).first }
}
