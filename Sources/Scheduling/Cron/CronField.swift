// The five fields of a cron expression.

/// One of the five fields: its values and what they are called.
enum CronField: Int, CaseIterable {
    case minute, hour, day, month, weekday

    /// The values that may be written.
    var values: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .day: 1...31
        case .month: 1...12
        case .weekday: 0...7
        }
    }

    /// Three-letter names, the first of them for the value `nameStart`.
    var names: [String] {
        switch self {
        case .minute, .hour, .day: []
        case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        }
    }

    var nameStart: Int { self == .month ? 1 : 0 }

    /// What people call the values, in the plural.
    var title: String {
        switch self {
        case .minute: "minutes"
        case .hour: "hours"
        case .day: "days of the month"
        case .month: "months"
        case .weekday: "weekdays"
        }
    }
}

/// The values that a field selects.
struct CronSet: Hashable, Sendable {
    /// Bit n is set when the value n is selected; Sunday is 0 only.
    var bits: UInt64 = 0
    /// The field begins with `*`, so the day fields do not count it as restricted.
    var isStar = false
    /// The field holds `*` or a step.
    var isWild = false
    /// Day of the month: the last one, whichever it is.
    var hasLastDay = false
    /// For the first to fifth week of a month: bits of its weekdays.
    var nth: [UInt8] = []
    /// Bits of the weekdays of which the last in a month is selected.
    var lastWeekdays: UInt8 = 0
}
