// What rendering could not do.

/// The machine's trouble with templates, assets or the bytes behind a page; what people wrote wrongly are diagnostics.
package struct RenderingError: Error, CustomStringConvertible {
    /// Kinds of trouble.
    package enum Code: String, Sendable {
        /// A built-in template or the asset folder is missing or broken: the installation is damaged.
        case installation
        /// The record points at something that is not there.
        case inconsistent
    }
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
