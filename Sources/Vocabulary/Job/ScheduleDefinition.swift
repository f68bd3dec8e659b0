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
    package var missedLimit: Int?
    package var whileRunning: WhileRunning
    package var jitter: Span?
    package var freshWithin: Span?

    package init(
        name: String = "main", cron: String, timezone: String, task: String = "score", parameters: [String: ParameterValue] = [:],
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
