// Dates and times from bytes, in the forms in which people and programs write them.
import Vocabulary

/// A day or a wall-clock time, as one number that sorts as time does.
struct Moment {
    /// Forms that one column does not mix.
    enum Family { case iso, quarter, dotted, yearSlash, slash, dash }

    let family: Family
    /// `3/8/2026` read as 3 August; 0 when there is no such day.
    var dayFirst: Int64
    /// `3/8/2026` read as March 8; 0 when there is no such day. The same for forms with one reading.
    var monthFirst: Int64
    var hasTime = false
    /// Whether it says a month or a quarter and no day.
    var isMonth = false

    private init(_ family: Family, _ packed: Int64, isMonth: Bool = false) {
        self.family = family
        dayFirst = packed
        monthFirst = packed
        self.isMonth = isMonth
    }

    /// What these bytes say:
    /// - `2026-03-08` or `2026-03`, `2026/03/08`, `2026Q1` or `2026-Q1`, `8.3.2026`, `8/3/2026` or `3/8/2026`, `8-3-2026` or `3-8-2026`;
    /// - but for months and quarters, with `T` or a space and `02:30[:00[.123]][Z|+01:00]` or `2:30 PM`. Fractions of a second are dropped, and an offset
    ///   is taken off: the clock is shown as it was written.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Moment? {
        guard bytes.count >= 6, bytes.count <= 40, bytes[0] &- 48 < 10 else { return nil }
        guard let year = digits(bytes, 0, 4) else { return dayOrMonthFirst(bytes) }
        switch bytes[4] {
        case UInt8(ascii: "-"), UInt8(ascii: "/"):
            let family = bytes[4] == UInt8(ascii: "-") ? Family.iso : .yearSlash
            if bytes.count == 7, bytes[5] | 32 == UInt8(ascii: "q") { return quarter(year, bytes[6]) }
            guard let month = digits(bytes, 5, 2), month &- 1 < 12 else { return nil }
            if bytes.count == 7 { return family == .iso ? Moment(.iso, packed(year, month, 1), isMonth: true) : nil }
            guard bytes.count >= 10, bytes[7] == bytes[4], let day = digits(bytes, 8, 2), isDay(day, month, year) else { return nil }
            return Moment(family, packed(year, month, day)).with(bytes, from: 10)
        case UInt8(ascii: "Q"), UInt8(ascii: "q"): return bytes.count == 6 ? quarter(year, bytes[5]) : nil
        case 32: return bytes.count == 7 && bytes[5] | 32 == UInt8(ascii: "q") ? quarter(year, bytes[6]) : nil
        default: return nil
        }
    }

    private static func quarter(_ year: Int, _ digit: UInt8) -> Moment? {
        guard (49...52).contains(digit) else { return nil }
        return Moment(.quarter, packed(year, Int(digit - 49) * 3 + 1, 1), isMonth: true)
    }

    private static func dayOrMonthFirst(_ bytes: UnsafeBufferPointer<UInt8>) -> Moment? {
        var index = bytes[1] &- 48 < 10 ? 2 : 1
        guard let first = digits(bytes, 0, index) else { return nil }
        let sign = bytes[index]
        let family: Family
        switch sign {
        case UInt8(ascii: "."): family = .dotted
        case UInt8(ascii: "/"): family = .slash
        case UInt8(ascii: "-"): family = .dash
        default: return nil
        }
        index += 1
        let length = index + 1 < bytes.count && bytes[index + 1] &- 48 < 10 ? 2 : 1
        guard let second = digits(bytes, index, length) else { return nil }
        index += length
        guard index < bytes.count, bytes[index] == sign, let year = digits(bytes, index + 1, 4) else { return nil }
        var moment = Moment(family, isDay(first, second, year) ? packed(year, second, first) : 0)
        if family != .dotted { moment.monthFirst = isDay(second, first, year) ? packed(year, first, second) : 0 }
        guard moment.dayFirst != 0 || moment.monthFirst != 0 else { return nil }
        return moment.with(bytes, from: index + 5)
    }

    /// The day with the time that follows it.
    private func with(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Moment? {
        if start == bytes.count { return self }
        guard bytes[start] == UInt8(ascii: "T") || bytes[start] == 32 else { return nil }
        var index = start + 1
        let length = family != .iso && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: ":") ? 1 : 2
        guard var hour = Moment.digits(bytes, index, length), hour < 24 else { return nil }
        index += length
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":"), let minute = Moment.digits(bytes, index + 1, 2), minute < 60 else { return nil }
        index += 3
        var second = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: ":") {
            guard let value = Moment.digits(bytes, index + 1, 2), value < 61 else { return nil }
            second = min(value, 59)
            index += 3
            if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
                index += 1
                let fraction = index
                while index < bytes.count, bytes[index] &- 48 < 10 { index += 1 }
                guard index > fraction else { return nil }
            }
        }
        if bytes.count - index == 3, bytes[index] == 32, bytes[index + 2] | 32 == UInt8(ascii: "m") {
            guard (1...12).contains(hour) else { return nil }
            switch bytes[index + 1] | 32 {
            case UInt8(ascii: "a"): hour %= 12
            case UInt8(ascii: "p"): hour = hour % 12 + 12
            default: return nil
            }
        } else if !Moment.isOffset(bytes, from: index) {
            return nil
        }
        var moment = self
        let time = Int64(hour << 12 | minute << 6 | second)
        if dayFirst != 0 { moment.dayFirst |= time }
        if monthFirst != 0 { moment.monthFirst |= time }
        moment.hasTime = true
        return moment
    }

    private static func isOffset(_ bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Bool {
        let left = bytes.count - index
        if left == 0 || left == 1 && bytes[index] == UInt8(ascii: "Z") { return true }
        guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"), digits(bytes, index + 1, 2) != nil else { return false }
        switch left {
        case 3: return true
        case 5: return digits(bytes, index + 3, 2) != nil
        case 6: return bytes[index + 3] == 58 && digits(bytes, index + 4, 2) != nil
        default: return false
        }
    }

    private static func isDay(_ day: Int, _ month: Int, _ year: Int) -> Bool {
        month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= LocalDate.days(inMonth: month, of: year))
    }

    @inline(__always)
    private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
        guard start + count <= bytes.count else { return nil }
        var value = 0
        for index in start..<(start + count) {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }

    private static func packed(_ year: Int, _ month: Int, _ day: Int) -> Int64 { Int64(year << 26 | month << 22 | day << 17) }

    /// The number that sorts as this time does.
    static func packed(_ time: LocalTime) -> Int64 {
        packed(time.date.year, time.date.month, time.date.day) | Int64(time.hour << 12 | time.minute << 6 | time.second)
    }

    /// The day of a packed moment.
    static func date(_ packed: Int64) -> LocalDate {
        LocalDate(year: Int(packed >> 26), month: Int(packed >> 22 & 15), day: Int(packed >> 17 & 31))
    }

    /// The wall-clock time of a packed moment.
    static func time(_ packed: Int64) -> LocalTime {
        LocalTime(date: date(packed), hour: Int(packed >> 12 & 31), minute: Int(packed >> 6 & 63), second: Int(packed & 63))
    }
}
