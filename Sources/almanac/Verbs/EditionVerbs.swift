// render, publish, withhold, current, pause, resume, cancel: short commands about what is recorded.
import ArgumentParser
import Operating
import Vocabulary

struct CancelVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Stop a run, or take it out of the queue.", discussion: "Example: almanac cancel 01933b9e-…")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The run's id.") var run: String

    func run() async throws {
        try await verb { try report(try await perform(.cancel(run: runID(run)), Folders(options)), options) }
    }
}

struct PauseVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stop a job's schedules.", discussion: "Example: almanac pause airline-passengers")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The job.") var job: String

    func run() async throws { try await verb { try report(try await perform(.pause(job: job), Folders(options)), options) } }
}

struct ResumeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let a paused job's schedules run again.", discussion: "Example: almanac resume airline-passengers")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The job.") var job: String

    func run() async throws { try await verb { try report(try await perform(.resume(job: job), Folders(options)), options) } }
}

struct RenderVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Render again what is recorded; without a job, everything.", discussion: "Example: almanac render airline-passengers")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The jobs.") var jobs: [String] = []

    func run() async throws { try await verb { try report(try await perform(.render(jobs: jobs), Folders(options)), options) } }
}

struct PublishVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publish the result of a private run as an edition.", discussion: "Example: almanac publish 01933b9e-…")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The run's id.") var run: String

    func run() async throws {
        try await verb { try report(try await perform(.publish(run: runID(run)), Folders(options)), options) }
    }
}

struct WithholdVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withhold", abstract: "Take an edition back, with a reason.",
        discussion: "Example: almanac withhold airline-passengers 12 --reason 'March counted twice'")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The job.") var job: String
    @Argument(help: "The edition's number.") var edition: Int
    @Option(help: "Why, as readers will see it.") var reason: String

    func run() async throws {
        try await verb { try report(try await perform(.withhold(job: job, edition: edition, reason: reason), Folders(options)), options) }
    }
}

struct CurrentVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "current", abstract: "Make an edition the current one, with a reason.",
        discussion: "Example: almanac current airline-passengers 11 --reason 'checked by hand'")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The job.") var job: String
    @Argument(help: "The edition's number.") var edition: Int
    @Option(help: "Why.") var reason: String

    func run() async throws {
        try await verb { try report(try await perform(.makeCurrent(job: job, edition: edition, reason: reason), Folders(options)), options) }
    }
}

/// The id that somebody typed, or a refusal.
func runID(_ text: String) throws -> RunID {
    guard let id = RunID(text) else { throw Refusal("that is not the id of a run; `almanac runs` prints them") }
    return id
}
