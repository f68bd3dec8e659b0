// Takes a job folder into the record: files first, then the row that points at them.
package import Artifacts
package import Defining
package import Logging
package import Recording
package import Vocabulary

/// Registers jobs from a workspace.
package struct Registrar: Sendable {
    package let reader: WorkspaceReader
    let store: Store
    let artifacts: any ArtifactStore
    let editions: EditionMaker
    let schedules: ScheduleStep
    let clock: Clock
    let logger: Logger

    /// `schedules` settles what is due of a job before its schedules change.
    package init(
        reader: WorkspaceReader, store: Store, artifacts: any ArtifactStore, editions: EditionMaker, schedules: ScheduleStep, clock: Clock, logger: Logger
    ) {
        self.reader = reader
        self.store = store
        self.artifacts = artifacts
        self.editions = editions
        self.schedules = schedules
        self.clock = clock
        self.logger = logger
    }

    /// What became of a folder.
    package enum Outcome: Sendable {
        case registered(JobRecord, isNew: Bool)
        case broken([Diagnostic])
        /// What the machine could not do.
        case failed(String)
    }

    /// Reads job folders, each judged beside its neighbours, and registers them; what the machine could not do for one does not stop the others.
    package func register(_ names: [String], at now: Instant) async -> [String: Outcome] {
        guard !names.isEmpty else { return [:] }
        var outcomes: [String: Outcome] = [:]
        for reading in reader.readAll() where names.contains(reading.name) {
            do {
                outcomes[reading.name] = try await register(reading, at: now)
            } catch {
                logger.error("a job folder could not be registered", metadata: ["job.name": "\(reading.name)", "error": "\(error)"])
                outcomes[reading.name] = .failed("\(error)")
            }
        }
        return outcomes
    }

    /// Makes a good folder the job's newest version; a broken one leaves the last good version and is recorded as diagnostics.
    private func register(_ reading: JobReading, at now: Instant) async throws -> Outcome {
        let name = reading.name
        switch reading {
        case .broken(_, let diagnostics):
            if let job = try await store.job(named: name), job.diagnostics == diagnostics { return .broken(diagnostics) }
            try await store.recordDiagnostics(diagnostics, job: name, at: now)
            logger.warning("a job folder has errors; its last good version stays", metadata: ["job.name": "\(name)", "errors": "\(diagnostics.count)"])
            return .broken(diagnostics)
        case .good(let folder):
            let previous = try await store.job(named: name)
            if let previous, previous.manifestDigest == folder.manifestDigest, previous.removedAt == nil, previous.diagnostics.isEmpty {
                return .registered(previous, isNew: false)
            }
            let sources = folder.files.map { ByteSource(file: folder.folder + "/" + $0.path) }
            let stored = try await artifacts.put(sources)
            // A file that was written to while it was being read is another version: the next look takes it.
            guard zip(stored, folder.files).allSatisfy({ $0.sha256 == $1.sha256 }) else {
                return .broken([Diagnostic(file: "Jobs/\(name)", "the files changed while they were read; they are read again in a moment")])
            }
            if let previous, previous.removedAt == nil, previous.definition.schedules != folder.definition.schedules {
                try await schedules.settle(previous.id, clock: clock)
            }
            let result = try await store.register(
                job: name, definition: folder.definition, manifest: folder.manifest, manifestDigest: folder.manifestDigest, at: now)
            guard let job = try await store.job(named: name) else {
                throw OperatingError(.workspace, subject: name, detail: "the job was registered but is not in the record")
            }
            if result.isNew {
                logger.info("a job version is registered", metadata: ["job.name": "\(name)", "version": "\(result.version.number)"])
                if let previous { try await renderWhenTextChanged(job, previous: previous) }
            }
            return .registered(job, isNew: result.isNew)
        }
    }

    /// Marks jobs whose folders are gone.
    package func markRemoved(except present: Set<String>, at now: Instant) async throws {
        for job in try await store.jobs() where job.removedAt == nil && !present.contains(job.name) {
            try await schedules.settle(job.id, clock: clock)
            try await store.markRemoved(job: job.name, at: now)
            logger.info("a job folder is gone; its pages stay", metadata: ["job.name": "\(job.name)"])
        }
    }

    /// An edit of words appears without a run: the current edition is rendered again by the new version's text.
    private func renderWhenTextChanged(_ job: JobRecord, previous: JobRecord) async throws {
        guard job.currentEditionID != nil, job.versionID != previous.versionID else { return }
        try await editions.renderCurrent(job)
    }
}
