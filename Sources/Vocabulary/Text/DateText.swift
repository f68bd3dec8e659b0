// Days and times as people read them.

/// Writes days and times for people, in English.
package enum DateText {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// `3 November 2026`.
    package static func day(_ date: LocalDate) -> String { "\(date.day) \(months[date.month - 1]) \(date.year)" }

    /// `3 Nov 2026`.
    package static func shortDay(_ date: LocalDate) -> String { "\(date.day) \(shortMonth(date.month)) \(date.year)" }

    /// `Tuesday, 3 November 2026`.
    package static func longDay(_ date: LocalDate) -> String { "\(weekdays[date.weekday]), \(day(date))" }

    /// `March 1959`.
    package static func month(_ date: LocalDate) -> String { "\(months[date.month - 1]) \(date.year)" }

    /// `Mar`, for a month from 1.
    package static func shortMonth(_ month: Int) -> String { String(months[month - 1].prefix(3)) }

    /// `14:05`, with seconds when there are any.
    package static func clock(_ time: LocalTime) -> String {
        let minutes = LocalTime.padded(time.hour, 2) + ":" + LocalTime.padded(time.minute, 2)
        return time.second == 0 ? minutes : minutes + ":" + LocalTime.padded(time.second, 2)
    }

    /// `3 November 2026, 14:05`.
    package static func time(_ time: LocalTime) -> String { "\(day(time.date)), \(clock(time))" }

    /// The days of a column: months when each is the first of its month (`March 1959`), days otherwise.
    package static func column(_ dates: [LocalDate?]) -> [String?] {
        let monthly = dates.allSatisfy { $0 == nil || $0?.day == 1 } && dates.contains { $0?.month != 1 && $0 != nil }
        return dates.map { $0.map(monthly ? month : day) }
    }
}
