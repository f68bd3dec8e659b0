// Amounts in words: lengths of time, counts, values with their unit.
import Tables
import Vocabulary

/// Amounts as people read them.
enum Amounts {
    /// A length of time to the two largest units: `1 minute 5 seconds`, `0.4 seconds`.
    static func duration(milliseconds: Int64) -> String {
        if milliseconds < 10_000 {
            let tenths = max(0, (milliseconds + 50) / 100)
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
    static func count(_ number: Int64, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }

    /// A whole number with separators: `1,234,567`.
    static func grouped(_ number: Int64) -> String {
        var digits = Array(String(number.magnitude))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return (number < 0 ? "−" : "") + String(digits)
    }

    /// A value and its unit: `3.1 %`, `£ 12`, `214 passengers`.
    static func value(_ value: Double, unit: String?) -> String {
        let number = NumberText.format(value)
        guard let unit, !unit.isEmpty else { return number }
        return "\(number) \(unit)"
    }
}
