// What an attempt is to do, before anything of it exists.
package import Vocabulary

/// Everything that decides what a process will see: the job version, the task, the values and the inputs of one attempt.
package struct Assignment: Sendable {
    package let attempt: AttemptID
    package let run: RunID
    /// Of the attempt, from 1.
    package let number: Int
    package let job: String
    package let task: TaskDefinition
    package let definition: JobDefinition
    package let manifest: Manifest
    /// All of them, defaults included.
    package let parameters: [String: ParameterValue]
    /// Each durable in the artifact store.
    package let inputs: [Snapshot]
    package let scheduledFor: Instant
    /// Seconds east of UTC at `scheduledFor`.
    package let scheduledOffset: Int
    /// The schedule's zone, or `UTC`.
    package let timeZone: String

    package init(
        attempt: AttemptID, run: RunID, number: Int, job: String, task: TaskDefinition, definition: JobDefinition, manifest: Manifest,
        parameters: [String: ParameterValue], inputs: [Snapshot], scheduledFor: Instant, scheduledOffset: Int = 0, timeZone: String = "UTC"
    ) {
        self.attempt = attempt
        self.run = run
        self.number = number
        self.job = job
        self.task = task
        self.definition = definition
        self.manifest = manifest
        self.parameters = parameters
        self.inputs = inputs
        self.scheduledFor = scheduledFor
        self.scheduledOffset = scheduledOffset
        self.timeZone = timeZone
    }

    /// The outputs that this task must write.
    var outputs: [OutputDefinition] { definition.outputs(of: task) }
}
