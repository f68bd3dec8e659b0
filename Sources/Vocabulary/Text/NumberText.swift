// Numbers as people read them: separators, sensible decimals, units.

/// Writes numbers for people, in English: `1,234.5`, `−3%`, `1.2M`. What is written depends on the value alone.
package enum NumberText {
    static let minus = "\u{2212}"
    static let space = "\u{00A0}"

    /// A whole number with thousands separators: `1,234,567`.
    package static func integer(_ value: Int64) -> String {
        (value < 0 ? minus : "") + grouped(String(value.magnitude))
    }

    /// A measure with four significant digits, five from 100 on (a level of 579.96 is not 580), and never less than its whole part: `1,234.5`, `12.35`,
    /// `0.01235`, `1.235 × 10⁻⁷`; whole values stay whole.
    /// With a unit it is `12.35 ppm` (the space does not break), `12.35%`, `€12.35`.
    package static func measure(_ value: Double, unit: String? = nil, significant: Int? = nil) -> String {
        let significant = significant ?? (abs(value) >= 100 && abs(value) < 1e15 ? 5 : 4)
        let body: String
        if !value.isFinite {
            return "no value"
        } else if value != 0, abs(value) < 1e-5 || abs(value) >= 1e15 {
            body = scientific(abs(value), significant: significant)
        } else if value == value.rounded() {
            body = grouped(String(Int64(abs(value))))
        } else {
            body = trimmed(fixedBody(abs(value), decimals: decimals(of: value, significant: significant)))
        }
        return with(unit, isNegative(value, body), body)
    }

    /// A number with exactly this many decimals (0 to 12): `1,234.50`.
    package static func fixed(_ value: Double, decimals: Int, unit: String? = nil) -> String {
        guard value.isFinite else { return "no value" }
        let body = abs(value) >= 1e15 ? scientific(abs(value), significant: 3) : fixedBody(abs(value), decimals: decimals)
        return with(unit, isNegative(value, body), body)
    }

    /// A number as the others of its column stand, with exactly these decimals; one that would read as nothing, and is not, is a measure.
    package static func cell(_ value: Double, decimals: Int, unit: String? = nil) -> String {
        let text = fixed(value, decimals: decimals, unit: unit)
        return value == 0 || text.utf8.contains { (49...57).contains($0) } ? text : measure(value, unit: unit, significant: 3)
    }

    /// A fraction as a percentage with four significant digits: 0.12345 is `12.35%`.
    package static func percent(_ fraction: Double) -> String { measure(fraction * 100, unit: "%") }

    /// A short form for axes: `1.2M`, `12k`, `3bn`, `0.5`. Values below 10,000 are written out.
    package static func compact(_ value: Double, unit: String? = nil) -> String {
        let size = abs(value)
        for (limit, letter) in [(1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k")] where size >= limit && size >= 10_000 && size < 1e15 {
            let body = trimmed(fixedBody(size / limit, decimals: size / limit < 100 ? 1 : 0)) + letter
            return with(unit, value < 0, body)
        }
        return measure(value, unit: unit, significant: 3)
    }

    /// The decimals that let a column's values stand under each other: three significant digits for the value of middling size, 0 to 6.
    package static func decimals(for values: [Double?]) -> Int {
        let known = values.compactMap { $0 }.filter { $0.isFinite && $0 != 0 }
        if known.allSatisfy({ $0 == $0.rounded() }) { return 0 }
        let sizes = known.map(abs).sorted()
        return min(6, decimals(of: sizes[sizes.count / 2], significant: 3))
    }

    /// Decimals that show `significant` digits of a value.
    private static func decimals(of value: Double, significant: Int) -> Int {
        var size = abs(value)
        var places = significant - 1
        while size >= 10, places > 0 { size /= 10; places -= 1 }
        while size > 0, size < 0.9995, places < 12 { size *= 10; places += 1 }
        return places
    }

    private static func fixedBody(_ size: Double, decimals: Int) -> String {
        var places = max(0, min(12, decimals))
        var scale = (0..<places).reduce(1.0) { value, _ in value * 10 }
        // Beyond 2⁵³ a double has no such decimals to show.
        while places > 0, size * scale >= 9e15 { places -= 1; scale /= 10 }
        let digits = String(UInt64((size * scale).rounded()))
        if places == 0 { return grouped(digits) }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        return grouped(String(padded.dropLast(places))) + "." + padded.suffix(places)
    }

    private static func scientific(_ size: Double, significant: Int) -> String {
        var mantissa = size
        var exponent = 0
        while mantissa >= 10 { mantissa /= 10; exponent += 1 }
        while mantissa < 1 { mantissa *= 10; exponent -= 1 }
        var text = trimmed(fixedBody(mantissa, decimals: significant - 1))
        if text == "10" { text = "1"; exponent += 1 }
        let raised: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        let power = String(String(abs(exponent)).map { raised[$0.wholeNumberValue ?? 0] })
        return text + space + "×" + space + "10" + (exponent < 0 ? "⁻" : "") + power
    }

    private static func grouped(_ digits: String) -> String {
        guard digits.utf8.count > 3 else { return digits }
        var text = ""
        let count = digits.utf8.count
        for (index, digit) in digits.enumerated() {
            if index > 0, (count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var rest = text[...]
        while rest.last == "0" { rest = rest.dropLast() }
        return String(rest.last == "." ? rest.dropLast() : rest)
    }

    /// A value that rounds to nothing has no sign.
    private static func isNegative(_ value: Double, _ body: String) -> Bool {
        value < 0 && body.utf8.contains { (49...57).contains($0) }
    }

    private static func with(_ unit: String?, _ negative: Bool, _ body: String) -> String {
        let sign = negative ? minus : ""
        guard let unit, !unit.isEmpty else { return sign + body }
        if unit == "%" || unit == "°" || unit == "‰" { return sign + body + unit }
        if ["€", "$", "£", "¥"].contains(unit) { return sign + unit + body }
        return sign + body + space + unit
    }
}
