// Job folders that are as they should be, and what becomes of them.
import Defining
import Testing
import Vocabulary

@Suite struct `good jobs` {
    static let whole = """
        contract: 1
        title: "Airline passengers, next twelve months"
        tasks:
          score: { run: forecast.R }
          tidy: { run: tidy.sh, outputs: { log: { path: log.json } } }
        summary: >
          How many passengers to expect each month,
          with a range.
        team: planning
        owner: planning@example.com
        access: { view: [planning, everyone, public], run: [analysts], own: [planning-leads] }
        former_names: [passengers]
        schedule:
          - { cron: "0 6 1 * *", timezone: Europe/Berlin, fresh_within: 2h, parameters: { horizon: 24 } }
          - { name: tidying, cron: "30 2 * * 0", timezone: UTC, task: tidy, gap: skip, overlap: both, missed: all, missed_limit: 12, while_running: queue, jitter: 5m }
        inputs:
          passengers: { path: data/passengers.csv, expect: { columns: { month: date, n: integer }, min_rows: 100 } }
          flights: { path: ../../data/flights.csv }
        parameters:
          horizon: { type: integer, default: 12, min: 1, max: 60, label: Months ahead, help: "How far to look" }
          level: { type: number, default: 0.95, min: 0.5, max: 0.99 }
          note: { type: string, default: "on" }
          fast: { type: boolean, default: false }
          day: { type: date, default: 2026-03-08 }
          region: { type: choice, choices: [north, "no"], default: "no" }
        outputs:
          forecast:
            path: forecast.csv
            title: Forecast
            description: One row a month
            key: [month]
            columns: { month: { title: Month, unit: month, description: The first day }, expected: }
            csv: { delimiter: ";", decimal: "," }
        metrics:
          mape: { title: Typical error, unit: "%", better: lower, warn_above: 12, hold_above: 40.5 }
          plain:
        limits: { time: 10m, output: 5GiB }
        isolation: auto
        network: outbound
        retries: { count: 2, delay: 1m }

        """

    private func read(_ yaml: String) throws -> JobReading {
        let scratch = try Scratch()
        try scratch.write("work/Jobs/airline/job.yaml", yaml)
        try scratch.write("work/Jobs/airline/forecast.R", "1\n")
        try scratch.write("work/Jobs/airline/tidy.sh", "#!/bin/sh\n", executable: true)
        try scratch.write("work/Jobs/airline/data/passengers.csv", "month,n\n2026-01-01,1\n")
        try scratch.write("work/data/flights.csv", "a\n")
        return WorkspaceReader(workspace: scratch.path + "/work", zoneInfo: try scratch.zones()).read(job: "airline")
    }

