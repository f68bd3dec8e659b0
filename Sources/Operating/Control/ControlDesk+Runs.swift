// Commands about runs, schedules and editions.
import Recording
import Rendering
package import Scheduling
package import Vocabulary

extension ControlDesk {
    func queueRun(_ request: ControlCommand.RunRequest) async throws -> ControlReply {
        guard let job = try await store.job(named: request.job) else { return .refused(noSuchJob(request.job)) }
        if job.removedAt != nil { return .refused("the folder of \(job.name) is gone; put it back and run it then") }
        if let range = request.range { return try await queueRuns(request, of: job, in: range) }
        let taskName = request.task ?? TaskDefinition.publishing
        guard job.definition.task(taskName) != nil else {
            let names = job.definition.tasks.map(\.name).joined(separator: ", ")
            return .refused("\(job.name) has no task of that name; it has: \(names)")
        }
        let parameters: RunParameters
        switch RunParameters.read(request.parameters, definition: job.definition, task: taskName) {
        case .success(let value): parameters = value
        case .failure(let problem): return .refused(problem.description)
        }
        let zone = job.definition.schedules.first.flatMap { zones.rules($0.timezone) }
        var scheduledFor = clock()
        if let text = request.scheduledFor {
            guard let instant = ControlDesk.instant(text, zone: zone) else {
                return .refused("--for must be a time such as 2026-03-08T06:00:00Z, or 2026-03-08T06:00:00 in the zone of the job's schedule")
            }
            scheduledFor = instant
        }
        let run = try await store.queue(
            NewRun(
                jobID: job.id, task: taskName, trigger: request.scheduledFor == nil ? .manual : .backfill, scheduledFor: scheduledFor,
                scheduledOffset: zone?.offset(at: scheduledFor) ?? 0, parameters: parameters.values, isPrivate: parameters.areOwn),
            at: clock())
        let note = parameters.areOwn ? " (private: it has its own parameters)" : ""
        return ControlReply(message: "run \(run) of \(job.name) is queued\(note)", values: ["run": run.text])
    }

    func cancel(_ run: RunID) async throws -> ControlReply {
        guard let record = try await store.run(run) else { return .refused("there is no run \(run)") }
        if record.status.isTerminal { return .refused("run \(run) has already \(record.status.rawValue)") }
        try await store.requestCancel(run: run, by: nil, at: clock())
        return ControlReply(message: record.status == .queued ? "run \(run) is cancelled" : "run \(run) is being stopped")
    }

    func pause(_ job: String, _ paused: Bool) async throws -> ControlReply {
        guard try await store.job(named: job) != nil else { return .refused(noSuchJob(job)) }
        try await store.setPaused(paused, job: job, at: clock())
        return ControlReply(message: paused ? "the schedules of \(job) are paused" : "the schedules of \(job) run again")
    }

    func render(_ names: [String]) async throws -> ControlReply {
        let jobs = try await store.jobs()
        for name in names where !jobs.contains(where: { $0.name == name }) { return .refused(noSuchJob(name)) }
        var count = 0
        for job in jobs where names.isEmpty || names.contains(job.name) { count += try await editions.renderAll(job) }
        return ControlReply(message: "\(count) edition\(count == 1 ? "" : "s") rendered again", values: ["editions": String(count)])
    }

    func publish(_ run: RunID) async throws -> ControlReply {
        guard let detail = try await store.runDetail(run) else { return .refused("there is no run \(run)") }
        guard detail.run.status == .succeeded else { return .refused("run \(run) has not succeeded, so there is nothing to publish") }
        guard detail.run.editionNumber == nil else { return .refused("run \(run) is published already, as edition \(detail.run.editionNumber ?? 0)") }
        guard detail.run.task == TaskDefinition.publishing else { return .refused("only runs of the task \(TaskDefinition.publishing) are published") }
        let number = try await editions.publish(run, by: nil)
        return ControlReply(message: "run \(run) is edition \(number) of \(detail.job.name), and current", values: ["edition": String(number)])
    }

    func withhold(_ name: String, _ edition: Int, _ reason: String) async throws -> ControlReply {
        guard let job = try await store.job(named: name) else { return .refused(noSuchJob(name)) }
        try await store.withhold(job: job.id, edition: edition, by: nil, reason: reason, at: clock())
        return ControlReply(message: "edition \(edition) of \(name) is withheld")
    }

    func makeCurrent(_ name: String, _ edition: Int, _ reason: String) async throws -> ControlReply {
        guard let job = try await store.job(named: name) else { return .refused(noSuchJob(name)) }
        try await store.makeCurrent(job: job.id, edition: edition, by: nil, reason: reason, at: clock())
        return ControlReply(message: "edition \(edition) of \(name) is current")
    }

    private func noSuchJob(_ name: String) -> String { "there is no registered job \(name); `almanac check` lists the jobs of the workspace" }

    /// An instant as people type it: RFC 3339, or a local time in the zone of the job's schedule.
    package static func instant(_ text: String, zone: TimeZoneRules?) -> Instant? {
        if let instant = Instant(rfc3339: text) { return instant }
        let full = text.utf8.count == 10 ? text + "T00:00:00" : text.utf8.count == 16 ? text + ":00" : text
        guard let local = LocalTime(full) else { return nil }
        guard let zone else { return Instant(seconds: local.secondsAsUTC) }
        return zone.instants(of: local).first
    }
}

/// The parameters of a run that was asked for, and whether they differ from the ones its schedule gives it.
package struct RunParameters: Sendable {
    package let values: [String: ParameterValue]
    package let areOwn: Bool

    /// Reads typed values over the defaults, or says which is wrong.
    package static func read(_ typed: [String: String], definition: JobDefinition, task: String) -> Result<RunParameters, ParameterProblem> {
        read(typed, definition: definition, usual: definition.usualParameters(task: task))
    }

    /// As above, over the values that a certain schedule gives its runs.
    static func read(_ typed: [String: String], definition: JobDefinition, usual: [String: ParameterValue]) -> Result<RunParameters, ParameterProblem> {
        var values = usual
        for (name, text) in typed.sorted(by: { $0.key < $1.key }) {
            guard let parameter = definition.parameters.first(where: { $0.name == name }) else {
                let known = definition.parameters.map(\.name).joined(separator: ", ")
                return .failure(.init(known.isEmpty ? "this job has no parameters" : "this job has no such parameter; it has: \(known)"))
            }
            switch parameter.value(from: text) {
            case .success(let value): values[name] = value
            case .failure(let problem): return .failure(problem)
            }
        }
        if let missing = definition.parameters.first(where: { values[$0.name] == nil }) {
            return .failure(.init("\(missing.name) has no default; give it with --parameter \(missing.name)=…"))
        }
        return .success(RunParameters(values: values, areOwn: values != usual))
    }
}
