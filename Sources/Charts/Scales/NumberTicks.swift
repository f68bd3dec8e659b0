// Round numbers along an axis.
import Glibc
import Vocabulary

/// Ticks at multiples of 1, 2 or 5 times a power of ten.
struct NumberTicks {
    let values: [Double]
    let labels: [String]
    /// What the labels leave out: `×10⁻⁷`; nil when they stand for themselves.
    let note: String?

    var low: Double { values.first ?? 0 }
    var high: Double { values.last ?? 1 }

    /// Ticks that reach from at or below `low` to at or above `high`, about `target` of them; equal ends get room on both sides.
    static func around(_ low: Double, _ high: Double, target: Int, unit: String? = nil) -> NumberTicks {
        var (low, high) = (min(low, high), max(low, high))
        let size = max(abs(low), abs(high))
        if high - low <= size * 1e-12 || high - low < 1e-290 {
            let room = size < 1e-290 ? 1 : size * 0.1
            low -= room
            high += room
        }
        let step = NumberTicks.step((high - low) / Double(max(1, target)))
        let first = (low / step + 1e-9).rounded(.down)
        let last = max(first + 1, (high / step - 1e-9).rounded(.up))
        return NumberTicks(from: first, to: last, step: step, unit: unit)
    }

    /// Ticks inside an interval, for an axis that ends with its data.
    static func inside(_ low: Double, _ high: Double, target: Int, whole: Bool, plain: Bool) -> NumberTicks {
        guard high - low > max(abs(low), abs(high)) * 1e-12, high - low >= 1e-290 else {
            let label = plain ? String(Int(low)) : NumberText.measure(low, significant: 6)
            return NumberTicks(values: [low], labels: [label], note: nil)
        }
        var step = NumberTicks.step((high - low) / Double(max(1, target)))
        if whole { step = max(1, step) }
        let first = (low / step - 1e-9).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        let ticks = NumberTicks(from: first, to: max(first, last), step: step, unit: nil)
        return plain ? NumberTicks(values: ticks.values, labels: ticks.values.map { String(Int($0)) }, note: nil) : ticks
    }

    /// The round number at or above a distance.
    static func step(_ raw: Double) -> Double {
        let power = pow(10, floor(log10(raw)))
        let lead = raw / power
        return (lead <= 1 + 1e-9 ? 1 : lead <= 2 + 1e-9 ? 2 : lead <= 5 + 1e-9 ? 5 : 10) * power
    }

    private init(values: [Double], labels: [String], note: String?) {
        self.values = values
        self.labels = labels
        self.note = note
    }

    private init(from first: Double, to last: Double, step: Double, unit: String?) {
        // 3 / 10 is 0.3 where 3 * 0.1 is 0.30000000000000004.
        let parts = (1 / step).rounded()
        let isFraction = step < 1 && abs(1 / step - parts) < 1e-6 * parts
        let values = (0...Int(min(200, last - first))).map { index in
            let multiple = first + Double(index)
            return isFraction ? multiple / parts : multiple * step
        }
        self.values = values
        (labels, note) = NumberTicks.labels(values, step: step, unit: unit)
    }

    private static func labels(_ values: [Double], step: Double, unit: String?) -> ([String], String?) {
        let size = values.map(abs).max() ?? 0
        let shown = unit.flatMap { isOnLabels($0) ? $0 : nil }
        if size > 0, size < 1e-4 || size >= 1e15 {
            let exponent = Int(floor(log10(size)))
            let power = pow(10, Double(exponent))
            let labels = values.map { NumberText.fixed($0 / power, decimals: decimals(step / power), unit: shown) }
            return (labels, "×10" + superscript(exponent))
        }
        if size >= 100_000 {
            let (scale, letter) = size >= 1e12 ? (1e12, "tn") : size >= 1e9 ? (1e9, "bn") : size >= 1e6 ? (1e6, "M") : (1e3, "k")
            let places = decimals(step / scale)
            if places <= 2 {
                return (values.map { value in
                    let number = NumberText.fixed(value / scale, decimals: places, unit: shown)
                    guard value != 0 else { return NumberText.fixed(0, decimals: 0, unit: shown) }
                    guard let shown, number.hasSuffix(shown) else { return number + letter }
                    return number.dropLast(shown.count) + letter + shown
                }, nil)
            }
        }
        return (values.map { NumberText.fixed($0, decimals: decimals(step), unit: shown) }, nil)
    }

    /// Units that stand at each label; others stand once, above the axis.
    static func isOnLabels(_ unit: String) -> Bool { ["%", "°", "‰", "€", "$", "£", "¥"].contains(unit) }

    private static func decimals(_ step: Double) -> Int {
        var places = 0
        var scaled = step
        while places < 10, abs(scaled - scaled.rounded()) > 1e-6 * max(1, abs(scaled)) || scaled.rounded() == 0 {
            scaled *= 10
            places += 1
        }
        return places
    }

    private static func superscript(_ number: Int) -> String {
        let raised: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return (number < 0 ? "⁻" : "") + String(String(abs(number)).map { raised[$0.wholeNumberValue ?? 0] })
    }
}
