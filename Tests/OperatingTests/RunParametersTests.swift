// Typed parameters are read by their types, and tell whether a run is private.
import Operating
import Testing
import Vocabulary

@Suite struct `Parameters of a run` {
    private let definition = JobDefinition(
        title: "T", tasks: [TaskDefinition(name: "score", file: "go.sh", language: .command)],
        schedules: [ScheduleDefinition(cron: "@daily", timezone: "UTC", parameters: ["region": .string("north")])],
        parameters: [
            ParameterDefinition(name: "horizon", kind: .integer, defaultValue: .integer(12), min: 1, max: 60),
            ParameterDefinition(name: "region", kind: .choice, defaultValue: .string("south"), choices: ["north", "south"]),
            ParameterDefinition(name: "day", kind: .date, defaultValue: .string("2026-01-01")),
        ])

    private func read(_ typed: [String: String]) -> Result<RunParameters, ParameterProblem> {
        RunParameters.read(typed, definition: definition, task: "score")
    }

    @Test func `nothing typed means the defaults with the schedule's own`() throws {
        let parameters = try read([:]).get()
        #expect(parameters.values == ["horizon": .integer(12), "region": .string("north"), "day": .string("2026-01-01")])
        #expect(!parameters.areOwn)
    }

    @Test func `another value makes the run private, the same value does not`() throws {
        #expect(try read(["horizon": "24"]).get().areOwn)
        #expect(try !read(["horizon": "12"]).get().areOwn)
    }

    @Test(arguments: [
        (["horizon": "zwölf"], "horizon must be a whole number"), (["horizon": "61"], "horizon must be at most 60"),
        (["region": "east"], "region must be one of: north, south"), (["day": "2026-02-30"], "day must be a date of the form 2026-03-08"),
        (["horizn": "1"], "this job has no such parameter; it has: horizon, region, day"),
    ])
    func `a wrong value is a sentence without the value`(typed: [String: String], sentence: String) {
        #expect(throws: ParameterProblem(sentence)) { try read(typed).get() }
    }
}
