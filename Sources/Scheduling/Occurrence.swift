// One due time of a schedule, or one that a policy skips.
package import Vocabulary

/// One due time of a schedule, or one that the gap policy skips.
package struct Occurrence: Sendable, Hashable {
    /// Where it stands on the time line: the due instant, or for a skipped one the last millisecond before the clocks go forward, so that what is due in
    /// the first instant after comes strictly later.
    package let at: Instant
    /// When the job is due; nil when the policy skips it.
    package let due: Instant?
    /// The wall-clock time that the expression names; of several that a gap swallowed, the earliest.
    package let nominal: LocalTime
    /// 1 for the second of two equal local times, else 0.
    package let fold: Int
    /// Offset from UTC in seconds at the due instant; of a skipped one, right after the gap.
    package let offset: Int
    /// A sentence for people where the clocks change, without a full stop: `clocks go forward: 02:30 does not exist, runs at 03:00`.
    package let note: String?

    /// What the clock shows at the due instant; nil when it is skipped. It differs from `nominal` after a gap only.
    package var local: LocalTime? { due.map { LocalTime($0, offset: offset) } }
}
