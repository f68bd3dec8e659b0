// Amounts in words: lengths of time and counts.
import Vocabulary

/// Amounts as people read them.
enum Amounts {
    /// A length of time to the two largest units: `1 minute 5 seconds`, `0.4 seconds`.
    static func duration(milliseconds: Int64) -> String {
        if milliseconds < 10_000 {
            let tenths = max(0, (milliseconds + 50) / 100)
            if tenths == 0 { return "less than 0.1 seconds" }
            return tenths == 10 ? "1 second" : "\(tenths / 10).\(tenths % 10) seconds"
        }
        let units: [(String, Int64)] = [("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)]
        var rest = (milliseconds + 500) / 1000
        var parts: [String] = []
        for (unit, size) in units where rest >= size && parts.count < 2 {
            parts.append(count(rest / size, unit))
            rest %= size
        }
        return parts.joined(separator: " ")
    }

    /// `1 row`, `2,400 rows`.
    static func count(_ number: Int64, _ noun: String) -> String { "\(NumberText.integer(number)) \(noun)\(number == 1 ? "" : "s")" }
}
