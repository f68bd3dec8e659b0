// The one place where Defining asks Scheduling about a cron expression.
internal import Scheduling

/// Checks cron expressions.
enum CronText {
    /// What is wrong with an expression and what to write, with the column in it from 1; nil when it is good.
    static func problem(in text: String) -> (message: String, suggestion: String?, column: Int?)? {
        do throws(CronError) {
            _ = try CronExpression(text)
            return nil
        } catch {
            return (error.message, error.suggestion, error.column)
        }
    }
}
