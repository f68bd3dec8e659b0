// The folder of one attempt: where everything in it stands.
package import Vocabulary

/// `<data>/runs/<attempt id>`: the supervisor's files at its top, and in `job` all that the job itself may see.
package struct AttemptFolder: Sendable, Hashable {
    /// Absolute.
    package let path: String

    package init(runs: String, attempt: AttemptID) { path = runs + "/" + attempt.text }

    // What the supervisor reads and writes.
    var order: String { path + "/order" }
    var receipt: String { path + "/receipt.json" }
    var exit: String { path + "/exit.json" }
    var log: String { path + "/log" }
    var lock: String { path + "/lock" }
    var cancel: String { path + "/cancel" }

    // What the job sees.
    var job: String { path + "/job" }
    /// The private, writable copy of the job's files: the working directory.
    package var work: String { job + "/work" }
    package var inputs: String { job + "/inputs" }
    package var outputs: String { job + "/outputs" }
    var home: String { job + "/home" }
    var temporary: String { job + "/tmp" }
    var parameters: String { job + "/parameters.json" }
    package var metrics: String { job + "/metrics" }
}
