// What the scheduling room could not read.

/// Zone data that cannot be used. A bad cron string is a `CronError`: a person wrote it.
package struct SchedulingError: Error, CustomStringConvertible {
    /// `notZoneData`: no TZif file; `damagedZoneData`: one that is cut off or out of order; `badZoneRule`: its POSIX rule cannot be read.
    package enum Code: String, Sendable { case notZoneData, damagedZoneData, badZoneRule }
    package let code: Code
    package let subject: String
    package let detail: String
    package let cause: (any Error)?

    init(_ code: Code, subject: String = "time zone file", detail: String) {
        self.code = code
        self.subject = subject
        self.detail = detail
        cause = nil
    }

    package var description: String { "\(subject): \(detail)" }
}
