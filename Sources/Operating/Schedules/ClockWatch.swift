// Whether the machine's clock can be believed: compares it with a clock that nobody can set, and with when it was believed last.
package import Vocabulary

/// Watches the wall clock. A value: what it knows comes in with each observation.
package struct ClockWatch: Sendable {
    /// What one observation says.
    package struct Finding: Sendable, Hashable {
        /// Milliseconds by which the wall clock was moved since the last observation, when it was moved by more than two seconds.
        package let jump: Int64?
        /// Why the clock is not believed, in a sentence; nil = it is.
        package let problem: String?
    }

    /// No schedule was ever looked at before this instant, 2026-01-01T00:00:00Z: a clock that shows less was never set.
    package static let earliest = Instant(seconds: 1_767_225_600)
    /// Differences up to this, in milliseconds, are how clocks go.
    package static let tolerance: Int64 = 2000
    /// A clock that is further behind than this is not believed: one day.
    package static let mostBehind: Int64 = 86_400_000
    /// A clock that is further ahead than this is not believed: 366 days.
    package static let mostAhead: Int64 = 366 * 86_400_000

    /// The last instant at which the clock was believed; nil = never.
    package private(set) var trusted: Instant?
    /// What the steady clock showed then; nil when an earlier process believed it.
    private var steadyThen: Instant?
    private var last: (wall: Instant, steady: Instant)?

    /// `trusted` is what the record says about an earlier process.
    package init(trusted: Instant? = nil) { self.trusted = trusted }

    /// A person said that the clock was right at this instant.
    package mutating func confirm(_ instant: Instant) {
        trusted = instant
        steadyThen = nil
    }

    /// Takes what both clocks show now.
    package mutating func observe(wall: Instant, steady: Instant) -> Finding {
        let moved = last.map { (wall - $0.wall) - (steady - $0.steady) } ?? 0
        last = (wall, steady)
        let problem = problem(wall, steady)
        if problem == nil {
            trusted = wall
            steadyThen = steady
        }
        return Finding(jump: abs(moved) > ClockWatch.tolerance ? moved : nil, problem: problem)
    }

    private func problem(_ wall: Instant, _ steady: Instant) -> String? {
        let words = "the clock of this machine shows \(wall)"
        guard wall >= ClockWatch.earliest else { return "\(words), which is before the first Almanac: it was never set; no schedule fires until it is" }
        guard let trusted else { return nil }
        let expected = steadyThen.map { trusted.adding(milliseconds: steady - $0) } ?? trusted
        let away = wall - expected
        guard away < -ClockWatch.mostBehind || away > ClockWatch.mostAhead else { return nil }
        let distance = away < 0 ? "\(Span(days: -away)) before" : "\(Span(days: away)) after"
        return "\(words), \(distance) \(steadyThen == nil ? "the last look at the schedules, \(expected)" : "what it should show, \(expected)"); "
            + "no schedule fires until it is set right, or `almanac resume JOB`, of any job, says that it is right"
    }
}

extension Span {
    /// A length in milliseconds as whole days.
    fileprivate init(days milliseconds: Int64) { self.init(milliseconds: milliseconds / 86_400_000 * 86_400_000) }
}
