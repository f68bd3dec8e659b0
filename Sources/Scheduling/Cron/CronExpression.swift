// A cron expression: which local minutes it selects, and the next of them.
import Vocabulary

/// A cron expression of five fields as cronie reads them, with `L`, `n#k` and `nL`, or one of six presets. It knows local time only.
package struct CronExpression: Hashable, Sendable, CustomStringConvertible {
    /// As five fields with single spaces; a preset as what it stands for.
    package let description: String
    /// Whether the hour field holds `*` or a step: such hours follow elapsed time through a change of the clocks.
    package let hasWildHours: Bool

    private let minutes: UInt64
    private let hours: UInt64
    private let months: UInt64
    private let days: CronSet
    private let weekdays: CronSet

    init(description: String, fields: [CronField: CronSet]) {
        self.description = description
        minutes = fields[.minute]?.bits ?? 0
        hours = fields[.hour]?.bits ?? 0
        hasWildHours = fields[.hour]?.isWild ?? false
        months = fields[.month]?.bits ?? 0
        days = fields[.day] ?? CronSet()
        weekdays = fields[.weekday] ?? CronSet()
    }

    /// The first selected minute at or after a second, both as seconds since 1970 by the wall clock; nil when there is none within 400 years, in which
    /// the calendar repeats, and so never.
    func next(atOrAfter second: Int64) -> Int64? {
        let minute = floorDivided(second + 59, by: 60)
        let day = floorDivided(minute, by: 1440)
        let today = LocalDate(daysSinceEpoch: Int(day))
        if months >> UInt64(today.month) & 1 == 1, dayBits(of: today.month, in: today.year) >> UInt64(today.day) & 1 == 1,
            let time = time(atOrAfter: Int(minute - day * 1440))
        {
            return (day * 1440 + Int64(time)) * 60
        }
        guard let date = date(atOrAfter: LocalDate(daysSinceEpoch: Int(day) + 1)), let time = time(atOrAfter: 0) else { return nil }
        return Int64(date.daysSinceEpoch) * 86_400 + Int64(time * 60)
    }

    /// The first selected minute of a day at or after this one.
    private func time(atOrAfter minute: Int) -> Int? {
        let hour = minute / 60
        if hours >> UInt64(hour) & 1 == 1, let found = minutes.firstBit(from: minute % 60) { return hour * 60 + found }
        guard let next = hours.firstBit(from: hour + 1), let first = minutes.firstBit(from: 0) else { return nil }
        return next * 60 + first
    }

    private func date(atOrAfter date: LocalDate) -> LocalDate? {
        var (month, day) = (date.month, date.day)
        for year in date.year...(date.year + 400) {
            while let found = months.firstBit(from: month) {
                if found != month { day = 1 }
                if let day = dayBits(of: found, in: year).firstBit(from: day) { return LocalDate(year: year, month: found, day: day) }
                (month, day) = (found + 1, 1)
            }
            (month, day) = (1, 1)
        }
        return nil
    }

    /// The selected days of a month: bit n for day n.
    private func dayBits(of month: Int, in year: Int) -> UInt64 {
        let length = LocalDate.days(inMonth: month, of: year)
        let all = (UInt64(1) << UInt64(length + 1)) - 2
        let byDay = (days.bits | (days.hasLastDay ? 1 << UInt64(length) : 0)) & all
        let first = LocalDate(year: year, month: month, day: 1).weekday
        var byWeekday: UInt64 = 0
        for weekday in 0..<7 {
            let day = (weekday - first + 7) % 7 + 1
            if weekdays.bits >> UInt64(weekday) & 1 == 1 { byWeekday |= 0b1_0000001_0000001_0000001_0000001 << UInt64(day) }
            if weekdays.lastWeekdays >> UInt8(weekday) & 1 == 1 { byWeekday |= 1 << UInt64(day + (length - day) / 7 * 7) }
            for (week, bits) in weekdays.nth.enumerated() where bits >> UInt8(weekday) & 1 == 1 { byWeekday |= 1 << UInt64(day + week * 7) }
        }
        byWeekday &= all
        return days.isStar || weekdays.isStar ? byDay & byWeekday : byDay | byWeekday
    }
}

extension UInt64 {
    /// The lowest bit that is set at or above a position.
    fileprivate func firstBit(from position: Int) -> Int? {
        guard position < 64 else { return nil }
        let rest = self >> UInt64(position)
        return rest == 0 ? nil : position + rest.trailingZeroBitCount
    }
}

private func floorDivided(_ value: Int64, by divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : (value + 1) / divisor - 1
}
