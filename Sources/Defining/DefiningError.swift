// What the machine could not do while Defining read; what people got wrong are diagnostics instead.

/// A failure of the machine: a folder that cannot be opened.
package struct DefiningError: Error, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable { case notFound, unreadable }
    package let code: Code
    /// Path that was meant.
    package let subject: String
    package let detail: String
    package let cause: (any Error)?

    package init(_ code: Code, subject: String, detail: String, cause: (any Error)? = nil) {
        self.code = code
        self.subject = subject
        self.detail = detail
        self.cause = cause
    }

    package var description: String { "\(subject): \(detail)" }
}
