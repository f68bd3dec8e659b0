// What the database could not do, or would not accept.

/// What the database could not do, or would not accept.
package struct RecordingError: Error, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Code: String, Sendable {
        /// Another row holds what must be unique; `subject` names it.
        case conflict
        case notFound
        /// The guard of a write did not hold: the run is no longer in that state, another attempt took over.
        case stale
        /// The database is newer than this program, or not one of ours.
        case schema
        /// The database did not answer or could not write: the machine's trouble.
        case unavailable
        /// There is no room to write.
        case diskFull
        /// The database could not read or write what is its own: nothing that it says can be relied on in this process any more.
        case broken
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
