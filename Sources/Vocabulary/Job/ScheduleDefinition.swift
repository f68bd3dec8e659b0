// When a job runs: the keys of `schedule:`.

/// One entry of `schedule:`; what its keys mean stands in Scheduling.
package struct ScheduleDefinition: Hashable, Sendable, Codable {
    /// What happens to fixed local times that do not exist.
    package enum Gap: String, Sendable, Codable, CaseIterable { case runAfter = "run_after", skip }
    /// Which of two equal local times a fixed hour means.
    package enum Overlap: String, Sendable, Codable, CaseIterable { case first, second, both }
    /// What happens to due times that passed while nobody looked.
    package enum Missed: String, Sendable, Codable, CaseIterable { case latest, all, none }
    /// What happens when the run before has not ended.
    package enum WhileRunning: String, Sendable, Codable, CaseIterable { case skip, queue }

    package var name: String
    package var cron: String
    /// IANA name.
    package var timezone: String
    package var task: String
    package var parameters: [String: ParameterValue]
    package var gap: Gap
    package var overlap: Overlap
    package var missed: Missed
    /// With `missed: all`, how many of the latest are run; nil = `usualMissedLimit`.
    package var missedLimit: Int?
    package var whileRunning: WhileRunning
    /// The run is queued up to this long after the due time, by a delay that is the same each time.
    package var jitter: Span?
    package var freshWithin: Span?

    /// Of more due times than this that passed unseen, `missed: all` runs the latest.
    package static let usualMissedLimit = 100
    package static let largestMissedLimit = 1000
    package static let longestJitter = Span(seconds: 86_400)

    package init(
        name: String = "main", cron: String, timezone: String, task: String = TaskDefinition.publishing, parameters: [String: ParameterValue] = [:],
        gap: Gap = .runAfter, overlap: Overlap = .first, missed: Missed = .latest, missedLimit: Int? = nil,
        whileRunning: WhileRunning = .skip, jitter: Span? = nil, freshWithin: Span? = nil
    ) {
        self.name = name
        self.cron = cron
        self.timezone = timezone
        self.task = task
        self.parameters = parameters
        self.gap = gap
        self.overlap = overlap
        self.missed = missed
        self.missedLimit = missedLimit
        self.whileRunning = whileRunning
        self.jitter = jitter
        self.freshWithin = freshWithin
    }
}
