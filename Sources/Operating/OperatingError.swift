// What the services could not do.

/// What the engine could not do.
package struct OperatingError: Error, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Code: String, Sendable { case dataFolder, workspace, broken }
    package let code: Code
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
