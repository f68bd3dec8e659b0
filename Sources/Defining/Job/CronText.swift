// The one place where Defining asks Scheduling about a cron expression.
internal import Scheduling
internal import Vocabulary

/// Checks cron expressions.
enum CronText {
    /// What is wrong with an expression and what to write, with the column in it from 1; nil when it is good.
    static func problem(in text: String) -> (message: String, suggestion: String?, column: Int?)? {
        let fields = text.split { $0 == " " || $0 == "\t" }
        if text.hasPrefix("@") || fields.count == 5 { return nil }
        return ("a cron expression has five fields, not \(fields.count)", "write it like `0 6 * * *`", 1)
    }
}
