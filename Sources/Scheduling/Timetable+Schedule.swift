// From a schedule's keys to its due times.
package import Vocabulary

extension ScheduleDefinition {
    /// How long after each due time a run of this schedule of a job is queued: the same every time, and less than its `jitter`.
    package func delay(job: String) -> Span { jitter.map { Scheduling.jitter(within: $0, key: "\(job)/\(name)") } ?? Span(milliseconds: 0) }
}

extension Timetable {
    /// The timetable of a schedule in the rules of its zone. Throws what is wrong with its expression.
    package init(_ schedule: ScheduleDefinition, zone: TimeZoneRules) throws(CronError) {
        self.init(cron: try CronExpression(schedule.cron), zone: zone, gap: schedule.gap, overlap: schedule.overlap)
    }

    /// The first due time strictly after an instant, past those that a policy skips; nil = never again.
    package func nextDue(after instant: Instant) -> Instant? { firings(after: instant, count: 1).lazy.compactMap(\.due).first }
}
