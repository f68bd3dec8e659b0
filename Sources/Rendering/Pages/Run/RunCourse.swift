// The course of a run as rows of words, each with a bar on the run's own axis of time.
import Recording
import Vocabulary

/// A stretch of the course on the page. The words say all that the bar shows.
struct PhaseRow: TemplateModel, Hashable {
    let label: String
    let length: String
    let begins: String
    /// Stored words of kind and outcome, for the colour.
    let tone: String
    /// Per cent of the axis.
    let left: String
    let width: String
    let note: String?

    static let table = FieldTable<PhaseRow>(
        .text("label") { $0.label },
        .text("length") { $0.length },
        .text("begins") { $0.begins },
        .text("tone") { $0.tone },
        .text("left") { $0.left },
        .text("width") { $0.width },
        .text("note") { $0.note })
}

/// Why a queued run has not started, in a sentence.
struct WaitNote: TemplateModel, Hashable {
    let reason: String
    let address: String?
    let addressWords: String?

    static let table = FieldTable<WaitNote>(
        .text("reason") { $0.reason },
        .text("address") { $0.address },
        .text("addressWords") { $0.addressWords })
}

extension RunPage {
    /// The stretches with their bars; a bar is never too short to be seen.
    var phases: [PhaseRow] {
        let phases = RunPhase.all(of: detail)
        guard let first = phases.first else { return [] }
        let end = phases.compactMap(\.end).max() ?? first.start
        let last = phases.contains { $0.end == nil } ? max(clock.now, end) : end
        let whole = Double(max(last - first.start, 1))
        let retried = phases.contains { $0.attempt > 1 }
        return phases.map { phase in
            let stop = phase.end ?? last
            let left = min(Double(phase.start - first.start) / whole * 100, 99.2)
            let width = max(min(Double(stop - phase.start) / whole * 100, 100 - left), 0.8)
            return PhaseRow(
                label: Self.label(phase, isOnly: !retried), length: Amounts.duration(milliseconds: stop - phase.start) + (phase.end == nil ? " so far" : ""),
                begins: clock.second(phase.start, zone: zone), tone: phase.outcome?.rawValue ?? phase.kind.rawValue, left: Self.percent(left),
                width: Self.percent(width), note: phase.note)
        }
    }

    private static func label(_ phase: RunPhase, isOnly: Bool) -> String {
        let start = isOnly ? "" : "Attempt \(phase.attempt): "
        let words: String
        switch (phase.kind, phase.outcome) {
        case (.waiting, _) where phase.outcome == .cancelled: return phase.attempt == 0 ? "Waited, then cancelled" : "Waited for another attempt, then cancelled"
        case (.waiting, _): return phase.attempt == 0 ? (phase.end == nil ? "Waits" : "Waited") : phase.end == nil ? "Waits for another attempt" : "Waited for another attempt"
        case (.storing, _): words = "results stored"
        case (.starting, nil): words = phase.end == nil ? "is being started" : "started"
        case (.running, nil): words = phase.end == nil ? "runs" : "ran"
        case (.starting, .lost?): words = "lost while it was being started"
        case (.starting, .cancelled?): words = "cancelled while it was being started"
        case (.starting, _): words = "could not be started"
        case (.running, .succeeded?): words = "ran and succeeded"
        case (.running, .cancelled?): words = "ran until it was cancelled"
        case (.running, .lost?): words = "ran until it was lost"
        case (.running, _): words = "ran and failed"
        }
        return isOnly ? words.prefix(1).uppercased() + words.dropFirst() : start + words
    }

    /// One place after the point: enough for a screen.
    private static func percent(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    /// Why a queued run has not started: the first of the reasons that hold, as the record and the engine know them.
    var waitNote: WaitNote? {
        guard detail.run.status == .queued, let wait else { return nil }
        if wait.jobIsRemoved { return note("The job’s folder is gone. The run starts when it is put back, or never.") }
        if let problem = signs.runnerProblem { return note("No run is started at the moment: \(problem.hasSuffix(".") ? problem : problem + ".")") }
        if let instant = wait.notBefore, instant > clock.now {
            let time = clock.time(instant, zone: zone)
            return note("The last attempt failed. The next one starts on \(time.text) \(time.zone).")
        }
        if let other = wait.follows {
            return WaitNote(
                reason: "Another run of this job is going on. Runs of one job follow each other.", address: mayRun ? "/runs/\(other)" : nil,
                addressWords: mayRun ? "See that run" : nil)
        }
        if let places = signs.places, wait.activeAttempts >= places {
            return note(places == 1 ? "The one place of this server is taken by another run." : "All \(places) places of this server are taken by other runs.")
        }
        return note(clock.now - detail.run.queuedAt < 5_000 ? "It is about to start." : "It starts when its turn comes: what people asked for goes first, then the teams take turns, each with as many at once as it may have; backfill comes last, in its order.")
    }

    private func note(_ reason: String) -> WaitNote { WaitNote(reason: reason, address: nil, addressWords: nil) }

    /// Who ended a cancelled run; nil for every other one.
    var cancelledBy: String? {
        guard detail.run.status == .cancelled || detail.run.cancelRequested else { return nil }
        let asked = detail.events.first { $0.kind == "cancelRequested" } ?? detail.events.first { $0.kind == "cancelled" }
        guard let asked else { return nil }
        return (detail.run.status == .cancelled ? "cancelled " : "asked to stop ") + (asked.detail ?? "from the command line")
    }
}
