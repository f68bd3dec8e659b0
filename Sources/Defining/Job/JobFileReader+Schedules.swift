// `schedule`: one mapping or a list of them.
internal import Vocabulary

extension JobFileReader {
    func readSchedules(tasks: [TaskDefinition], parameters: [ParameterDefinition]) -> [ScheduleDefinition] {
        guard let entry = reader.entry("schedule") else { return [] }
        let nodes = entry.value.items ?? [entry.value]
        if nodes.isEmpty { findings.error(entry.value.place, "`schedule` is an empty list", "remove it, or write a `cron` and a `timezone`") }
        var schedules: [ScheduleDefinition] = []
        for node in nodes {
            guard
                let schedule = MappingReader(
                    node, path: "schedule", example: "schedule: { cron: \"0 6 * * *\", timezone: Europe/Berlin }", keys: JobKeys.table,
                    into: findings)
            else { continue }
            let read = readSchedule(schedule, tasks: tasks, parameters: parameters)
            if schedules.contains(where: { $0.name == read.name }) {
                let place = schedule.has("name") ? schedule.valuePlace("name") : node.place
                findings.error(place, "two schedules are named \(quoted(read.name))", "give each its own `name`")
            }
            schedules.append(read)
        }
        return schedules
    }

    private func readSchedule(_ schedule: MappingReader, tasks: [TaskDefinition], parameters: [ParameterDefinition]) -> ScheduleDefinition {
        let name = schedule.text("name") ?? "main"
        if !Names.isThing(name) {
            schedule.error("name", "\(quoted(name)) cannot name a schedule: a-z, 0-9 and _, a letter first", Rules.thingName(from: name).map { "write \(quoted($0))" })
        }
        let task = schedule.text("task") ?? TaskDefinition.publishing
        if schedule.has("task"), !tasks.contains(where: { $0.name == task }), reader.entry("tasks")?.value.entries?.contains(where: { $0.key == task }) != true {
            schedule.error(
                "task", "there is no task \(quoted(task))",
                Nearest.word(to: task, among: tasks.map(\.name)).map { "did you mean \(quoted($0))?" } ?? "name one of \(listed(tasks.map(\.name), last: "or"))")
        }
        let missed = schedule.choice("missed", ScheduleDefinition.Missed.self) ?? .latest
        let limit = schedule.integer("missed_limit", in: 1...Int64(ScheduleDefinition.largestMissedLimit)).map(Int.init)
        if schedule.has("missed_limit"), missed != .all {
            schedule.error("missed_limit", "`missed_limit` belongs to `missed: all` only", "remove it")
        }
        let jitter = schedule.span("jitter")
        if let jitter, jitter > ScheduleDefinition.longestJitter {
            schedule.error("jitter", "`jitter` is longer than a day", "write a length of time of at most `24h`")
        }
        return ScheduleDefinition(
            name: name, cron: readCron(schedule), timezone: readZone(schedule), task: task,
            parameters: readScheduleParameters(schedule, parameters), gap: schedule.choice("gap", ScheduleDefinition.Gap.self) ?? .runAfter,
            overlap: schedule.choice("overlap", ScheduleDefinition.Overlap.self) ?? .first, missed: missed, missedLimit: limit,
            whileRunning: schedule.choice("while_running", ScheduleDefinition.WhileRunning.self) ?? .skip,
            jitter: jitter, freshWithin: schedule.span("fresh_within"))
    }

    private func readCron(_ schedule: MappingReader) -> String {
        guard let entry = schedule.entry("cron") else {
            schedule.missing("cron", write: "cron: \"0 6 * * *\"")
            return ""
        }
        guard let text = schedule.text("cron"), let scalar = entry.value.scalar else { return "" }
        if let broken = CronText.problem(in: text) {
            var place = entry.value.place
            // The column inside the expression counts only where the text stands on one line as it is.
            if scalar.style != .block, let column = broken.column, scalar.text == text {
                place = Place(line: place.line, column: place.column + column - 1 + (scalar.style == .quoted ? 1 : 0))
            }
            findings.error(place, broken.message, broken.suggestion)
        }
        return text
    }

    private func readZone(_ schedule: MappingReader) -> String {
        guard schedule.has("timezone") else {
            schedule.missing("timezone", write: "timezone: Europe/Berlin")
            return ""
        }
        guard let zone = schedule.text("timezone") else { return "" }
        if let near = surroundings.unknownZone(zone) {
            schedule.error(
                "timezone", "there is no time zone \(quoted(zone))",
                near.isEmpty ? "write an IANA name such as `Europe/Berlin`" : "did you mean \(listed(near, last: "or"))?")
        }
        return zone
    }

    private func readScheduleParameters(_ schedule: MappingReader, _ parameters: [ParameterDefinition]) -> [String: ParameterValue] {
        var values: [String: ParameterValue] = [:]
        for entry in schedule.named("parameters", example: "parameters: { horizon: 12 }") {
            guard let parameter = parameters.first(where: { $0.name == entry.key }) else {
                let near = Nearest.word(to: entry.key, among: parameters.map(\.name))
                findings.error(
                    entry.place, "the job has no parameter \(quoted(entry.key))",
                    near.map { "did you mean \(quoted($0))?" } ?? "define it under `parameters`, or remove it here")
                continue
            }
            switch ParameterNode.value(entry.value, of: parameter) {
            case .success(let value): values[entry.key] = value
            case .failure(let broken): findings.error(entry.value.place, broken.message, broken.suggestion)
            }
        }
        for parameter in parameters where parameter.defaultValue == nil && values[parameter.name] == nil {
            let given = schedule.entry("parameters")?.value.entries?.contains { $0.key == parameter.name } ?? false
            let wrongDefault = reader.entry("parameters")?.value.entries?.first { $0.key == parameter.name }?.value.entries?.contains { $0.key == "default" } ?? false
            if !given, !wrongDefault {
                findings.error(
                    schedule.place, "the schedule gives no \(quoted(parameter.name)), and the parameter has no default",
                    "write it under the schedule's `parameters`, or give it a `default`")
            }
        }
        return values
    }
}
