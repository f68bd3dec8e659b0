// What is said to people about times at which the clocks change.
import Vocabulary

enum Notes {
    /// About a gap that swallowed `nominal` and, where there are more, times up to `last`; `resumed` is the first local time after the gap. Seconds as if
    /// UTC.
    static func gap(nominal: Int64, last: Int64, resumed: Int64, isSkipped: Bool) -> String {
        let (first, final, after) = (LocalTime(secondsAsUTC: nominal), LocalTime(secondsAsUTC: last), LocalTime(secondsAsUTC: resumed))
        let dated = first.date != after.date
        let missing = first == final ? "\(clock(first, dated)) does not exist" : "\(clock(first, dated)) to \(clock(final, dated)) do not exist"
        let fate = isSkipped ? "skipped" : first == final ? "runs at \(clock(after, dated))" : "runs once at \(clock(after, dated))"
        return "clocks go forward: \(missing), \(fate)"
    }

    /// About a local time that comes twice; `fold` is which of them runs.
    static func overlap(nominal: Int64, fold: Int) -> String {
        "clocks go back: \(clock(LocalTime(secondsAsUTC: nominal), false)) comes twice, this is the \(fold == 0 ? "first" : "second")"
    }

    private static func clock(_ time: LocalTime, _ dated: Bool) -> String {
        let text = time.description
        return dated ? "\(time.date) \(text.dropFirst(11).prefix(5))" : String(text.dropFirst(11).prefix(5))
    }
}
