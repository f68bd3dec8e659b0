// What the artifact store could not do, and how the system's error numbers are read.
import Glibc

/// What the store could not do.
package struct ArtifactError: Error, CustomStringConvertible {
    /// `damaged`: the bytes on disk are not those of the digest. `unavailable`: the disk or the file system refused. `diskFull`: no room or no quota.
    package enum Code: String, Sendable { case notFound, damaged, unavailable, diskFull, outOfRange, tooLarge }
    package let code: Code
    /// A digest's first characters, or which part of the store it was about; never a path.
    package let subject: String
    package let detail: String
    package let cause: (any Error)?

    package init(_ code: Code, subject: String, detail: String, cause: (any Error)? = nil) {
        self.code = code
        self.subject = subject
        self.detail = detail
        self.cause = cause
    }

    package var description: String { "artifact \(subject): \(detail)" }

    /// The error that the system reported with `number` (an errno value) when it was asked to do `deed`, such as `write`.
    init(errno number: Int32, deed: String, subject: String) {
        let text = "could not \(deed): \(String(cString: strerror(number)))"
        switch number {
        case ENOSPC, EDQUOT: self.init(.diskFull, subject: subject, detail: text)
        case ENOENT: self.init(.notFound, subject: subject, detail: text)
        default: self.init(.unavailable, subject: subject, detail: text)
        }
    }
}
