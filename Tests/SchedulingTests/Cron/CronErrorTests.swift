// Expressions that are refused: where, why, and what to write.
import Scheduling
import Testing

@Suite struct CronErrorTests {
    static let cases: [(String, Int, String, String)] = [
        ("", 1, "there is nothing here", "write five fields, such as 0 6 * * 1-5"),
        ("0 6 * *", 8, "there are 4 fields where five are needed", "write minute, hour, day of the month, month and weekday, such as 0 6 * * 1-5"),
        ("0 24 * * *", 3, "hours go from 0 to 23, and 24 is not among them", "write 0"),
        ("60 6 * * *", 1, "minutes go from 0 to 59, and 60 is not among them", "write 0"),
        ("0 6 0 * *", 5, "days of the month go from 1 to 31, and 0 is not among them", "write a number from 1 to 31"),
        ("0 6 1,32 * *", 7, "days of the month go from 1 to 31, and 32 is not among them", "write a number from 1 to 31"),
        ("0 6 * 13 *", 7, "months go from 1 to 12, and 13 is not among them", "write a number from 1 to 12"),
        ("0 6 * * 8", 9, "weekdays go from 0 to 7, and 8 is not among them", "write a number from 0 to 7"),
        ("0 6 * * Monday", 9, "Monday is none of the weekdays", "write mon"),
        ("0 6 * * mo", 9, "mo is none of the weekdays", "write *, or a number from 0 to 7 or a name such as mon"),
        ("0 6pm * * *", 3, "6pm is none of the hours", "write *, or a number from 0 to 23"),
        ("0 22-4 * * *", 3, "the range 22-4 runs backwards", "write 22-23,0-4"),
        ("0 6 * * sat-sun", 9, "the range sat-sun runs backwards", "write 6-7"),
        ("0 6 * * fri-mon", 9, "the range fri-mon runs backwards", "write 5-6,0-1"),
        ("5/15 * * * *", 1, "a step needs a range to step through", "write 5-59 before the /"),
        ("*/0 * * * *", 3, "after / stands a step of 1 or more", "write a number, such as */15"),
        ("*/x * * * *", 3, "after / stands a step of 1 or more", "write a number, such as */15"),
        ("*/5/2 * * * *", 4, "there is more than one / in */5/2", "write one step, such as */15"),
        ("1,,2 * * * *", 3, "a value is missing beside the comma", "remove the comma, or write a value"),
        ("1- * * * *", 3, "a value is missing", "write *, or a number from 0 to 59"),
        ("1-2-3 * * * *", 1, "1-2-3 is not a range", "write two values, such as 0-3"),
        ("0 6 ? * 1", 5, "? is written for Quartz; cron has no such sign", "write * in its place"),
        ("0~30 6 * * *", 1, "a time at random is not kept", "write one value, and use the key jitter to spread jobs"),
        ("0 6 15W * *", 5, "of the signs for days only L alone, the last day of the month, is known", "write L or a day from 1 to 31"),
        ("0 6 * * 1#6", 9, "after # stands which one of the month is meant, 1 to 5", "write 1#2 for the second Monday"),
        ("0 6 * * L", 9, "L alone says nothing of the week", "write 6 for every Saturday, or 5L for the last Friday of the month"),
        ("@annually", 1, "@annually is not known", "write @yearly"),
        ("@every 5m", 8, "nothing may follow @every", "remove the rest"),
        ("@daily 6", 8, "nothing may follow @daily", "remove the rest"),
        ("0 6 * * 99999999999999999999", 9, "weekdays go from 0 to 7, and 99999999999999999999 is not among them", "write a number from 0 to 7"),
    ]

    @Test(arguments: cases) func `What is wrong is said with its column and what to write`(
        text: String, column: Int, message: String, suggestion: String
    ) throws {
        let error = try #require(throws: CronError.self) { try CronExpression(text) }
        #expect(error.column == column)
        #expect(error.message == message)
        #expect(error.suggestion == suggestion)
    }

    static let quartz: [(String, String)] = [
        ("0 30 6 * * ?", "write 30 6 * * *"),
        ("0 30 6 ? * 2-6", "write 30 6 * * 1-5"),
        ("0 30 6 ? * MON-FRI *", "write 30 6 * * MON-FRI"),
        ("0 0/15 8-17 ? * 1,7", "write */15 8-17 * * 0,6"),
        ("0 5/20 * * * ?", "write 5-59/20 * * * *"),
        ("0 0 6 ? * 6L", "write 0 6 * * 5L"),
        ("0 0 6 ? * 2#1", "write 0 6 * * 1#1"),
        ("0 0 6 ? * L", "write 0 6 * * 6"),
        ("0 0 6 L * ?", "write 0 6 L * *"),
        ("0 0 6 ? * 2/2", "write 0 6 * * 1-6/2"),
        ("*/10 * * * * ?", "write * * * * * (there are no seconds)"),
        ("0 0 6 1 1 ? 2027", "write 0 6 1 1 * (there is no year)"),
        ("0 0 6 15W * ?", "write minute, hour, day of the month, month and weekday, such as 0 6 * * 1-5"),
        ("0 0 6 ? * 0", "write minute, hour, day of the month, month and weekday, such as 0 6 * * 1-5"),
    ]

    @Test(arguments: quartz) func `Six and seven fields are refused with the five that mean the same`(text: String, suggestion: String) throws {
        let error = try #require(throws: CronError.self) { try CronExpression(text) }
        #expect(error.message.contains("Quartz"))
        #expect(error.suggestion == suggestion)
    }

    @Test func `No text is too strange to be read or refused`() {
        var generator = SeededGenerator(seed: 3)
        let signs = Array("0123456789*/,-#L?W~@ \tsunmonjé\u{301}\r\n")
        for _ in 0..<5000 {
            let text = String((0..<Int.random(in: 0...20, using: &generator)).map { _ in signs.randomElement(using: &generator).unsafelyUnwrapped })
            do { _ = try CronExpression(text) } catch {
                #expect(error.column >= 1 && error.column <= text.count + 1)
            }
        }
    }
}
