// The program: a list of verbs.
import ArgumentParser

@main
struct Almanac: AsyncParsableCommand {
    /// The version of the program.
    static let number = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "almanac",
        abstract: "A publishing house for models: runs them on a schedule, records what they did, and publishes it.",
        discussion: """
            Start with `almanac init demo`, then `almanac --help` of any verb below, each with an example.
            Exit status: 0 done; 1 what was asked for did not work out; 64 usage; 70 the engine could not.
            """,
        version: Almanac.number,
        groupedSubcommands: [
            CommandGroup(name: "Writing jobs", subcommands: [InitVerb.self, CheckVerb.self, ScheduleVerb.self]),
            CommandGroup(
                name: "Running jobs",
                subcommands: [RunVerb.self, RunsVerb.self, ShowVerb.self, LogVerb.self, CancelVerb.self, PauseVerb.self, ResumeVerb.self]),
            CommandGroup(name: "Publishing", subcommands: [RenderVerb.self, PublishVerb.self, WithholdVerb.self, CurrentVerb.self, ServeVerb.self]),
            CommandGroup(name: "People", subcommands: [UserVerb.self, GroupVerb.self, GrantVerb.self, AccessVerb.self, TokenVerb.self]),
        ])
}
