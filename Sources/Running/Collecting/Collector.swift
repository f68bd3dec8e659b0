// Checks and keeps what an attempt left behind.
package import Artifacts
import Glibc
import Vocabulary

/// Collects ended attempts.
package struct Collector: Sendable {
    let artifacts: any ArtifactStore
    let runs: String

    /// More files than this, declared or not, are a `quotaExceeded`.
    static let mostFiles = 1000
    /// The output quota where a job names none.
    static let usualQuota = ByteCount(5 << 30)

    package init(artifacts: any ArtifactStore, runs: String) {
        self.artifacts = artifacts
        self.runs = runs
    }

    /// Takes over an ended attempt: its log always, outputs and metrics when its process ended well. Throws `storageFailed`, or the store's error, when
    /// the machine cannot; what the job did wrong is in the result. Leaves the folder as it is.
    package func collect(_ assignment: Assignment, report: ExitReport) async throws -> Collected {
        let folder = AttemptFolder(runs: runs, attempt: assignment.attempt)
        var notes = LogNotes(at: report.endedAt)
        notes.add(strayFiles: strayFiles(in: folder, assignment))
        guard report.isSuccess else { return try await store(folder, notes: notes, failure: nil) }
        guard let outputs = try? OutputFolder(folder.outputs), let listing = try? outputs.list(limit: Collector.mostFiles) else {
            let message = "The outputs folder cannot be read: the job removed it, replaced it or took its permissions away."
            return try await store(folder, notes: notes, failure: .init(reason: .contractViolation, message: message))
        }
        for other in listing.others.prefix(20) { notes.add("not kept, since it is not a regular file: \(other)") }
        if let failure = exceeded(listing, assignment) { return try await store(folder, notes: notes, failure: failure) }
        var complaints: [String] = []
        var found: [Output.Draft] = []
        for definition in assignment.outputs {
            do {
                found.append(try await draft(definition, in: outputs))
            } catch let complaint as OutputComplaint {
                complaints.append("Output `\(definition.name)`: `\(definition.path)` \(complaint.text).")
            }
        }
        var metrics: [Metric] = []
        do {
            metrics = try readMetrics(try metricsBytes(folder))
        } catch let problem as MetricsProblem {
            complaints.append(problem.text.prefix(1).uppercased() + problem.text.dropFirst() + ".")
        }
        guard complaints.isEmpty else {
            return try await store(folder, notes: notes, failure: .init(reason: .contractViolation, message: complaints.joined(separator: " ")))
        }
        for draft in found { if let manner = draft.facts?.manner { notes.add("\(draft.path) is read as: \(manner)") } }
        let declared = Set(found.map(\.path))
        for file in listing.files where !declared.contains(file.path) { found.append(await undeclared(file, in: outputs)) }
        return try await store(folder, notes: notes, failure: nil, drafts: found, sources: found.map { outputs.source($0.path) }, metrics: metrics)
    }

    /// One call stores outputs and log together, so that the folder of the store is synced once.
    private func store(
        _ folder: AttemptFolder, notes: LogNotes, failure: Collected.Failure?, drafts: [Output.Draft] = [], sources: [ByteSource] = [],
        metrics: [Metric] = []
    ) async throws -> Collected {
        var notes = notes
        if let failure { notes.add(failure.message) }
        let log = try notes.source(after: folder.log)
        let stored = try await artifacts.put(sources + (log.map { [$0] } ?? []))
        let logArtifact = log == nil ? nil : stored.last
        return Collected(
            failure: failure, outputs: zip(drafts, stored).map { $0.output($1) }, metrics: metrics, logDigest: logArtifact?.sha256,
            logBytes: logArtifact?.bytes)
    }

    private func draft(_ definition: OutputDefinition, in outputs: OutputFolder) async throws -> Output.Draft {
        let file = try outputs.open(definition.path)
        let draft = Output.Draft(name: definition.name, path: definition.path, declared: true)
        return draft.with(try await checkReadable(file, ending: draft.ending, format: definition.csv))
    }

    /// An undeclared file promises nothing: what cannot be read as its ending says is kept all the same.
    private func undeclared(_ file: OutputFolder.File, in outputs: OutputFolder) async -> Output.Draft {
        let draft = Output.Draft(name: file.path, path: file.path, declared: false)
        guard draft.ending == "csv", let open = try? outputs.open(file.path) else { return draft }
        return draft.with(try? await checkReadable(open, ending: "csv", format: nil))
    }

    private func exceeded(_ listing: OutputFolder.Listing, _ assignment: Assignment) -> Collected.Failure? {
        guard !listing.isCut, listing.files.count <= Collector.mostFiles else {
            return .init(reason: .quotaExceeded, message: "There are more than \(Collector.mostFiles) files in the outputs folder.")
        }
        let quota = assignment.definition.limits.output ?? Collector.usualQuota
        var total: Int64 = 0
        for file in listing.files { total = total.addingReportingOverflow(file.bytes).overflow ? Int64.max : total + file.bytes }
        guard total > quota.bytes else { return nil }
        return .init(reason: .quotaExceeded, message: "The outputs have \(ByteCount(total)), more than the limit of \(quota).")
    }

    private func metricsBytes(_ folder: AttemptFolder) throws -> [UInt8] {
        var status = stat()
        guard lstat(folder.metrics, &status) == 0 else { return [] }
        guard status.isRegular else { throw MetricsProblem(text: "the metrics file is \(status.kind), not a regular file") }
        guard let bytes = try Descriptor(folder.metrics, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).readAll(limit: 64 << 20) else {
            throw MetricsProblem(text: "the metrics file has more than 64 MiB")
        }
        return bytes
    }

    /// Files in the working folder that are not the job's own; none when the job removed the folder or closed it to us, which is its right.
    private func strayFiles(in folder: AttemptFolder, _ assignment: Assignment) -> [String] {
        let own = Set(assignment.manifest.files.map(\.path))
        let listing = try? OutputFolder(folder.work).list(limit: own.count + 1000)
        return (listing?.files ?? []).map(\.path).filter { !own.contains($0) }
    }
}

extension Output {
    /// An output before it is stored.
    struct Draft {
        let name: String
        let path: String
        let declared: Bool
        var facts: TableFacts?

        var ending: String {
            let file = path.split(separator: "/").last ?? ""
            guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return "" }
            return file[file.index(after: dot)...].lowercased()
        }

        func with(_ facts: TableFacts?) -> Draft { Draft(name: name, path: path, declared: declared, facts: facts) }

        func output(_ stored: StoredArtifact) -> Output {
            Output(
                name: name, path: path, declared: declared, sha256: stored.sha256, bytes: stored.bytes, rows: facts?.rows, columns: facts?.columns)
        }
    }
}
