// A date and time on a wall clock, without a zone.

/// A day of the proleptic Gregorian calendar.
package struct LocalDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int

    /// The day with these fields, which the caller has checked.
    package init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day this many days after 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
    package init(daysSinceEpoch days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01 (Hinnant, days_from_civil).
    package var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// 0 is Sunday, 6 is Saturday.
    package var weekday: Int { ((daysSinceEpoch % 7) + 11) % 7 }

    /// Whether a year has a 29 February.
    package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// Days in a month, 28 to 31.
    package static func days(inMonth month: Int, of year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31)
    }

    /// The day written `2026-03-08`, or nil when there is no such day.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45, let year = LocalTime.number(bytes[0..<4]),
            let month = LocalTime.number(bytes[5..<7]), let day = LocalTime.number(bytes[8..<10]),
            (1...12).contains(month), day >= 1, day <= LocalDate.days(inMonth: month, of: year)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `2026-03-08`.
    package var description: String {
        LocalTime.padded(year, 4) + "-" + LocalTime.padded(month, 2) + "-" + LocalTime.padded(day, 2)
    }

    package static func < (left: LocalDate, right: LocalDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

/// A date and a time of day on a wall clock, to the second.
package struct LocalTime: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let date: LocalDate
    package let hour: Int
    package let minute: Int
    package let second: Int

    package init(date: LocalDate, hour: Int, minute: Int, second: Int = 0) {
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// What a clock at this offset from UTC (seconds) shows at an instant.
    package init(_ instant: Instant, offset: Int) { self.init(secondsAsUTC: instant.seconds + Int64(offset)) }

    /// The wall-clock time that UTC shows this many seconds after the epoch.
    package init(secondsAsUTC seconds: Int64) {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1
        let rest = Int(seconds - days * 86_400)
        self.init(date: LocalDate(daysSinceEpoch: Int(days)), hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60)
    }

    /// Seconds since the epoch if this were UTC.
    package var secondsAsUTC: Int64 { Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second) }

    /// The time written `2026-03-08T02:30:00` (a space is accepted for the T), or nil.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 19, bytes[10] == 84 || bytes[10] == 116 || bytes[10] == 32, bytes[13] == 58, bytes[16] == 58,
            let date = LocalDate(String(decoding: bytes[0..<10], as: UTF8.self)), let hour = LocalTime.number(bytes[11..<13]),
            let minute = LocalTime.number(bytes[14..<16]), let second = LocalTime.number(bytes[17..<19]),
            hour < 24, minute < 60, second < 61
        else { return nil }
        self.init(date: date, hour: hour, minute: minute, second: min(second, 59))
    }

    /// `2026-03-08T02:30:00`.
    package var description: String {
        date.description + "T" + LocalTime.padded(hour, 2) + ":" + LocalTime.padded(minute, 2) + ":" + LocalTime.padded(second, 2)
    }

    package static func < (left: LocalTime, right: LocalTime) -> Bool { left.secondsAsUTC < right.secondsAsUTC }

    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(abs(value))
        return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

extension LocalTime: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let time = LocalTime(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a local time"))
        }
        self = time
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
