// What every way of launching can do, by receipt.
package import Vocabulary

/// Launches attempts and finds them again. A receipt survives a restart of the server, so nothing here waits for the end of a job as a condition.
package protocol Launcher: Sendable {
    /// Starts an attempt and returns as soon as it is known to be on its way. Throws `launchFailed`, `storageFailed`.
    func launch(_ order: LaunchOrder) async throws -> Receipt
    /// The receipt of an attempt whose launch may have happened but was not recorded; nil = it was not launched.
    func receipt(ofAttempt attempt: AttemptID) async throws -> Receipt?
    /// How it stands with an attempt now. Throws `badReceipt`.
    func status(_ receipt: Receipt) async throws -> LaunchStatus
    /// Returns when the attempt has probably ended, or after this long: a hint when to ask for the status, never a statement about it.
    func waitForEnd(_ receipt: Receipt, atMost limit: Duration) async
    /// Asks for the end of an attempt; it ends as `cancelled` a little later. Safe to repeat; nothing happens when it has ended.
    func cancel(_ receipt: Receipt) async throws
    /// Bytes of the log from an offset, at most `limit`; empty when there are no more yet.
    func log(_ receipt: Receipt, from offset: Int64, limit: Int) async throws -> [UInt8]
    /// By what means an attempt is held to these limits, in a few words for the record; nil = there is nothing to say.
    func enforcement(of limits: Limits) -> String?
    /// Removes what an attempt left behind. Call it when everything is recorded.
    func discard(_ receipt: Receipt) async throws
}

/// How it stands with a launched attempt.
package enum LaunchStatus: Sendable, Hashable {
    case running
    case ended(ExitReport)
    /// It can never be known how it ended, with a sentence why.
    case lost(String)
}

/// What to start, with everything the process needs already in its folder.
package struct LaunchOrder: Sendable, Hashable {
    package let attempt: AttemptID
    package let folder: AttemptFolder
    /// The first is an absolute path.
    package let arguments: [String]
    /// All of it: nothing is inherited.
    package let environment: [String: String]
    /// Absolute.
    package let directory: String
    package let limits: Limits
    /// Between the request to end and the end by force.
    package let grace: Span
    /// How much of the log's beginning, and of its end, is kept.
    package let logHead: ByteCount
    package let logTail: ByteCount
    /// Whether the first argument is bwrap, which stands between the supervisor and the job.
    package var isIsolated = false

    package init(
        attempt: AttemptID, folder: AttemptFolder, arguments: [String], environment: [String: String], directory: String, limits: Limits = Limits(),
        grace: Span = Span(seconds: 5), logHead: ByteCount = ByteCount(8 << 20), logTail: ByteCount = ByteCount(8 << 20)
    ) {
        self.attempt = attempt
        self.folder = folder
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.limits = limits
        self.grace = grace
        self.logHead = logHead
        self.logTail = logTail
    }
}
