// An instant: milliseconds since 1970 in UTC.

/// A moment, as milliseconds since 1970-01-01T00:00:00Z without leap seconds.
package struct Instant: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// Milliseconds since the epoch; negative before it.
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(seconds: Int64) { milliseconds = seconds * 1000 }

    package init(from decoder: any Decoder) throws { milliseconds = try decoder.singleValueContainer().decode(Int64.self) }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    /// Whole seconds since the epoch, rounded down.
    package var seconds: Int64 { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds + 1) / 1000 - 1 }

    /// The instant this many milliseconds later.
    package func adding(milliseconds more: Int64) -> Instant { Instant(milliseconds: milliseconds + more) }
    /// The instant this many seconds later.
    package func adding(seconds more: Int64) -> Instant { Instant(milliseconds: milliseconds + more * 1000) }
    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
    /// Milliseconds from `right` to `left`.
    package static func - (left: Instant, right: Instant) -> Int64 { left.milliseconds - right.milliseconds }

    /// RFC 3339 in UTC, with milliseconds when there are any: `2026-03-08T07:00:00Z`.
    package var description: String { rfc3339(offset: 0) }

    /// RFC 3339 at an offset from UTC in seconds: `2026-03-08T03:00:00-04:00`.
    package func rfc3339(offset: Int) -> String {
        let local = LocalTime(self, offset: offset)
        // Wrapping, since the first second that can be named begins before the first instant.
        let fraction = milliseconds &- seconds &* 1000
        return local.description + (fraction == 0 ? "" : "." + LocalTime.padded(Int(fraction), 3)) + Instant.offsetText(offset, zero: "Z")
    }

    /// An offset in seconds as `+05:45`; `zero` is what stands for none.
    package static func offsetText(_ offset: Int, zero: String = "+00:00") -> String {
        if offset == 0 { return zero }
        let size = abs(offset)
        let seconds = size % 60 == 0 ? "" : ":" + LocalTime.padded(size % 60, 2)
        return (offset < 0 ? "-" : "+") + LocalTime.padded(size / 3600, 2) + ":" + LocalTime.padded(size / 60 % 60, 2) + seconds
    }

    /// The instant of an RFC 3339 text with `Z` or an offset, or nil when it is not one.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let local = LocalTime(String(decoding: bytes[0..<19], as: UTF8.self)) else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            var scale: Int64 = 100
            let start = index
            while index < bytes.count, (48...57).contains(bytes[index]) {
                fraction += Int64(bytes[index] - 48) * scale
                scale /= 10
                index += 1
            }
            guard index > start else { return nil }
        }
        guard index < bytes.count else { return nil }
        let rest = bytes[index...]
        var offset: Int64 = 0
        if rest.elementsEqual([UInt8(ascii: "Z")]) || rest.elementsEqual([UInt8(ascii: "z")]) {
            offset = 0
        } else {
            let tail = Array(rest)
            guard tail.count == 6, tail[3] == UInt8(ascii: ":"), tail[0] == UInt8(ascii: "+") || tail[0] == UInt8(ascii: "-"),
                let hours = LocalTime.number(tail[1...2]), let minutes = LocalTime.number(tail[4...5]), hours < 24, minutes < 60
            else { return nil }
            offset = Int64(hours * 3600 + minutes * 60) * (tail[0] == UInt8(ascii: "-") ? -1 : 1)
        }
        milliseconds = (local.secondsAsUTC - offset) * 1000 + fraction
    }
}
