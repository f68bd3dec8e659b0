// Reading a POSIX TZ string.

extension ZoneRule {
    /// The rule that a TZ string means. Throws `badZoneRule`.
    init(_ text: [UInt8]) throws {
        var reader = ZoneRuleReader(rest: text[...])
        guard reader.skipName(), let west = reader.time(hours: 24) else { throw ZoneRule.bad }
        offset = -west
        guard !reader.rest.isEmpty else {
            summer = nil
            return
        }
        guard reader.skipName() else { throw ZoneRule.bad }
        var summerOffset = offset + 3600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let west = reader.time(hours: 24) else { throw ZoneRule.bad }
            summerOffset = -west
        }
        guard reader.skip(","), let start = reader.moment(), reader.skip(","), let end = reader.moment(), reader.rest.isEmpty else {
            throw ZoneRule.bad
        }
        summer = Summer(offset: summerOffset, start: start, end: end)
    }

    private static var bad: SchedulingError { SchedulingError(.badZoneRule, detail: "the rule for the years after its last transition cannot be read") }
}

/// Takes a TZ string apart from its front; each function leaves `rest` after what it read.
struct ZoneRuleReader {
    var rest: ArraySlice<UInt8>

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// A zone's abbreviation: three letters or more, or anything in `<>`.
    mutating func skipName() -> Bool {
        if skip("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[(end + 1)...]
            return true
        }
        let name = rest.prefix { (65...90).contains($0) || (97...122).contains($0) }
        rest = rest.dropFirst(name.count)
        return name.count >= 3
    }

    mutating func number(upTo limit: Int) -> Int? {
        let digits = rest.prefix { (48...57).contains($0) }
        guard (1...3).contains(digits.count) else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        rest = rest.dropFirst(digits.count)
        return value <= limit ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(hours limit: Int) -> Int? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard var seconds = number(upTo: limit).map({ $0 * 3600 }) else { return nil }
        for unit in [60, 1] {
            guard skip(":") else { break }
            guard let value = number(upTo: 59) else { return nil }
            seconds += value * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// `Jn`, `n` or `Mm.w.d`, and `/time` (02:00 without it).
    mutating func moment() -> ZoneRule.Moment? {
        let day: ZoneRule.Moment.Day
        if skip("J") {
            guard let number = number(upTo: 365), number > 0 else { return nil }
            day = .julian(number)
        } else if skip("M") {
            guard let month = number(upTo: 12), month > 0, skip("."), let week = number(upTo: 5), week > 0, skip("."),
                let weekday = number(upTo: 6)
            else { return nil }
            day = .weekday(month: month, week: week, weekday: weekday)
        } else {
            guard let number = number(upTo: 365) else { return nil }
            day = .ordinal(number)
        }
        guard skip("/") else { return .init(day: day, time: 7200) }
        guard let time = time(hours: 167) else { return nil }
        return .init(day: day, time: time)
    }
}
