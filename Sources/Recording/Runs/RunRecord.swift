// Runs and attempts, as they stand in the record.
package import Vocabulary

/// One run. Times are the database's words; `scheduledFor` is the nominal due time or, for manual runs, the time of the request.
package struct RunRecord: Sendable, Hashable {
    package let id: RunID
    package let jobID: JobID
    package let jobName: String
    package let jobVersionID: JobVersionID
    package let jobVersionNumber: Int
    package let task: String
    package let status: RunStatus
    package let failureReason: FailureReason?
    /// A sentence for people: which output is missing, what the exit code was.
    package let failureMessage: String?
    package let trigger: RunTrigger
    package let scheduledFor: Instant
    /// Offset from UTC in seconds at `scheduledFor` in the schedule's zone; 0 for manual runs.
    package let scheduledOffset: Int
    package let isPrivate: Bool
    package let requestedBy: UserID?
    package let queuedAt: Instant
    package let startedAt: Instant?
    package let endedAt: Instant?
    package let cancelRequested: Bool
    /// The edition that the run published, by number.
    package let editionNumber: Int?
    /// Set while a queued run waits for its next attempt: not before this instant.
    package let retryAt: Instant?

    package init(
        id: RunID, jobID: JobID, jobName: String, jobVersionID: JobVersionID, jobVersionNumber: Int, task: String, status: RunStatus,
        failureReason: FailureReason?, failureMessage: String?, trigger: RunTrigger, scheduledFor: Instant, scheduledOffset: Int,
        isPrivate: Bool, requestedBy: UserID?, queuedAt: Instant, startedAt: Instant?, endedAt: Instant?, cancelRequested: Bool,
        editionNumber: Int?, retryAt: Instant? = nil
    ) {
        self.id = id
        self.jobID = jobID
        self.jobName = jobName
        self.jobVersionID = jobVersionID
        self.jobVersionNumber = jobVersionNumber
        self.task = task
        self.status = status
        self.failureReason = failureReason
        self.failureMessage = failureMessage
        self.trigger = trigger
        self.scheduledFor = scheduledFor
        self.scheduledOffset = scheduledOffset
        self.isPrivate = isPrivate
        self.requestedBy = requestedBy
        self.queuedAt = queuedAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.cancelRequested = cancelRequested
        self.editionNumber = editionNumber
        self.retryAt = retryAt
    }
}

/// One try at a run.
package struct AttemptRecord: Sendable, Hashable {
    package let id: AttemptID
    package let runID: RunID
    /// From 1.
    package let number: Int
    package let status: AttemptStatus
    package let receipt: Receipt?
    package let startedAt: Instant
    package let endedAt: Instant?
    package let exitStatus: Int?
    package let signal: Int?
    package let reason: FailureReason?
    package let message: String?
    package let resources: ResourceUse
    package let logDigest: Digest?
    package let logBytes: Int64?
    /// Interpreter and package versions and what isolation the machine gave: name to text.
    package let environment: [String: String]

    package init(
        id: AttemptID, runID: RunID, number: Int, status: AttemptStatus, receipt: Receipt?, startedAt: Instant, endedAt: Instant?,
        exitStatus: Int?, signal: Int?, reason: FailureReason?, message: String?, resources: ResourceUse, logDigest: Digest?,
        logBytes: Int64?, environment: [String: String]
    ) {
        self.id = id
        self.runID = runID
        self.number = number
        self.status = status
        self.receipt = receipt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.exitStatus = exitStatus
        self.signal = signal
        self.reason = reason
        self.message = message
        self.resources = resources
        self.logDigest = logDigest
        self.logBytes = logBytes
        self.environment = environment
    }
}

/// One thing that happened to a run, in order.
package struct RunEventRecord: Sendable, Hashable {
    package let at: Instant
    /// queued, claimed, launched, cancelRequested, attemptLost, retried, succeeded, failed, cancelled, published, held.
    package let kind: String
    package let detail: String?

    package init(at: Instant, kind: String, detail: String?) {
        self.at = at
        self.kind = kind
        self.detail = detail
    }
}

/// Everything about one run, in one read.
package struct RunDetail: Sendable {
    package let run: RunRecord
    package let job: JobRecord
    package let version: JobVersionRecord
    package let requestedByName: String?
    package let attempts: [AttemptRecord]
    package let events: [RunEventRecord]
    package let parameters: [String: ParameterValue]
    package let snapshots: [Snapshot]
    package let metrics: [Metric]
    package let outputs: [Output]

    package init(
        run: RunRecord, job: JobRecord, version: JobVersionRecord, requestedByName: String?, attempts: [AttemptRecord],
        events: [RunEventRecord], parameters: [String: ParameterValue], snapshots: [Snapshot], metrics: [Metric], outputs: [Output]
    ) {
        self.run = run
        self.job = job
        self.version = version
        self.requestedByName = requestedByName
        self.attempts = attempts
        self.events = events
        self.parameters = parameters
        self.snapshots = snapshots
        self.metrics = metrics
        self.outputs = outputs
    }
}
