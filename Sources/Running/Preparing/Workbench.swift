// Lays out everything that an attempt's process will find.
package import Artifacts
import FoundationEssentials
import Glibc
package import Vocabulary

/// Prepares attempts: their private copy of the job's files, inputs, empty folders, environment and command.
package struct Workbench: Sendable {
    let artifacts: any ArtifactStore
    let runs: String
    let environments: Environments
    let searchPath: String
    let sandbox: Sandbox

    /// What the launcher needs, and what the record keeps of it.
    package struct Prepared: Sendable {
        package let order: LaunchOrder
        /// Versions of the interpreter and of the packages, and under `isolation` how the process is separated from the machine: name to text.
        package let versions: [String: String]
    }

    /// - Parameters:
    ///   - runs: the folder of the attempts' folders, absolute.
    ///   - sandbox: how jobs are isolated; without one they are not.
    ///   - searchPath: the PATH that jobs get.
    package init(
        artifacts: any ArtifactStore, runs: String, environments: Environments, sandbox: Sandbox = Sandbox(tier: .none(reason: "it is switched off")),
        searchPath: String = Interpreters.machinePath
    ) {
        self.artifacts = artifacts
        self.runs = runs
        self.environments = environments
        self.searchPath = searchPath
        self.sandbox = sandbox
    }

    /// Builds the environment when it is not there yet, and lays out the attempt's folder. Throws `environmentFailed`, `launchFailed`, `inputUnavailable`,
    /// `storageFailed`; call `discard` for an attempt that will not be launched.
    package func prepare(_ assignment: Assignment) async throws -> Prepared {
        let built = try await environments.ensure(for: assignment, artifacts: artifacts)
        let folder = AttemptFolder(runs: runs, attempt: assignment.attempt)
        try Folders.make(runs)
        guard mkdir(folder.path, 0o700) == 0 else { throw RunningError.system("make", folder.path, errno) }
        for path in [folder.job, folder.work, folder.inputs, folder.outputs, folder.home, folder.temporary] { try Folders.make(path) }
        for file in assignment.manifest.files {
            try await copy(file.sha256, to: folder.work, file.path, mode: file.executable ? 0o700 : 0o600)
        }
        for input in assignment.inputs { try await copyInput(input, to: folder) }
        guard chmod(folder.inputs, 0o500) == 0 else { throw RunningError.system("protect", folder.inputs, errno) }
        for output in assignment.outputs {
            if let slash = output.path.lastIndex(of: "/") { try Folders.make(folder.outputs + "/" + output.path[..<slash]) }
        }
        try Descriptor(folder.parameters, O_WRONLY | O_CREAT | O_EXCL, mode: 0o400).write(parametersText(assignment.parameters))
        _ = try Descriptor(folder.metrics, O_WRONLY | O_CREAT | O_EXCL)
        let variables = contractVariables(assignment, in: folder, built: built, searchPath: searchPath)
        let command = try taskCommand(
            assignment.task, work: folder.work, interpreter: built.interpreter, searchPath: variables["PATH"] ?? searchPath)
        let wrapped = try sandbox.wrap(
            command.arguments, of: assignment, in: folder, installations: sandbox.installations(of: command.programs, built: built))
        var order = LaunchOrder(
            attempt: assignment.attempt, folder: folder, arguments: wrapped.arguments, environment: variables, directory: folder.work,
            limits: assignment.definition.limits)
        order.isIsolated = wrapped.isIsolated
        return Prepared(order: order, versions: built.versions.merging(["isolation": wrapped.words]) { $1 })
    }

    /// Removes the folder of an attempt that was prepared but not launched.
    package func discard(_ attempt: AttemptID) throws { try Folders.remove(AttemptFolder(runs: runs, attempt: attempt).path) }

    private func copyInput(_ input: Snapshot, to folder: AttemptFolder) async throws {
        do {
            try await copy(input.sha256, to: folder.inputs, input.fileName, mode: 0o400)
        } catch let error as ArtifactError {
            throw RunningError(.inputUnavailable, subject: input.input, detail: "its bytes are not in the artifact store", cause: error)
        }
    }

    private func copy(_ digest: Digest, to folder: String, _ path: String, mode: mode_t) async throws {
        // Manifests are made by us, but a path that leaves the folder must never be written, whoever made it.
        guard !path.isEmpty, !path.split(separator: "/", omittingEmptySubsequences: false).contains(where: { ["", ".", ".."].contains($0) }) else {
            throw RunningError(.launchFailed, subject: path, detail: "it is not a path inside the job's folder")
        }
        if let slash = path.lastIndex(of: "/") { try Folders.make(folder + "/" + path[..<slash]) }
        let source = try await artifacts.open(digest, range: nil)
        let file = try Descriptor(folder + "/" + path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
        while let bytes = try await source.next() { try file.write(bytes) }
        // The process's own umask may have taken bits away.
        guard fchmod(file.number, mode) == 0 else { throw RunningError.system("protect", file.path, errno) }
    }

    private func parametersText(_ parameters: [String: ParameterValue]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return Array(try encoder.encode(parameters)) + [10]
    }
}