    @Test func `every key that works is read`() throws {
        guard case .good(let job) = try read(Self.whole) else {
            Issue.record("\(try read(Self.whole).diagnostics)")
            return
        }
        let definition = job.definition
        #expect(job.diagnostics.isEmpty)
        #expect(definition.title == "Airline passengers, next twelve months")
        #expect(definition.summary == "How many passengers to expect each month, with a range.")
        #expect(definition.team == "planning")
        #expect(definition.owner == "planning@example.com")
        #expect(definition.access == AccessKeys(view: ["planning", "everyone", "public"], run: ["analysts"], own: ["planning-leads"]))
        #expect(definition.formerNames == ["passengers"])
        #expect(definition.tasks.map(\.name) == ["score", "tidy"])
        #expect(definition.tasks.map(\.language) == [.r, .command])
        #expect(definition.tasks[0].outputs == nil)
        #expect(definition.tasks[1].outputs == [OutputDefinition(name: "log", path: "log.json")])
        #expect(
            definition.schedules == [
                ScheduleDefinition(
                    cron: "0 6 1 * *", timezone: "Europe/Berlin", parameters: ["horizon": .integer(24)], freshWithin: Span(seconds: 7200)),
                ScheduleDefinition(
                    name: "tidying", cron: "30 2 * * 0", timezone: "UTC", task: "tidy", gap: .skip, overlap: .both, missed: .all, missedLimit: 12,
                    whileRunning: .queue, jitter: Span(seconds: 300)),
            ])
        #expect(definition.inputs.map(\.source) == [.path("data/passengers.csv"), .path("../../data/flights.csv")])
        #expect(definition.inputs[0].expect == .init(columns: [.init(name: "month", type: .date), .init(name: "n", type: .integer)], minRows: 100))
        #expect(
            definition.defaultParameters == [
                "horizon": .integer(12), "level": .number(0.95), "note": .string("on"), "fast": .boolean(false), "day": .string("2026-03-08"),
                "region": .string("no"),
            ])
        #expect(definition.parameters[0] == ParameterDefinition(
            name: "horizon", kind: .integer, defaultValue: .integer(12), min: 1, max: 60, label: "Months ahead", help: "How far to look"))
        #expect(definition.outputs == [
            OutputDefinition(
                name: "forecast", path: "forecast.csv", title: "Forecast", description: "One row a month", key: ["month"],
                columns: [.init(name: "month", title: "Month", unit: "month", description: "The first day"), .init(name: "expected")],
                csv: CSVFormat(delimiter: ";", decimal: ","))
        ])
        #expect(definition.metrics == [
            MetricDefinition(name: "mape", title: "Typical error", unit: "%", better: .lower, warnAbove: 12, holdAbove: 40.5), MetricDefinition(name: "plain"),
        ])
        #expect(definition.limits == Limits(time: Span(seconds: 600), output: ByteCount(5 << 30)))
        #expect(definition.retries == Retries(count: 2, delay: Span(seconds: 60)))
        #expect(definition.environment == nil)
    }

    @Test func `the smallest job has the defaults`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job("contract: 1\ntitle: Sales\ntasks: {score: {run: score.py}}")
        guard case .good(let job) = WorkspaceReader(workspace: workspace).read(job: "sales") else { Issue.record("broken"); return }
        #expect(job.definition == JobDefinition(title: "Sales", tasks: [TaskDefinition(name: "score", file: "score.py", language: .python)]))
    }

    @Test func `on, yes and no are words, and only true and false are booleans`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(
            "contract: 1\ntitle: on\nsummary: yes\ntasks: {score: {run: score.py}}\nparameters: {a: {type: string, default: no}, b: {type: boolean, default: true}}\n")
        guard case .good(let job) = WorkspaceReader(workspace: workspace).read(job: "sales") else { Issue.record("broken"); return }
        #expect(job.definition.title == "on")
        #expect(job.definition.summary == "yes")
        #expect(job.definition.defaultParameters == ["a": .string("no"), "b": .boolean(true)])
    }

    @Test func `a lock file is found by its name when it suits the language`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job("contract: 1\ntitle: Sales\ntasks: {score: {run: score.py}}\n")
        try scratch.write("work/Jobs/sales/requirements.txt", "numpy==2.1.0\n")
        try scratch.write("work/Jobs/sales/renv.lock", "{}\n")
        guard case .good(let job) = WorkspaceReader(workspace: workspace).read(job: "sales") else { Issue.record("broken"); return }
        #expect(job.definition.environment == EnvironmentDefinition(kind: .requirements, file: "requirements.txt"))
        #expect(job.diagnostics.isEmpty)
    }

    @Test func `texts that look like anchors inside texts are left alone`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(
            """
            contract: 1
            title: R&D *and* more [a
            summary: |
              *emphasis* & more
              - &not an anchor
                @deeper
            tasks:
              score:
                run: score.py   # *not an alias
            parameters:
              a: { type: string, default: "*x", help: 'it''s &x' }
              b:
                type: string
                help: first line
                  *second* line

            """)
        let reading = WorkspaceReader(workspace: workspace).read(job: "sales")
        guard case .good(let job) = reading else { Issue.record("\(reading.diagnostics)"); return }
        #expect(job.definition.summary == "*emphasis* & more\n- &not an anchor\n  @deeper")
        #expect(job.definition.parameters[1].help == "first line *second* line")
    }
}
