// What the drill asked for and what it was told: the acknowledgements that no kill may undo.
import Foundation
import TestSupport

/// One request for a run. Its due time is its own, so that its run is found even when the answer was never heard.
struct Request: Sendable {
    /// Milliseconds since 1970.
    let due: Int64
    let kind: DrillJobs.Kind
    let isPrivate: Bool
    /// The run that was acknowledged, or nil when no answer came.
    var run: String?
}

/// Every request of a drill.
actor Ledger {
    private(set) var requests: [Request] = []
    /// Runs whose stopping was acknowledged: they must be cancelled.
    private(set) var cancelled: Set<String> = []
    /// Runs whose stopping was asked for, perhaps of a server that was killed before it could answer: they may be cancelled.
    private(set) var askedToStop: Set<String> = []
    /// Answers of the site that were no answers to the question: what was asked and what came.
    private(set) var badAnswers: [String] = []
    private(set) var refusals: [String] = []
    private(set) var answers = 0
    private(set) var hangUps = 0
    private var next: Int64 = 1_577_836_800_000

    var acknowledged: [String: Request] { Dictionary(uniqueKeysWithValues: requests.compactMap { request in request.run.map { ($0, request) } }) }
    var acknowledgedCount: Int { requests.count { $0.run != nil } }

    /// Enters a request before it is sent; its number.
    func open(_ kind: DrillJobs.Kind, isPrivate: Bool) -> (number: Int, due: Int64) {
        next += 1000
        requests.append(Request(due: next, kind: kind, isPrivate: isPrivate))
        return (requests.count - 1, next)
    }

    func acknowledge(_ number: Int, run: String) { requests[number].run = run }
    func refuse(_ text: String) { refusals.append(text) }
    func askToStop(_ run: String) { askedToStop.insert(run) }
    func cancel(_ run: String) { cancelled.insert(run) }

    func heard(_ path: String, _ answer: Answer?, in time: Double) {
        guard let answer else { return hangUps += 1 }
        answers += 1
        if answer.status != 200 { badAnswers.append("\(path) answered \(answer.status)") }
    }
}

/// Asks for runs, cancels some, and reads pages, for as long as it is not cancelled.
struct Crowd: Sendable {
    let jobs: DrillJobs
    let ledger: Ledger
    let socket: String
    let token: String

    /// Asks for runs one after another; `wait` gives the milliseconds before each.
    func ask(_ count: Int, seed: UInt64, upTo wait: Int) async {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<count {
            guard !Task.isCancelled else { return }
            try? await Task.sleep(for: .milliseconds(Int.random(in: 0...wait, using: &numbers)))
            guard !Task.isCancelled, let kind = DrillJobs.asked.randomElement(using: &numbers) else { return }
            let isPrivate = kind == .chosen && numbers.percent(50)
            let (number, due) = await ledger.open(kind, isPrivate: isPrivate)
            guard let run = await run(kind, due: due, isPrivate: isPrivate) else { continue }
            await ledger.acknowledge(number, run: run)
            if numbers.percent(6) { await cancel(run) }
        }
    }

    /// Reads pages until it is cancelled; what the answers are is noted, not when nobody answers.
    func read(_ address: String) async {
        let paths = ["/", "/reports/" + jobs.name(.quick) + "/editions", "/runs", "/reports/" + jobs.name(.large) + "/editions", "/healthz"]
        var turn = 0
        while !Task.isCancelled {
            let path = paths[turn % paths.count]
            turn += 1
            let begun = ContinuousClock.now
            let answer = await Wire.aside { Wire.get(address, path, headers: ["Authorization: Bearer " + token]) }
            await ledger.heard(path, answer, in: begun.elapsed)
            if answer == nil { return }
            try? await Task.sleep(for: .milliseconds(40))
        }
    }

    private func run(_ kind: DrillJobs.Kind, due: Int64, isPrivate: Bool) async -> String? {
        let instant = ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(due) / 1000))
        let parameters = isPrivate ? "{\"rows\":\"5\"}" : "{}"
        let body = "{\"run\":{\"_0\":{\"job\":\"\(jobs.name(kind))\",\"parameters\":\(parameters),\"scheduledFor\":\"\(instant)\"}}}"
        guard let reply = await command(body) else { return nil }
        if let run = (reply["values"] as? [String: String])?["run"] { return run }
        await ledger.refuse("\(reply)")
        return nil
    }

    private func cancel(_ run: String) async {
        await ledger.askToStop(run)
        if let reply = await command("{\"cancel\":{\"run\":\"\(run)\"}}"), reply["exitStatus"] as? Int == 0 { await ledger.cancel(run) }
    }

    private func command(_ body: String) async -> [String: Any]? {
        let socket = socket
        guard let answer = await Wire.aside({ Wire.control(socket, Data(body.utf8)) }) else { return nil }
        return try? JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
    }
}
