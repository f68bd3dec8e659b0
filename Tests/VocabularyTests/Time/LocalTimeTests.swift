// Days and wall-clock times.
import Testing
import Vocabulary

@Suite struct LocalTimeTests {
    @Test func `Days count without a gap, with their weekday, over eight centuries`() {
        var (year, month, day) = (1599, 12, 31)
        for days in -135_141...157_000 {
            let date = LocalDate(daysSinceEpoch: days)
            if date != LocalDate(year: year, month: month, day: day) || date.daysSinceEpoch != days || date.weekday != (days + 135_141 + 5) % 7 {
                Issue.record("\(days) is \(date), expected \(year)-\(month)-\(day)")
                return
            }
            day += 1
            if day > LocalDate.days(inMonth: month, of: year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test(arguments: [(1900, false), (2000, true), (2024, true), (2026, false), (2100, false), (2400, true)])
    func `Leap years are those of the Gregorian calendar`(year: Int, isLeap: Bool) {
        #expect(LocalDate.isLeap(year) == isLeap)
        #expect(LocalDate.days(inMonth: 2, of: year) == (isLeap ? 29 : 28))
        #expect((LocalDate("\(year)-02-29") != nil) == isLeap)
    }

    @Test(arguments: ["", "2026-3-8", "2026-00-01", "2026-13-01", "2026-04-31", "2026-01-00", "2026/01/01", "+026-01-01", "2026-01-011"])
    func `What is no day is refused`(text: String) { #expect(LocalDate(text) == nil) }

    @Test func `A time is read and written`() throws {
        let time = try #require(LocalTime("2026-03-08T02:30:05"))
        #expect((time.hour, time.minute, time.second) == (2, 30, 5))
        #expect(time.description == "2026-03-08T02:30:05")
        #expect(LocalTime("2026-03-08 02:30:05") == time)
        #expect(LocalTime(secondsAsUTC: time.secondsAsUTC) == time)
        #expect(LocalTime(secondsAsUTC: -1).description == "1969-12-31T23:59:59")
        #expect(LocalTime("2026-03-08T24:00:00") == nil)
        #expect(LocalTime("2026-03-08T2:30:05") == nil)
    }
}
