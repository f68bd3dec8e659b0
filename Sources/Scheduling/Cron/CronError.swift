// What is wrong with a cron expression, for the person who wrote it.

/// What is wrong with a cron expression, where, and what to write instead.
package struct CronError: Error, Hashable, CustomStringConvertible {
    /// A sentence without a full stop.
    package let message: String
    /// What to write instead: `write 0-23`.
    package let suggestion: String
    /// From 1, in characters of the expression.
    package let column: Int

    package var description: String { "column \(column): \(message); \(suggestion)" }
}
