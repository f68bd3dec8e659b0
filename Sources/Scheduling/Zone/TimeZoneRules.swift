// A time zone: which offset from UTC is in force at an instant, and which instants a wall-clock time names.
package import Vocabulary

/// The offsets of one time zone, from the bytes of its TZif file (RFC 9636). Leap seconds are ignored, as Unix time has none.
package struct TimeZoneRules: Sendable {
    /// A stretch of time with one offset, seen from an instant in it.
    struct Stretch {
        let offset: Int
        /// The first second (since the epoch) that does not belong to it; `.max` when it has no end.
        let end: Int64
    }

    /// No offset is as large as this many seconds (RFC 9636, section 3.2: from -25 to +26 hours).
    static let largestOffset: Int64 = 26 * 3600

    /// Seconds since the epoch at which the offset changes, ascending.
    private let changes: [Int64]
    /// One more than `changes`: `offsets[i]` is in force before `changes[i]`, the last one after the last change.
    private let offsets: [Int]
    /// From this second on the rule holds, if there is one.
    private let ruleStart: Int64
    private let rule: ZoneRule?

    /// Reads a TZif file of version 1 to 4. Throws a `SchedulingError` when the bytes are not one.
    package init(tzif bytes: [UInt8]) throws {
        let file = try ZoneFile(bytes)
        var changes: [Int64] = []
        var offsets = [file.firstOffset]
        for (second, offset) in zip(file.transitions, file.offsets) where offset != offsets.last {
            changes.append(second)
            offsets.append(offset)
        }
        self.changes = changes
        self.offsets = offsets
        ruleStart = file.transitions.last ?? .min
        rule = try file.footer.isEmpty ? nil : ZoneRule(file.footer)
    }

    /// The offset from UTC in seconds, positive to the east, at an instant.
    package func offset(at instant: Instant) -> Int { stretch(at: instant.seconds).offset }

    /// The instants at which clocks in the zone show this time, ascending: none in a gap, two where the clocks went back.
    package func instants(of local: LocalTime) -> [Instant] { seconds(of: local.secondsAsUTC).map(Instant.init(seconds:)) }

    /// The next change of the offset after an instant, with the offsets in seconds before and after it, or nil when there is none.
    package func nextTransition(after instant: Instant) -> (at: Instant, before: Int, after: Int)? {
        let stretch = stretch(at: instant.seconds)
        guard stretch.end <= Int64.max / 1000 else { return nil }
        return (Instant(seconds: stretch.end), stretch.offset, self.stretch(at: stretch.end).offset)
    }

    func stretch(at second: Int64) -> Stretch {
        if let rule, second >= ruleStart { return rule.stretch(at: second) }
        // The number of changes at or before the second.
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= second { low = middle + 1 } else { high = middle }
        }
        let end = low < changes.count ? changes[low] : rule?.stretch(at: ruleStart).end ?? .max
        return Stretch(offset: offsets[low], end: end)
    }

    /// As `instants(of:)`, in seconds since the epoch; `local` as if it were UTC.
    func seconds(of local: Int64) -> [Int64] {
        var found: [Int64] = []
        var second = local - TimeZoneRules.largestOffset
        let last = local + TimeZoneRules.largestOffset
        while second <= last {
            let stretch = stretch(at: second)
            let candidate = local - Int64(stretch.offset)
            if candidate >= second, candidate < stretch.end { found.append(candidate) }
            second = stretch.end
        }
        return found
    }

    /// Whether `name` can be a zone's name and, as a path inside the folder of zone files, leads nowhere else: parts of letters, digits, `_`, `+` and
    /// `-`, none of them `right` (those files count leap seconds).
    package static func isSafeName(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 64 else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.utf8.first, part != "right" else { return false }
            return first != 43 && first != 45
                && part.utf8.allSatisfy {
                    (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95 || $0 == 43 || $0 == 45
                }
        }
    }
}
