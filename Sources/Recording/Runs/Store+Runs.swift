// Requests about runs: queue, claim, launch, end, recover, and read.
package import Access
package import Vocabulary

/// Which runs a list asks for.
package struct RunFilter: Sendable {
    package var jobName: String?
    package var status: RunStatus?
    /// Runs queued before this one: for the next page.
    package var before: RunID?
    package var limit: Int

    package init(jobName: String? = nil, status: RunStatus? = nil, before: RunID? = nil, limit: Int = 50) {
        self.jobName = jobName
        self.status = status
        self.before = before
        self.limit = limit
    }
}

extension Store {
    /// Queues a run with its parameters and its first event. Throws `notFound` for a job that is not there.
    package func queue(_ run: NewRun, at now: Instant) async throws -> RunID { fatalError() }

    /// Takes up to `limit` queued runs that may start now: oldest first within manual before scheduled, at most one publishing run per job and task,
    /// none whose retry time has not come, none of removed jobs. Each gets an attempt with status `launching`. One transaction, safe with other claimers.
    package func claimRuns(limit: Int, at now: Instant) async throws -> [ClaimedRun] { fatalError() }

    /// Before the launch: the snapshots that the attempt will read and its environment. After it: the receipt; the run is `running` from now.
    package func recordLaunch(attempt: AttemptID, receipt: Receipt, snapshots: [Snapshot], environment: [String: String], at now: Instant)
        async throws { fatalError() }

    /// Ends an attempt and with it the run (or requeues it when `retryAt` is set), stores metrics and outputs, frees the job's slot, and
    /// publishes the edition when there is one: inserts it with the next number and, unless it is held, moves the pointer. One transaction, guarded:
    /// an attempt that already ended, or a run that is terminal, throws `stale` and changes nothing. Returns the edition's number.
    @discardableResult
    package func finish(attempt: AttemptID, end: AttemptEnd, at now: Instant) async throws -> Int? { fatalError() }

    /// Marks an attempt lost: its run returns to the queue once for free, else fails with reason `lost`. Guarded like `finish`.
    package func markLost(attempt: AttemptID, message: String, at now: Instant) async throws { fatalError() }

    /// Every attempt that is launching or running: what a restart must find again.
    package func unfinishedAttempts() async throws -> [UnfinishedAttempt] { fatalError() }

    /// Cancels a queued run at once; asks for the end of a launching or running one; throws `stale` for a terminal one, `notFound`.
    package func requestCancel(run: RunID, by actor: UserID?, at now: Instant) async throws { fatalError() }

    /// Launching or running runs for which an end was asked.
    package func runsToCancel() async throws -> [RunID] { fatalError() }

    package func run(_ id: RunID) async throws -> RunRecord? { fatalError() }
    package func runDetail(_ id: RunID) async throws -> RunDetail? { fatalError() }

    /// Newest first; only runs whose pages the actor may see (the `run` right on the job, or their own).
    package func runs(_ filter: RunFilter, visibleTo actor: Actor) async throws -> [RunRecord] { fatalError() }

    /// Queued runs and when the next retry is due: how the runner knows whether to wait.
    package func queueDepth() async throws -> (queued: Int, active: Int) { fatalError() }
}
