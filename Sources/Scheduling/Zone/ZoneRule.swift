// The rule that holds after a zone file's last transition: a POSIX TZ string.
import Vocabulary

/// A POSIX TZ string (POSIX.1-2017, section 8.3, with the hours from -167 to 167 of RFC 9636, section 3.3.2): `EST5EDT,M3.2.0,M11.1.0`.
struct ZoneRule: Sendable {
    /// A day of each year, and a wall-clock time on it.
    struct Moment {
        enum Day {
            /// 1 to 365, where 29 February never counts.
            case julian(Int)
            /// 0 to 365, where it does.
            case ordinal(Int)
            /// The `week`th (5: the last) weekday (0: Sunday) of a month.
            case weekday(month: Int, week: Int, weekday: Int)
        }
        let day: Day
        /// Seconds after midnight; may be negative or beyond the day.
        let time: Int

        /// The moment in a year, in seconds as if its wall clock showed UTC.
        func seconds(in year: Int) -> Int64 {
            let days: Int
            switch day {
            case .julian(let number):
                let newYear = LocalDate(year: year, month: 1, day: 1).daysSinceEpoch
                days = newYear + number - 1 + (LocalDate.isLeap(year) && number > 59 ? 1 : 0)
            case .ordinal(let number):
                days = LocalDate(year: year, month: 1, day: 1).daysSinceEpoch + number
            case .weekday(let month, let week, let weekday):
                let first = LocalDate(year: year, month: month, day: 1)
                var number = (weekday - first.weekday + 7) % 7 + (week - 1) * 7
                if number >= LocalDate.days(inMonth: month, of: year) { number -= 7 }
                days = first.daysSinceEpoch + number
            }
            return Int64(days) * 86_400 + Int64(time)
        }
    }

    struct Summer {
        let offset: Int
        let start: Moment
        let end: Moment
    }

    let offset: Int
    let summer: Summer?

    /// The offset in force at a second, and when it ends.
    func stretch(at second: Int64) -> TimeZoneRules.Stretch {
        guard let summer else { return .init(offset: offset, end: .max) }
        let (isSummer, next) = state(at: second, summer)
        var end = next
        // Where a summer ends in the second in which the next one starts, nothing changes; a year or two show whether anything ever does.
        for _ in 0..<6 {
            let (then, after) = state(at: end, summer)
            if then != isSummer { return .init(offset: isSummer ? summer.offset : offset, end: end) }
            end = after
        }
        return .init(offset: isSummer ? summer.offset : offset, end: .max)
    }

    /// Whether it is summer at a second, and the next second at which a summer starts or ends.
    private func state(at second: Int64, _ summer: Summer) -> (isSummer: Bool, next: Int64) {
        let year = LocalTime(secondsAsUTC: second).date.year
        var last = (second: Int64.min, isSummer: false)
        var next = Int64.max
        for year in (year - 1)...(year + 1) {
            let start = summer.start.seconds(in: year) - Int64(offset)
            let end = summer.end.seconds(in: year) - Int64(summer.offset)
            // A start wins over an end in the same second.
            for (moment, isSummer) in [(end, false), (start, true)] {
                if moment <= second { if moment > last.second || (moment == last.second && isSummer) { last = (moment, isSummer) } }
                else if moment < next { next = moment }
            }
        }
        return (last.isSummer, next)
    }
}
