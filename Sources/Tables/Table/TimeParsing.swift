// Dates and times from bytes.
import Vocabulary

enum TimeParsing {
    /// The day written `2026-03-08`, or the first day of a month written `2026-03`.
    static func date(_ bytes: UnsafeBufferPointer<UInt8>) -> LocalDate? {
        guard bytes.count == 10 || bytes.count == 7, bytes[4] == 45, let year = digits(bytes, 0, 4), let month = digits(bytes, 5, 2),
            (1...12).contains(month)
        else { return nil }
        if bytes.count == 7 { return LocalDate(year: year, month: month, day: 1) }
        guard bytes[7] == 45, let day = digits(bytes, 8, 2), day >= 1, day <= LocalDate.days(inMonth: month, of: year) else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }

    /// The wall-clock time written `2026-03-08T02:30[:00[.123]][Z|+01:00]`, the T or a space; a day alone is its midnight. Fractions of a
    /// second are dropped, and an offset is taken off: the clock is shown as it was written.
    static func time(_ bytes: UnsafeBufferPointer<UInt8>) -> LocalTime? {
        if bytes.count == 10 { return date(bytes).map { LocalTime(date: $0, hour: 0, minute: 0) } }
        guard bytes.count >= 16, bytes[10] == 84 || bytes[10] == 32, bytes[13] == 58,
            let date = date(UnsafeBufferPointer(rebasing: bytes[..<10])), let hour = digits(bytes, 11, 2), hour < 24,
            let minute = digits(bytes, 14, 2), minute < 60
        else { return nil }
        var index = 16
        var second = 0
        if index < bytes.count, bytes[index] == 58 {
            guard let value = digits(bytes, 17, 2), value < 61 else { return nil }
            second = min(value, 59)
            index = 19
            if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
                index += 1
                let start = index
                while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
                guard index > start else { return nil }
            }
        }
        guard isOffset(bytes, from: index) else { return nil }
        return LocalTime(date: date, hour: hour, minute: minute, second: second)
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

    private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
        guard start + count <= bytes.count else { return nil }
        var value = 0
        for index in start..<(start + count) {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }
}
