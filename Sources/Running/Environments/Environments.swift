// Environments that are built once and shared by every run that asks for the same.
import Artifacts
import Crypto
import FoundationEssentials
import Glibc
package import Vocabulary

/// Builds and keeps environments under one folder, one per (language, interpreter version, digest of the lock file).
package struct Environments: Sendable {
    let folder: String
    let interpreters: Interpreters

    /// - Parameter folder: `<data>/environments`, absolute.
    package init(folder: String, interpreters: Interpreters = Interpreters()) {
        self.folder = folder
        self.interpreters = interpreters
    }

    /// The environment of an assignment's task. Throws `environmentFailed` with the tool's own last lines.
    func ensure(for assignment: Assignment, artifacts: any ArtifactStore) async throws -> BuiltEnvironment {
        guard let definition = assignment.definition.environment else {
            return try await ensure(assignment.task.language, versions: assignment.definition.interpreterVersions, lock: nil)
        }
        guard let file = assignment.manifest.file(definition.file) else {
            throw RunningError(.environmentFailed, subject: definition.file, detail: "the job version has no such file")
        }
        let bytes = try await artifacts.read(file.sha256, limit: 16 << 20)
        return try await ensure(assignment.task.language, versions: assignment.definition.interpreterVersions, lock: (definition, bytes))
    }

    /// The environment for a language, with the packages of a lock file where that file speaks of this language. Commands get a job's Python environment on
    /// their PATH.
    package func ensure(
        _ language: TaskLanguage, versions wanted: [TaskLanguage: String] = [:], lock: (definition: EnvironmentDefinition, bytes: [UInt8])?
    ) async throws -> BuiltEnvironment {
        switch (lock?.definition.kind, language) {
        case (.requirements, .python), (.requirements, .command):
            guard let lock, let found = try await interpreters.find(.python, version: wanted[.python]) else { break }
            return try await python(lock.bytes, interpreter: found, language: language)
        case (.renv, .r), (.renv, .command), (.julia, .julia), (.julia, .command):
            throw RunningError(
                .environmentFailed, subject: lock?.definition.file ?? "environment",
                detail: "environments of R and Julia cannot be built yet: without this file the job runs on the machine's own library")
        default: break
        }
        let interpreter = try await interpreters.find(language, version: wanted[language])
        let versions = interpreter.map { [$0.language.rawValue: $0.version] } ?? [:]
        return BuiltEnvironment(interpreter: interpreter, variables: [:], programs: nil, versions: versions, log: nil)
    }

    private func python(_ requirements: [UInt8], interpreter: Interpreter, language: TaskLanguage) async throws -> BuiltEnvironment {
        let digest = Digest(bytes: SHA256.hash(data: requirements))
        let place = folder + "/python-\(interpreter.version)-\(digest.hex.prefix(32))"
        try Folders.make(folder)
        let build = PythonBuild(place: place, requirements: requirements, interpreter: interpreter)
        if let versions = try build.versions() { return build.environment(versions, language: language) }
        let lock = try Descriptor(place + ".lock", O_RDWR | O_CREAT | O_NOFOLLOW)
        // Asked again and again instead of waited for, so that a waiting run holds no thread and can be cancelled.
        while retrying({ flock(lock.number, LOCK_EX | LOCK_NB) }) != 0 { try await Task.sleep(for: .milliseconds(100)) }
        if let versions = try build.versions() { return build.environment(versions, language: language) }
        return build.environment(try await build.run(), language: language)
    }
}
