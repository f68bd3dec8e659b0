// What Credentials could not do.

/// A failure of the machine or of the key file, never a wrong password: that is a plain `false`.
package struct CredentialsError: Error, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Code: String, Sendable {
        /// As many passwords as the queue holds are being checked already.
        case busy
        /// The password hash could not be computed.
        case hashing
        /// The key file is not there and may not be made.
        case keyMissing
        /// The key file may be read by others, is not ours, or is not a key file.
        case keyRefused
        /// The key file could not be read or written.
        case keyUnavailable
    }

    package let code: Code
    /// What it is about: a path, or `password`.
    package let subject: String
    /// A sentence for people, with what to do.
    package let detail: String
    package let cause: (any Error)?

    /// An error about a path or the password.
    package init(_ code: Code, subject: String, detail: String, cause: (any Error)? = nil) {
        self.code = code
        self.subject = subject
        self.detail = detail
        self.cause = cause
    }

    package var description: String { "\(subject): \(detail)" }
}
