// Whether the server does its work: the sentences of /readyz, decided from what the services wrote down.
package import Vocabulary

/// What readiness is decided from.
package struct Readiness: Sendable {
    package let values: EngineReadings.Values
    package let databaseAnswers: Bool
    package let startedAt: Instant

    /// - Parameter startedAt: when the server began; until the scheduler's first look it gets a minute.
    package init(_ values: EngineReadings.Values, databaseAnswers: Bool, startedAt: Instant) {
        self.values = values
        self.databaseAnswers = databaseAnswers
        self.startedAt = startedAt
    }

    /// The scheduler looks at least every 30 seconds: three missed looks are a stall. The first look may take a minute.
    private static let (longestSilence, firstLook): (Int64, Int64) = (90_000, 60_000)

    /// What stands in the way, as sentences; empty when the server is ready.
    package func problems(at now: Instant) -> [String] {
        var problems: [String] = []
        if !databaseAnswers { problems.append("The database does not answer.") }
        if let problem = values.schedulerProblem {
            problems.append(Self.sentence("The scheduler does not fire", problem))
        } else if let looked = values.schedulerLookedAt {
            if now - looked > Self.longestSilence {
                problems.append("The scheduler has not looked at the schedules since \(looked): what is due does not start.")
            }
        } else if now - startedAt > Self.firstLook {
            problems.append("The scheduler has not looked at the schedules since the server started at \(startedAt).")
        }
        if let problem = values.runnerProblem { problems.append(Self.sentence("No run is started", problem)) }
        return problems
    }

    /// One line that ends with a full stop, whatever the service wrote.
    private static func sentence(_ start: String, _ problem: String) -> String {
        let text = problem.split(whereSeparator: \.isNewline).joined(separator: " ")
        return "\(start): \(text)" + (text.hasSuffix(".") ? "" : ".")
    }
}
