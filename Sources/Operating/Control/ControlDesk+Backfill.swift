// The command that makes up for the past: one run per due time of a schedule between two instants.
import Recording
import Rendering
import Scheduling
import Vocabulary

extension ControlDesk {
    /// Most runs that one command queues.
    static let mostRuns = 10_000

    func queueRuns(_ request: ControlCommand.RunRequest, of job: JobRecord, in range: ControlCommand.DueRange) async throws -> ControlReply {
        guard request.scheduledFor == nil else { return .refused("--for asks for one run, --from and --to for one per due time; use one or the other") }
        let names = job.definition.schedules.map(\.name)
        guard let schedule = range.schedule.map({ name in job.definition.schedules.first { $0.name == name } }) ?? job.definition.schedules.first else {
            return .refused(
                names.isEmpty
                    ? "\(job.name) has no schedule, so there are no due times to run it for; give it one in job.yaml, or use `almanac run \(job.name) --for INSTANT`"
                    : "\(job.name) has no schedule of that name; it has: \(names.joined(separator: ", "))")
        }
        if range.schedule == nil, names.count > 1 {
            return .refused("\(job.name) has several schedules; name one with --schedule: \(names.joined(separator: ", "))")
        }
        guard let zone = zones.rules(schedule.timezone) else { return .refused("this machine has no time zone \(schedule.timezone); install tzdata") }
        guard let from = ControlDesk.instant(range.from, zone: zone), let to = ControlDesk.instant(range.to, zone: zone) else {
            return .refused("--from and --to must be times such as 2026-03-01T00:00:00Z, or 2026-03-01 in the zone of the schedule")
        }
        guard from < to else { return .refused("--to must be later than --from: it is the first instant that is not part of the range") }
        guard to <= clock() else { return .refused("--to lies ahead; the schedule itself runs what is still to come") }
        let taskName = request.task ?? schedule.task
        guard job.definition.task(taskName) != nil else {
            return .refused("\(job.name) has no task of that name; it has: \(job.definition.tasks.map(\.name).joined(separator: ", "))")
        }
        let parameters: RunParameters
        let usual = job.definition.defaultParameters.merging(schedule.parameters) { $1 }
        switch RunParameters.read(request.parameters, definition: job.definition, usual: usual) {
        case .success(let value): parameters = value
        case .failure(let problem): return .refused(problem.description)
        }
        var due: [Occurrence] = []
        let timetable = try Timetable(schedule, zone: zone)
        var last = from.adding(milliseconds: -1)
        while let next = timetable.next(after: last), next.at < to {
            if next.due != nil { due.append(next) }
            guard due.count <= ControlDesk.mostRuns else {
                return .refused("there are more than \(ControlDesk.mostRuns) due times between; take a shorter range, and another when its runs have ended")
            }
            last = next.at
        }
        guard let first = due.first, let final = due.last else { return .refused("schedule \(schedule.name) of \(job.name) has no due time in this range") }
        let runs = try await store.queue(
            due.map { occurrence in
                NewRun(
                    jobID: job.id, jobVersionID: job.versionID, task: taskName, trigger: .backfill, scheduledFor: occurrence.at,
                    scheduledOffset: occurrence.offset, parameters: parameters.values, isPrivate: parameters.areOwn)
            },
            at: clock())
        func told(_ occurrence: Occurrence) -> String { occurrence.at.rfc3339(offset: occurrence.offset) }
        let span = due.count == 1 ? "for \(told(first))" : "for \(told(first)) to \(told(final))"
        let note = parameters.areOwn ? " (private: they have their own parameters)" : ""
        return ControlReply(
            message: "\(runs.count) run\(runs.count == 1 ? "" : "s") of \(job.name) \(runs.count == 1 ? "is" : "are") queued, \(span)\(note)",
            values: ["count": String(runs.count), "runs": runs.map(\.text).joined(separator: " ")])
    }
}
