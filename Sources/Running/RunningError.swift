// What the machine could not do for an attempt.
package import Vocabulary

/// Why an attempt could not be prepared, launched or collected. `detail` is a sentence for people, without a full stop at its end.
package struct RunningError: Error, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Code: String, Sendable {
        case environmentFailed, launchFailed, inputUnavailable, storageFailed, badReceipt
    }
    package let code: Code
    /// What it was about: a path inside the data folder, an input's or an interpreter's name.
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

    /// The word under which an attempt that met this error is recorded.
    package var reason: FailureReason {
        switch code {
        case .environmentFailed: .environmentFailed
        case .launchFailed, .badReceipt: .launchFailed
        case .inputUnavailable: .inputUnavailable
        case .storageFailed: .storageFailed
        }
    }
}
