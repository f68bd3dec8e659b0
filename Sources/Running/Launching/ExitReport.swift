// How a process ended, as its supervisor wrote it down.
package import Vocabulary

/// The end of a launched process.
package struct ExitReport: Sendable, Hashable, Codable {
    /// nil when a signal ended it or it never started.
    package let status: Int?
    package let signal: Int?
    /// nil when the process ended with status 0, or was cancelled.
    package let reason: FailureReason?
    package let wasCancelled: Bool
    /// The supervisor's sentence, when it has more to say than status and signal.
    package let message: String?
    package let startedAt: Instant
    package let endedAt: Instant
    package let resources: ResourceUse
    /// Whether the middle of the log was left out.
    package let logTruncated: Bool
    package let logBytes: Int64
    /// Processes that were still there when the main one had ended.
    package let leftoverProcesses: Int
    /// What held which limit, in words; nil = there was no limit.
    package let limits: String?

    package init(
        status: Int?, signal: Int?, reason: FailureReason?, wasCancelled: Bool = false, message: String? = nil, startedAt: Instant, endedAt: Instant,
        resources: ResourceUse = ResourceUse(), logTruncated: Bool = false, logBytes: Int64 = 0, leftoverProcesses: Int = 0, limits: String? = nil
    ) {
        self.status = status
        self.signal = signal
        self.reason = reason
        self.wasCancelled = wasCancelled
        self.message = message
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.resources = resources
        self.logTruncated = logTruncated
        self.logBytes = logBytes
        self.leftoverProcesses = leftoverProcesses
        self.limits = limits
    }

    /// Whether the process says that its outputs are complete.
    package var isSuccess: Bool { status == 0 && reason == nil && !wasCancelled }

    /// Why it failed, for people: `The process ended with exit status 3.` Nil for a success.
    package var sentence: String? {
        if isSuccess { return nil }
        if wasCancelled { return "The run was cancelled." }
        switch reason {
        case .exitCode: return "The process ended with exit status \(status ?? -1)."
        case .signal: return "The process was ended by signal \(signal ?? 0)\(ExitReport.names[signal ?? 0].map { " (\($0))" } ?? "")."
        default:
            guard let message, let first = message.first else { return "The process did not end well." }
            return message.hasPrefix("it ") ? "The process" + message.dropFirst(2) + "." : first.uppercased() + message.dropFirst() + "."
        }
    }

    /// Names of the signals that end processes in practice (signal(7), numbers of x86 and ARM).
    private static let names: [Int: String] = [
        1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE",
        14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
    ]
}
