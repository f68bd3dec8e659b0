// What the machine could not do with a text.

/// Why a text was not rendered at all; what is merely removed from it is reported beside the result.
package struct MarkupError: Error, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable { case tooLarge, unreadable }
    package let code: Code
    package let subject: String
    package let detail: String
    package let cause: (any Error)?

    /// A failure to be thrown.
    package init(_ code: Code, subject: String, detail: String, cause: (any Error)? = nil) {
        self.code = code
        self.subject = subject
        self.detail = detail
        self.cause = cause
    }

    package var description: String { "\(subject): \(detail)" }

    /// Longest text that is taken, in bytes; rendered HTML may have twice as many.
    static let longest = 4 << 20

    static func check(_ text: String, subject: String, limit: Int = longest) throws(MarkupError) {
        guard text.utf8.count <= limit else {
            throw MarkupError(.tooLarge, subject: subject, detail: "the text is longer than \(limit >> 20) MiB; shorten it or publish it as a file")
        }
    }
}
