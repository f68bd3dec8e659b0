// A length of time and a number of bytes, as people write them.

/// A length of time in whole milliseconds, written `90s`, `10m`, `2h`, `1d` or `1h30m`.
package struct Span: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(seconds: Int64) { milliseconds = seconds * 1000 }

    package init(from decoder: any Decoder) throws { milliseconds = try decoder.singleValueContainer().decode(Int64.self) }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    /// The span that a text such as `1h30m` or `500ms` means, or nil when it is not one or is longer than ten years.
    package init?(_ text: String) {
        let units: [(String, Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
        var rest = Substring(text)
        var total: Int64 = 0
        var last = Int64.max
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let count = Int64(digits), count <= 315_360_000_000 else { return nil }
            rest = rest.dropFirst(digits.count)
            let letters = rest.prefix { $0.isASCII && $0.isLetter }
            guard let unit = units.first(where: { $0.0 == letters })?.1, unit < last else { return nil }
            rest = rest.dropFirst(letters.count)
            last = unit
            let (product, overflow) = count.multipliedReportingOverflow(by: unit)
            guard !overflow, product <= 315_360_000_000 else { return nil }
            total += product
        }
        guard !text.isEmpty, total <= 315_360_000_000 else { return nil }
        milliseconds = total
    }

    /// `1h30m`, the shortest form that reads back.
    package var description: String {
        if milliseconds == 0 { return "0s" }
        var rest = milliseconds
        var text = ""
        for (unit, size) in [("d", Int64(86_400_000)), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] where rest >= size {
            text += "\(rest / size)\(unit)"
            rest %= size
        }
        return text
    }

    package static func < (left: Span, right: Span) -> Bool { left.milliseconds < right.milliseconds }
}

/// A number of bytes, written `500MB`, `2GiB` or plainly `1024`.
package struct ByteCount: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    package let bytes: Int64

    package init(_ bytes: Int64) { self.bytes = bytes }

    package init(from decoder: any Decoder) throws { bytes = try decoder.singleValueContainer().decode(Int64.self) }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }

    private static let units: [(String, Int64)] = [
        ("", 1), ("B", 1), ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
    ]

    /// The size that a text such as `2GiB` means, or nil when it is not one.
    package init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let count = Int64(digits), let size = ByteCount.units.first(where: { $0.0 == unit })?.1 else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow else { return nil }
        bytes = product
    }

    /// For people, in binary units with one decimal: `1.5 MiB`.
    package var description: String {
        if bytes < 1024 { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
        var size = Double(bytes)
        var unit = "bytes"
        // What would round to 1024.0 of a unit is 1.0 of the next.
        for next in ["KiB", "MiB", "GiB", "TiB"] where size >= (unit == "bytes" ? 1024 : 1023.95) {
            size /= 1024
            unit = next
        }
        let tenths = Int((size * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(unit)"
    }

    package static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}
