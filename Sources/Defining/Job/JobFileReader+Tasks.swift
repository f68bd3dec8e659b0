// `tasks`, `environment`, `python`, `r` and `julia`: what is started, and with what.
internal import Vocabulary

extension JobFileReader {
    func readTasks() -> [TaskDefinition] {
        let example = "tasks: { score: { run: forecast.py } }"
        guard let entry = reader.entry("tasks") else {
            reader.missing("tasks", write: example)
            return []
        }
        let tasks = reader.namedMappings("tasks", example: "score: { run: forecast.py }").compactMap { readTask($0.name, $0.reader) }
        let names = entry.value.entries?.map(\.key) ?? []
        if entry.value.isNull || names.isEmpty && entry.value.entries != nil {
            findings.error(entry.place, "`tasks` names no task", "write `\(example)`")
        } else if !names.isEmpty, !names.contains(TaskDefinition.publishing) {
            let near = names.first { Nearest.word(to: $0, among: [TaskDefinition.publishing]) != nil }
            findings.error(
                entry.place, "`tasks` has no `score`, the task that publishes",
                near.map { "rename \(quoted($0)) to `score`" } ?? "name one of the tasks `score`")
        }
        return tasks
    }

    private func readTask(_ name: String, _ task: MappingReader) -> TaskDefinition? {
        let outputs = task.has("outputs") ? readOutputs(task) : nil
        let language = task.choice("language", TaskLanguage.self)
        guard task.has("run") else {
            task.missing("run", write: "run: forecast.py")
            return nil
        }
        guard let file = task.text("run") else { return nil }
        let found = language ?? TaskLanguage(ending: file)
        if let broken = Rules.insidePath(file) {
            task.error("run", broken.message, "name a file of this job folder")
        } else {
            checkTaskFile(file, language: found, task)
        }
        return TaskDefinition(name: name, file: file, language: found, outputs: outputs)
    }

    private func checkTaskFile(_ file: String, language: TaskLanguage, _ task: MappingReader) {
        switch surroundings.file(file) {
        case .file(let executable):
            if language == .command, !executable {
                task.error("run", "\(quoted(file)) is not executable", "run `chmod +x` on it, or say its `language`")
            }
        case .folder: task.error("run", "\(quoted(file)) is a folder", "name the file to start")
        case .missing:
            let near = Nearest.word(to: file, among: surroundings.fileNames)
            let words = file.split(separator: " ")
            let arguments = words.count > 1 && surroundings.file(String(words.last ?? "")) != .missing
            task.error(
                "run", "there is no file \(quoted(file)) in the job folder",
                arguments
                    ? "write the file alone: `run: \(words.last ?? "")`"
                    : near.map { "did you mean \(quoted($0))?" } ?? "write the file or mend its name")
        case .outside, .hidden: task.error("run", "\(quoted(file)) leads out of the job folder", "name a file of this job folder")
        }
    }

    func readEnvironment(tasks: [TaskDefinition]) -> EnvironmentDefinition? {
        guard reader.has("environment") else { return findEnvironment(tasks: tasks) }
        guard let file = reader.text("environment") else { return nil }
        if let broken = Rules.insidePath(file) {
            reader.error("environment", broken.message, broken.suggestion)
            return nil
        }
        let name = String(file.split(separator: "/").last ?? "")
        guard let kind = EnvironmentDefinition.Kind(file: name) else {
            reader.error(
                "environment", "\(quoted(file)) is not an environment that Almanac knows",
                "write `requirements.txt`, `renv.lock` or `Project.toml`")
            return nil
        }
        if case .file = surroundings.file(file) { return EnvironmentDefinition(kind: kind, file: file) }
        reader.error("environment", "there is no file \(quoted(file)) in the job folder", "write it, or remove `environment`")
        return nil
    }

    /// The environment that lies in the folder by one of the known names and suits the tasks' languages.
    private func findEnvironment(tasks: [TaskDefinition]) -> EnvironmentDefinition? {
        let languages = Set(tasks.map(\.language))
        let candidates: [(String, Bool)] = [
            ("requirements.txt", !languages.isDisjoint(with: [.python, .notebook, .command])),
            ("renv.lock", languages.contains(.r)),
            ("Project.toml", languages.contains(.julia) && surroundings.fileNames.contains("Manifest.toml")),
        ]
        guard let file = candidates.first(where: { $0.1 && surroundings.fileNames.contains($0.0) })?.0,
            let kind = EnvironmentDefinition.Kind(file: file)
        else { return nil }
        if let rule = LaterKeys.rule("environment", value: file, in: LaterKeys.job) {
            findings.error(nil, "the folder holds \(quoted(file)), and such environments do not work yet", rule.instead)
        }
        return EnvironmentDefinition(kind: kind, file: file)
    }

    func readVersions() -> [TaskLanguage: String] {
        var versions: [TaskLanguage: String] = [:]
        for (key, language) in [("python", TaskLanguage.python), ("r", .r), ("julia", .julia)] {
            guard let version = reader.text(key) else { continue }
            if Rules.isVersion(version) {
                versions[language] = version
            } else {
                reader.error(key, "\(quoted(version)) is not a version", "write it like `\(key): \"3.11\"`")
            }
        }
        return versions
    }
}

extension TaskLanguage {
    /// The language that a file's ending means; `command` for all others.
    init(ending file: String) {
        let name = file.lowercased()
        self = name.hasSuffix(".py") ? .python : name.hasSuffix(".r") ? .r : name.hasSuffix(".jl") ? .julia : name.hasSuffix(".ipynb") ? .notebook : .command
    }
}

extension EnvironmentDefinition.Kind {
    init?(file name: String) {
        switch name {
        case "renv.lock": self = .renv
        case "Project.toml", "Manifest.toml": self = .julia
        default:
            guard name.hasPrefix("requirements"), name.hasSuffix(".txt") else { return nil }
            self = .requirements
        }
    }
}
