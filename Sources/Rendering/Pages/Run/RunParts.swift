// The parts of a run's page.
import Recording
import Vocabulary

extension RunPage {
    var failure: FailureNote? {
        guard detail.run.status == .failed else { return nil }
        return FailureNote(words: detail.run.failureReason?.words ?? "The run failed.", message: detail.run.failureMessage)
    }

    var resultAddress: String? {
        guard detail.run.status == .succeeded else { return nil }
        if let number = detail.run.editionNumber { return "/reports/\(detail.job.name)/editions/\(number)" }
        return detail.run.isPrivate ? "/runs/\(detail.run.id)/report" : nil
    }

    /// Where to post the decision that makes a private result an edition, or nil.
    var publishAddress: String? {
        let run = detail.run
        let canPublish = allowed.contains(.publish) && run.isPrivate && run.status == .succeeded && run.task == TaskDefinition.publishing && run.editionNumber == nil
        return canPublish ? "/runs/\(run.id)/publish" : nil
    }

    var facts: [Fact] {
        let run = detail.run
        var facts = [Fact(label: "Made by", value: run.trigger.words + (detail.requestedByName.map { ", \($0)" } ?? ""))]
        if run.trigger != .manual {
            let due = clock.time(run.scheduledFor, zone: zone)
            facts.append(Fact(label: "Scheduled for", value: "\(due.text) \(due.zone)"))
        }
        if let start = run.startedAt {
            facts.append(Fact(label: "Waited", value: Amounts.duration(milliseconds: start - run.queuedAt)))
            if let end = run.endedAt { facts.append(Fact(label: "Ran for", value: Amounts.duration(milliseconds: end - start))) }
        }
        facts.append(Fact(label: "Version of the job", value: "\(detail.version.number) (\(detail.version.manifestDigest.short)…)"))
        facts.append(Fact(label: "Run", value: run.id.text, isCode: true))
        return facts
    }

    var parameters: [Fact] {
        let definitions = detail.version.definition.parameters
        return detail.parameters.sorted { $0.key < $1.key }.map { name, value in
            Fact(label: definitions.first { $0.name == name }?.label ?? name, value: value.text)
        }
    }

    var inputs: [FileRow] {
        detail.snapshots.map {
            FileRow(
                title: $0.fileName, fileName: $0.fileName, meaning: $0.origin, address: "", size: ByteCount($0.bytes).description,
                sha256: $0.sha256.hex, columns: [])
        }
    }

    var outputs: [FileRow] {
        detail.outputs.map { output in
            let declared = output.declared ? detail.version.definition.output(output.name) : nil
            let folder = detail.run.editionNumber.map { ReportPage.filesFolder(job: detail.job.name, edition: $0) }
            let canLoad = allowed.contains(.download) && output.declared
            return FileRow(
                title: declared?.title ?? output.name, fileName: output.path,
                meaning: output.declared ? declared?.description : "Not declared in job.yaml; kept with the run.",
                address: canLoad ? folder.map { "\($0)/\(output.fileName)" } ?? "" : "", size: output.sizeWords, sha256: output.sha256.hex,
                columns: [])
        }
    }

    var events: [EventRow] {
        detail.events.map { EventRow(at: clock.time($0.at, zone: zone), words: eventWords($0.kind), detail: $0.detail) }
    }

    var attempts: [AttemptRow] {
        detail.attempts.map { attempt in
            let known = ["isolation": "Isolation", "limits": "Limits enforced by"]
            let guards = known.sorted { $0.key < $1.key }.compactMap { key, label in attempt.environment[key].map { Fact(label: label, value: $0) } }
            let environment = attempt.environment.filter { known[$0.key] == nil }.sorted { $0.key < $1.key }.map { Fact(label: $0.key, value: $0.value) }
            return AttemptRow(
                number: "\(attempt.number)", status: attempt.status.rawValue, statusWords: attempt.status.words,
                message: attempt.message ?? attempt.reason?.words, started: clock.time(attempt.startedAt, zone: zone),
                duration: attempt.endedAt.map { Amounts.duration(milliseconds: $0 - attempt.startedAt) }, next: next(after: attempt),
                resources: Self.resources(attempt.resources), guards: guards, environment: environment)
        }
    }

    /// When a failed or lost attempt was followed by another one, or will be.
    private func next(after attempt: AttemptRecord) -> String? {
        guard attempt.status == .failed || attempt.status == .lost else { return nil }
        if let following = detail.attempts.first(where: { $0.number == attempt.number + 1 }) {
            return "Tried again at \(clock.second(following.startedAt, zone: zone))."
        }
        guard detail.run.status == .queued else { return nil }
        guard let instant = wait?.notBefore, instant > clock.now else { return "Will be tried again." }
        return "Will be tried again at \(clock.second(instant, zone: zone))."
    }

    /// What the job may use, as its version of job.yaml says.
    var limits: [Fact] {
        let limits = detail.version.definition.limits
        var facts: [Fact] = []
        if let time = limits.time { facts.append(Fact(label: "Time", value: Amounts.duration(milliseconds: time.milliseconds))) }
        if let memory = limits.memory { facts.append(Fact(label: "Memory", value: "\(memory)")) }
        if let cpus = limits.cpus { facts.append(Fact(label: "Processors", value: NumberText.measure(cpus, unit: nil))) }
        if let processes = limits.processes { facts.append(Fact(label: "Processes", value: NumberText.integer(Int64(processes)))) }
        if let output = limits.output { facts.append(Fact(label: "Files", value: "\(output)")) }
        return facts
    }

    private static func resources(_ use: ResourceUse) -> String? {
        var parts: [String] = []
        if let time = use.cpuMilliseconds { parts.append("\(Amounts.duration(milliseconds: time)) of processor time") }
        if let memory = use.peakMemoryBytes { parts.append("\(ByteCount(memory)) of memory at most") }
        if let read = use.readBytes { parts.append("\(ByteCount(read)) read") }
        if let written = use.writtenBytes { parts.append("\(ByteCount(written)) written") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
