// Requests about jobs, their versions and their diagnostics.
package import Vocabulary

extension Store {
    /// Makes these files the job's newest version (already stored as artifacts), or finds that they are.
    ///
    /// Takes over a job that carries one of `formerNames`; replaces the schedules' revisions (a changed revision begins at `now`), the access rows of
    /// `access:`, clears diagnostics and `removedAt`. One transaction. Returns the version and whether it is new.
    package func register(job name: String, definition: JobDefinition, manifest: Manifest, manifestDigest: Digest, at now: Instant)
        async throws -> (version: JobVersionRecord, isNew: Bool) { fatalError() }

    /// Records what is wrong with a job's newest edit; the last good version stays. A job that never had a good version is not made.
    package func recordDiagnostics(_ diagnostics: [Diagnostic], job name: String, at now: Instant) async throws { fatalError() }

    /// Marks a job whose folder is gone: its schedules stop, its pages stay.
    package func markRemoved(job name: String, at now: Instant) async throws { fatalError() }

    /// Stops or restarts the schedules of a job. Throws `notFound`.
    package func setPaused(_ paused: Bool, job name: String, at now: Instant) async throws { fatalError() }

    /// Every job, by name, removed ones included.
    package func jobs() async throws -> [JobRecord] { fatalError() }

    package func job(named name: String) async throws -> JobRecord? { fatalError() }
    package func job(_ id: JobID) async throws -> JobRecord? { fatalError() }

    /// The present name of a job that once had this name, or nil.
    package func presentName(ofFormer name: String) async throws -> String? { fatalError() }

    package func jobVersion(_ id: JobVersionID) async throws -> JobVersionRecord? { fatalError() }
}
