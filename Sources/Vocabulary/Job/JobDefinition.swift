// A job as its job.yaml says it: the whole of the contract's keys, after validation.

/// What a job is. Made by Defining from job.yaml, stored with each job version.
package struct JobDefinition: Hashable, Sendable, Codable {
    package var title: String
    package var summary: String?
    package var team: String?
    package var owner: String?
    package var access: AccessKeys
    package var formerNames: [String]
    /// In the order of the file.
    package var tasks: [TaskDefinition]
    package var schedules: [ScheduleDefinition]
    package var after: [String]
    package var environment: EnvironmentDefinition?
    package var interpreterVersions: [TaskLanguage: String]
    package var inputs: [InputDefinition]
    package var parameters: [ParameterDefinition]
    package var outputs: [OutputDefinition]
    package var metrics: [MetricDefinition]
    package var limits: Limits
    package var isolation: Isolation
    package var network: Network
    package var secrets: [String]
    package var retries: Retries
    package var notify: Notify

    package init(
        title: String, summary: String? = nil, team: String? = nil, owner: String? = nil, access: AccessKeys = AccessKeys(),
        formerNames: [String] = [], tasks: [TaskDefinition], schedules: [ScheduleDefinition] = [], after: [String] = [],
        environment: EnvironmentDefinition? = nil, interpreterVersions: [TaskLanguage: String] = [:], inputs: [InputDefinition] = [],
        parameters: [ParameterDefinition] = [], outputs: [OutputDefinition] = [], metrics: [MetricDefinition] = [],
        limits: Limits = Limits(), isolation: Isolation = .auto, network: Network = .outbound, secrets: [String] = [],
        retries: Retries = Retries(), notify: Notify = Notify()
    ) {
        self.title = title
        self.summary = summary
        self.team = team
        self.owner = owner
        self.access = access
        self.formerNames = formerNames
        self.tasks = tasks
        self.schedules = schedules
        self.after = after
        self.environment = environment
        self.interpreterVersions = interpreterVersions
        self.inputs = inputs
        self.parameters = parameters
        self.outputs = outputs
        self.metrics = metrics
        self.limits = limits
        self.isolation = isolation
        self.network = network
        self.secrets = secrets
        self.retries = retries
        self.notify = notify
    }

    /// The task of this name.
    package func task(_ name: String) -> TaskDefinition? { tasks.first { $0.name == name } }
    /// The outputs that bind a task: its own, else for `score` the job's.
    package func outputs(of task: TaskDefinition) -> [OutputDefinition] { task.outputs ?? (task.name == TaskDefinition.publishing ? outputs : []) }
    /// The declared metric of this name.
    package func metric(_ name: String) -> MetricDefinition? { metrics.first { $0.name == name } }
    /// The declared output of this name.
    package func output(_ name: String) -> OutputDefinition? { outputs.first { $0.name == name } }
    /// The values of a task's run when nobody says otherwise: the defaults, with what the task's first schedule says over them.
    package func usualParameters(task: String) -> [String: ParameterValue] {
        defaultParameters.merging(schedules.first { $0.task == task }?.parameters ?? [:]) { $1 }
    }

    /// The defaults of the parameters that have one.
    package var defaultParameters: [String: ParameterValue] {
        Dictionary(uniqueKeysWithValues: parameters.compactMap { item in item.defaultValue.map { (item.name, $0) } })
    }
}

/// Groups of `access:`, or the words `everyone` and `public`.
package struct AccessKeys: Hashable, Sendable, Codable {
    package var view: [String]
    package var run: [String]
    package var own: [String]

    package init(view: [String] = [], run: [String] = [], own: [String] = []) {
        self.view = view
        self.run = run
        self.own = own
    }
}

/// How a task's file is started: by the interpreter of its language, or by itself.
package enum TaskLanguage: String, Sendable, Codable, CaseIterable, Hashable, CodingKeyRepresentable { case python, r, julia, notebook, command }

/// One task: a file of the job and what it leaves behind.
package struct TaskDefinition: Hashable, Sendable, Codable {
    /// The name of the task whose runs publish editions.
    package static let publishing = "score"

    package var name: String
    /// Path inside the job folder.
    package var file: String
    package var language: TaskLanguage
    /// Outputs of this task alone; nil = the job's when the task is `score`.
    package var outputs: [OutputDefinition]?

    package init(name: String, file: String, language: TaskLanguage, outputs: [OutputDefinition]? = nil) {
        self.name = name
        self.file = file
        self.language = language
        self.outputs = outputs
    }
}

/// The lock file that says which packages a job needs.
package struct EnvironmentDefinition: Hashable, Sendable, Codable {
    /// Which ecosystem's lock file it is.
    package enum Kind: String, Sendable, Codable { case requirements, renv, julia }
    package var kind: Kind
    /// Path of the lock file in the job folder: `requirements.txt`, `renv.lock`, `Project.toml`.
    package var file: String

    package init(kind: Kind, file: String) {
        self.kind = kind
        self.file = file
    }
}

/// What one attempt may use at most; nil = no limit of the job's own.
package struct Limits: Hashable, Sendable, Codable {
    package var time: Span?
    package var memory: ByteCount?
    package var cpus: Double?
    package var processes: Int?
    package var output: ByteCount?

    package init(time: Span? = nil, memory: ByteCount? = nil, cpus: Double? = nil, processes: Int? = nil, output: ByteCount? = nil) {
        self.time = time
        self.memory = memory
        self.cpus = cpus
        self.processes = processes
        self.output = output
    }
}

/// Whether a job may run where it cannot be isolated.
package enum Isolation: String, Sendable, Codable, CaseIterable { case auto, required }
/// Whether a job may reach the network.
package enum Network: String, Sendable, Codable, CaseIterable { case outbound, none }

/// How often and how soon a failed run is tried again.
package struct Retries: Hashable, Sendable, Codable {
    /// Further attempts after the first.
    package var count: Int
    /// Before the first retry; each further one waits twice as long as the one before it.
    package var delay: Span

    /// The longest that doubling makes of a delay.
    package static let longest = Span(seconds: 3600)

    /// How long the retry of this number (from 1) waits: delay × 2^(number − 1), at most an hour, or the delay itself where that is longer.
    package func pause(beforeRetry number: Int) -> Span {
        let most = max(delay.milliseconds, Retries.longest.milliseconds)
        let doubled = delay.milliseconds.multipliedReportingOverflow(by: 1 << min(max(number - 1, 0), 40))
        return Span(milliseconds: doubled.overflow ? most : min(doubled.partialValue, most))
    }

    package init(count: Int = 0, delay: Span = Span(seconds: 60)) {
        self.count = count
        self.delay = delay
    }
}

/// Who is told about what, by mail address or webhook.
package struct Notify: Hashable, Sendable, Codable {
    package var failure: [String]
    package var late: [String]
    package var held: [String]
    package var edition: [String]

    package init(failure: [String] = [], late: [String] = [], held: [String] = [], edition: [String] = []) {
        self.failure = failure
        self.late = late
        self.held = held
        self.edition = edition
    }
}
