// schedule: what runs when, and what any expression means.
import ArgumentParser
import Operating
import Recording
import Rendering
import Scheduling
import Vocabulary

struct ScheduleVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Show what runs when, or explain an expression.",
        discussion: "Example: almanac schedule airline-passengers --next 3",
        subcommands: [Next.self, Explain.self], defaultSubcommand: Next.self)

    struct Next: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The next occurrences of one job or of all.", discussion: "Example: almanac schedule airline-passengers --next 3")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The job.") var job: String?
        @Option(help: "How many per schedule.") var next = 5
        @Option(help: "Begin at this time (RFC 3339).") var from: String?

        func run() async throws {
            try await verb {
                let start = try startInstant(from)
                let zones = Zones()
                let schedules = try await openRecord(Folders(options)).schedulesInForce().filter { job == nil || $0.jobName == job }
                if schedules.isEmpty, let job { throw Refusal("no schedule of \(job) is in force; `almanac check \(job)` says what is wrong, if anything is") }
                struct Line: Encodable { let job, schedule: String; let paused: Bool; let delay: String?; let problem: String?; let occurrences: [FiringLine] }
                var lines: [Line] = []
                for schedule in schedules {
                    let zone = schedule.definition.timezone
                    let rules = zones.rules(zone)
                    let timetable = try rules.map { try Timetable(schedule.definition, zone: $0) }
                    let delay = schedule.definition.delay(job: schedule.jobName)
                    lines.append(Line(
                        job: schedule.jobName, schedule: schedule.name, paused: schedule.paused, delay: delay.milliseconds > 0 ? delay.description : nil,
                        problem: rules == nil ? "this machine has no time zone \(zone); install tzdata" : nil,
                        occurrences: timetable?.firings(after: start, count: max(1, min(next, 1000))).map(FiringLine.init) ?? []))
                }
                if options.json { return printJSON(["schedules": lines]) }
                for line in lines {
                    let remarks = [line.paused ? "paused" : nil, line.delay.map { "each run starts \($0) later" }, line.problem].compactMap { $0 }
                    print("\(line.job), schedule \(line.schedule)" + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))"))
                    for occurrence in line.occurrences { print("  " + occurrence.text) }
                }
                if lines.isEmpty { print("No schedules yet. A job gets one by `schedule:` in its job.yaml.") }
            }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain a cron expression in a time zone.",
            discussion: "Example: almanac schedule explain '30 2 * * *' America/New_York --from 2026-03-07T00:00:00Z")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Five fields, or a word such as @daily.") var cron: String
        @Argument(help: "An IANA time zone.") var zone: String
        @Option(help: "run_after or skip.") var gap: String = "run_after"
        @Option(help: "first, second or both.") var overlap: String = "first"
        @Option(help: "Begin at this time: RFC 3339, or 2026-03-07 in the zone.") var from: String?
        @Option(help: "How many firings.") var next = 5

        func run() async throws {
            try await verb {
                guard let gap = ScheduleDefinition.Gap(rawValue: gap) else { throw Refusal("--gap is run_after or skip", status: 64) }
                guard let overlap = ScheduleDefinition.Overlap(rawValue: overlap) else { throw Refusal("--overlap is first, second or both", status: 64) }
                guard let rules = Zones().rules(zone) else { throw Refusal("there is no time zone of that name on this machine; zones look like Europe/Berlin") }
                let expression: CronExpression
                do { expression = try CronExpression(cron) } catch let error as CronError {
                    throw Refusal("\(error.message), at column \(error.column); \(error.suggestion)")
                }
                let firings = Timetable(cron: expression, zone: rules, gap: gap, overlap: overlap)
                    .firings(after: try startInstant(from, zone: rules), count: max(1, min(next, 10_000))).map(FiringLine.init)
                if options.json { return printJSON(firings) }
                for firing in firings { print(firing.text) }
                if firings.isEmpty { print("This never happens.") }
            }
        }
    }
}

/// One occurrence as the contract prints it.
struct FiringLine: Encodable {
    let at: String?
    let nominal: String
    let local: String?
    let offset: String?
    let note: String?

    init(_ occurrence: Occurrence) {
        at = occurrence.due?.description
        nominal = occurrence.nominal.description
        local = occurrence.due.map { LocalTime($0, offset: occurrence.offset).description }
        offset = occurrence.due.map { _ in Instant.offsetText(occurrence.offset) }
        note = occurrence.note
    }

    /// Written out, so that nothing is left away: a skipped occurrence has `"at": null`.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(at, forKey: .at)
        try container.encode(nominal, forKey: .nominal)
        try container.encode(local, forKey: .local)
        try container.encode(offset, forKey: .offset)
        try container.encode(note, forKey: .note)
    }

    private enum Keys: String, CodingKey { case at, nominal, local, offset, note }

    var text: String {
        let time = local.map { $0 + (offset ?? "") } ?? "\(nominal) (skipped)"
        return time + (note.map { "  \($0)" } ?? "")
    }
}

private func startInstant(_ text: String?, zone: TimeZoneRules? = nil) throws -> Instant {
    guard let text else { return Clock.system() }
    guard let instant = zone == nil ? Instant(rfc3339: text) : ControlDesk.instant(text, zone: zone) else {
        throw Refusal("--from must be a time such as 2026-03-08T06:00:00Z" + (zone == nil ? "" : ", or 2026-03-08 in the zone"), status: 64)
    }
    return instant
}
