// What the engine hands to the record about runs: values, one per transaction.
package import Vocabulary

/// A run to be queued.
package struct NewRun: Sendable {
    package let jobID: JobID
    /// nil = the job's newest version when it is queued.
    package let jobVersionID: JobVersionID?
    package let task: String
    package let trigger: RunTrigger
    package let scheduledFor: Instant
    package let scheduledOffset: Int
    /// All of them, defaults included.
    package let parameters: [String: ParameterValue]
    package let isPrivate: Bool
    package let requestedBy: UserID?

    package init(
        jobID: JobID, jobVersionID: JobVersionID? = nil, task: String, trigger: RunTrigger, scheduledFor: Instant, scheduledOffset: Int = 0,
        parameters: [String: ParameterValue], isPrivate: Bool = false, requestedBy: UserID? = nil
    ) {
        self.jobID = jobID
        self.jobVersionID = jobVersionID
        self.task = task
        self.trigger = trigger
        self.scheduledFor = scheduledFor
        self.scheduledOffset = scheduledOffset
        self.parameters = parameters
        self.isPrivate = isPrivate
        self.requestedBy = requestedBy
    }
}

/// A run that this process may now launch: its attempt exists with status `launching`.
package struct ClaimedRun: Sendable {
    package let run: RunRecord
    package let attemptID: AttemptID
    package let attemptNumber: Int
    /// How many earlier attempts were lost: they do not count as retries.
    package let lostAttempts: Int
    package let version: JobVersionRecord
    package let parameters: [String: ParameterValue]

    package init(
        run: RunRecord, attemptID: AttemptID, attemptNumber: Int, lostAttempts: Int = 0, version: JobVersionRecord,
        parameters: [String: ParameterValue]
    ) {
        self.run = run
        self.attemptID = attemptID
        self.attemptNumber = attemptNumber
        self.lostAttempts = lostAttempts
        self.version = version
        self.parameters = parameters
    }
}

/// An attempt that some earlier process launched or was about to.
package struct UnfinishedAttempt: Sendable {
    package let claimed: ClaimedRun
    package let status: AttemptStatus
    /// nil when the launch was not recorded.
    package let receipt: Receipt?
    package let cancelRequested: Bool
    package let snapshots: [Snapshot]

    package init(claimed: ClaimedRun, status: AttemptStatus, receipt: Receipt?, cancelRequested: Bool, snapshots: [Snapshot]) {
        self.claimed = claimed
        self.status = status
        self.receipt = receipt
        self.cancelRequested = cancelRequested
        self.snapshots = snapshots
    }
}

/// How an attempt ended, with everything that it produced; every digest is durable already.
package struct AttemptEnd: Sendable {
    /// succeeded, failed or cancelled.
    package let status: AttemptStatus
    package let reason: FailureReason?
    package let message: String?
    package let exitStatus: Int?
    package let signal: Int?
    package let startedAt: Instant?
    package let endedAt: Instant
    package let resources: ResourceUse
    package let logDigest: Digest?
    package let logBytes: Int64?
    package let metrics: [Metric]
    package let outputs: [Output]
    /// Set = the run goes back to the queue, not before this instant.
    package let retryAt: Instant?
    /// Set when the run publishes.
    package let edition: NewEdition?

    package init(
        status: AttemptStatus, reason: FailureReason? = nil, message: String? = nil, exitStatus: Int? = nil, signal: Int? = nil,
        startedAt: Instant? = nil, endedAt: Instant, resources: ResourceUse = ResourceUse(), logDigest: Digest? = nil, logBytes: Int64? = nil,
        metrics: [Metric] = [], outputs: [Output] = [], retryAt: Instant? = nil, edition: NewEdition? = nil
    ) {
        self.status = status
        self.reason = reason
        self.message = message
        self.exitStatus = exitStatus
        self.signal = signal
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.resources = resources
        self.logDigest = logDigest
        self.logBytes = logBytes
        self.metrics = metrics
        self.outputs = outputs
        self.retryAt = retryAt
        self.edition = edition
    }
}

/// What became of a run whose attempt ended.
package struct EndedRun: Sendable, Hashable {
    /// `queued` when there will be another attempt.
    package let status: RunStatus
    /// The edition that it published.
    package let edition: Int?

    init(status: RunStatus, edition: Int? = nil) {
        self.status = status
        self.edition = edition
    }
}
