// Days and times along an axis.
import Vocabulary

/// A tick of a time axis.
struct TimeTick: Equatable {
    /// Seconds since 1970 on the wall clock.
    let position: Double
    /// `1959`, `Mar`, `3 Nov`, `06:00`.
    let label: String
    /// The year or day that the label belongs to, where it changes.
    var context: String?
}

enum TimeTicks {
    private enum Unit {
        case seconds(Int), days(Int), months(Int), years(Int)

        /// About how many seconds lie between two ticks.
        var length: Double {
            switch self {
            case .seconds(let count): Double(count)
            case .days(let count): Double(count) * 86_400
            case .months(let count): Double(count) * 2_629_746
            case .years(let count): Double(count) * 31_556_952
            }
        }
    }

    private static let units: [Unit] =
        [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200].map(Unit.seconds) + [1, 2, 7, 14].map(Unit.days)
        + [1, 3, 6].map(Unit.months) + [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].map(Unit.years)

    /// Ticks from `low` to `high` in the finest unit that gives at most `maximum`; never finer than days when `wholeDays`.
    static func inside(_ low: Double, _ high: Double, maximum: Int, wholeDays: Bool) -> [TimeTick] {
        for unit in units {
            if wholeDays, case .seconds = unit { continue }
            if (high - low) / unit.length > Double(maximum) + 2 { continue }
            let ticks = ticks(unit, low, high)
            if ticks.count <= maximum { return ticks.isEmpty ? [only(low, wholeDays)] : ticks }
        }
        return [only(low, wholeDays)]
    }

    private static func only(_ position: Double, _ wholeDays: Bool) -> TimeTick {
        let time = LocalTime(secondsAsUTC: Int64(position))
        return wholeDays
            ? TimeTick(position: position, label: DateText.shortDay(time.date))
            : TimeTick(position: position, label: DateText.clock(time), context: DateText.shortDay(time.date))
    }

    private static func ticks(_ unit: Unit, _ low: Double, _ high: Double) -> [TimeTick] {
        var ticks: [TimeTick] = []
        var context: String?
        func add(_ position: Double, _ label: (LocalTime) -> String, _ around: (LocalDate) -> String?) {
            guard position >= low, position <= high else { return }
            let time = LocalTime(secondsAsUTC: Int64(position))
            let here = around(time.date)
            ticks.append(TimeTick(position: position, label: label(time), context: here == context ? nil : here))
            context = here
        }
        func day(_ time: LocalTime) -> String { "\(time.date.day) \(DateText.shortMonth(time.date.month))" }
        let first = LocalTime(secondsAsUTC: Int64(low.rounded(.down))).date
        switch unit {
        case .seconds(let step):
            let step = Double(step)
            var position = (low / step).rounded(.up) * step
            while position <= high {
                add(position, DateText.clock) { "\($0.day) \(DateText.shortMonth($0.month)) \($0.year)" }
                position += step
            }
        case .days(let step):
            // Day 4 of 1970 was the fifth of January, a Monday: weeks begin on Mondays.
            var number = ((first.daysSinceEpoch - 4) / step - 1) * step + 4
            while Double(number) * 86_400 <= high {
                add(Double(number) * 86_400, day) { String($0.year) }
                number += step
            }
        case .months(let step):
            var month = (first.year * 12 + first.month - 1) / step * step
            while true {
                let position = Double(LocalDate(year: month / 12, month: month % 12 + 1, day: 1).daysSinceEpoch) * 86_400
                if position > high { break }
                add(position, { DateText.shortMonth($0.date.month) }) { String($0.year) }
                month += step
            }
        case .years(let step):
            var year = first.year / step * step
            while true {
                let position = Double(LocalDate(year: year, month: 1, day: 1).daysSinceEpoch) * 86_400
                if position > high { break }
                add(position, { String($0.date.year) }) { _ in nil }
                year += step
            }
        }
        return ticks
    }
}
