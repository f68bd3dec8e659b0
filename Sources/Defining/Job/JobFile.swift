// job.yaml becomes a job definition, or diagnostics: every key is read here or in the files beside this one.
internal import Vocabulary

/// One reading of a job.yaml. Its definition is complete as far as the file could be understood; it may be used only when the findings
/// hold no error.
struct JobFile {
    let definition: JobDefinition
    /// The entries of `after` and `former_names` with their places, for what only several jobs together can tell.
    let after: [Placed<String>]
    let formerNames: [Placed<String>]

    /// Reads job.yaml of the job `name`; nil when the file is not YAML or not a mapping.
    static func read(_ text: String, job name: String, surroundings: JobSurroundings, into findings: Findings) -> JobFile? {
        guard let root = YAMLText.read(text, into: findings) else {
            if !findings.hasErrors { findings.error(nil, "the file is empty", "begin it with `contract: 1`") }
            return nil
        }
        guard let reader = MappingReader(root, path: "", keys: JobKeys.table, into: findings) else { return nil }
        let file = JobFileReader(reader: reader, job: name, surroundings: surroundings).read()
        LaterKeys.refuse(LaterKeys.job, in: root, into: findings)
        return file
    }
}

/// Reads the keys of one job.yaml. The parts stand in the files `JobFileReader+….swift`.
struct JobFileReader {
    let reader: MappingReader
    let job: String
    let surroundings: JobSurroundings

    var findings: Findings { reader.findings }

    func read() -> JobFile {
        readContract()
        if !reader.has("title") { reader.missing("title", write: "title: What readers see") }
        let former = readFormerNames()
        let after = reader.texts("after", example: "after: [other-job]", rule: Rules.job)
        for item in after where item.value == job { findings.error(item.place, "the job cannot run after itself", "remove it") }
        var definition = JobDefinition(title: reader.text("title") ?? "", tasks: readTasks())
        definition.summary = reader.text("summary")
        definition.team = reader.text("team", rule: Rules.team)
        definition.owner = reader.text("owner", rule: Rules.email)
        definition.access = readAccess()
        definition.formerNames = former.map(\.value)
        definition.after = after.map(\.value)
        definition.parameters = readParameters()
        definition.schedules = readSchedules(tasks: definition.tasks, parameters: definition.parameters)
        if let first = after.first { checkParametersOfRunsAfter(first, definition) }
        definition.environment = readEnvironment(tasks: definition.tasks)
        definition.interpreterVersions = readVersions()
        definition.inputs = readInputs()
        definition.outputs = readOutputs(reader)
        definition.metrics = readMetrics()
        definition.limits = readLimits()
        definition.isolation = reader.choice("isolation", Isolation.self) ?? .auto
        definition.network = reader.choice("network", Network.self) ?? .outbound
        definition.secrets = reader.texts("secrets", example: "secrets: [WAREHOUSE_DSN]", rule: Rules.secret).map(\.value)
        definition.retries = readRetries()
        definition.notify = readNotify()
        return JobFile(definition: definition, after: after, formerNames: former)
    }

    private func readContract() {
        guard reader.has("contract") else { return reader.missing("contract", write: "contract: 1") }
        if let version = reader.integer("contract"), version != 1 {
            reader.error("contract", "this Almanac does not know contract \(version)", "write `contract: 1`")
        }
    }

    private func readFormerNames() -> [Placed<String>] {
        let names = reader.texts("former_names", example: "former_names: [old-name]", rule: Rules.job)
        for name in names where name.value == job {
            findings.error(name.place, "\(quoted(job)) is the job's name now", "remove it from `former_names`")
        }
        return names
    }

    /// A run after another job's edition is given no parameters by anybody, so each needs a usual value.
    private func checkParametersOfRunsAfter(_ after: Placed<String>, _ definition: JobDefinition) {
        let usual = definition.usualParameters(task: "score")
        for parameter in definition.parameters where parameter.defaultValue == nil && usual[parameter.name] == nil {
            let node = reader.entry("parameters")?.value.entries?.first { $0.key == parameter.name }?.value
            if node?.entries?.contains(where: { $0.key == "default" }) == true { continue }
            findings.error(
                after.place, "a run after \(quoted(after.value)) has no \(quoted(parameter.name)), and the parameter has no default", "give it a `default`")
        }
    }

    private func readAccess() -> AccessKeys {
        guard let access = reader.mapping("access", example: "access: { view: [everyone] }") else { return AccessKeys() }
        func groups(_ key: String) -> [String] {
            access.texts(key, example: "\(key): [analysts]") { name in
                if let broken = Rules.group(name) { return broken }
                return name == "public" && key != "view" ? ("`public` can only be under `view`", "name a group, or `everyone`") : nil
            }.map(\.value)
        }
        return AccessKeys(view: groups("view"), run: groups("run"), own: groups("own"))
    }

    private func readLimits() -> Limits {
        guard let limits = reader.mapping("limits", example: "limits: { time: 10m }") else { return Limits() }
        let cpus = limits.number("cpus")
        if let cpus, cpus <= 0 { limits.error("cpus", "`cpus` must be more than 0", "write `cpus: 1`") }
        return Limits(
            time: limits.span("time"), memory: limits.byteCount("memory"), cpus: cpus,
            processes: limits.integer("processes", in: 1...1_000_000).map(Int.init), output: limits.byteCount("output"))
    }

    private func readRetries() -> Retries {
        guard let retries = reader.mapping("retries", example: "retries: { count: 2, delay: 1m }") else { return Retries() }
        if !retries.has("count") { retries.missing("count", write: "count: 2") }
        return Retries(
            count: retries.integer("count", in: 0...10).map(Int.init) ?? 0,
            delay: retries.span("delay", positive: false) ?? Retries().delay)
    }

    private func readNotify() -> Notify {
        guard let notify = reader.mapping("notify", example: "notify: { failure: [planning@example.com] }") else { return Notify() }
        func people(_ key: String) -> [String] {
            notify.texts(key, example: "\(key): [planning@example.com]", rule: Rules.addressee).map(\.value)
        }
        return Notify(failure: people("failure"), late: people("late"), held: people("held"), edition: people("edition"))
    }
}
