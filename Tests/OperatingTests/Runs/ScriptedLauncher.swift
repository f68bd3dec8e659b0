// A launcher without processes: attempts end as a test says, and outlive the engines that launched them, as real ones do.
import FoundationEssentials
import Running
import Vocabulary

actor ScriptedLauncher: Launcher {
    /// What a launched attempt does.
    enum Script: Sendable {
        case succeeds, fails
        /// Runs until somebody cancels it.
        case stays
        case isLost
    }

    private enum State {
        case running(Script)
        case ended(ExitReport)
        case lost
    }

    private let runs: String
    private var states: [AttemptID: State] = [:]
    private(set) var launches = 0
    var script: Script

    init(runs: String, script: Script = .succeeds) {
        self.runs = runs
        self.script = script
    }

    func use(_ script: Script) { self.script = script }

    private func report(status: Int?, cancelled: Bool = false) -> ExitReport {
        ExitReport(
            status: status, signal: nil, reason: status == 1 ? .exitCode : nil, wasCancelled: cancelled, startedAt: Instant(seconds: 1),
            endedAt: Instant(seconds: 3))
    }

    private func attempt(_ receipt: Receipt) throws -> AttemptID {
        guard let attempt = AttemptID(receipt.text) else { throw RunningError(.badReceipt, subject: receipt.text, detail: "no attempt") }
        return attempt
    }

    func launch(_ order: LaunchOrder) async throws -> Receipt {
        launches += 1
        return place(order.attempt, script)
    }

    /// An attempt that is under way, as some earlier server launched it.
    @discardableResult
    func place(_ attempt: AttemptID, _ script: Script) -> Receipt {
        states[attempt] = .running(script)
        return Receipt(launcher: "scripted", text: attempt.text)
    }

    func receipt(ofAttempt attempt: AttemptID) async throws -> Receipt? {
        states[attempt] == nil ? nil : Receipt(launcher: "scripted", text: attempt.text)
    }

    func status(_ receipt: Receipt) async throws -> LaunchStatus {
        switch states[try attempt(receipt)] {
        case .running: .running
        case .ended(let report): .ended(report)
        case .lost, nil: .lost("its supervisor ended without a word")
        }
    }

    func waitForEnd(_ receipt: Receipt, atMost limit: Duration) async {
        guard let attempt = try? attempt(receipt), case .running(let script) = states[attempt] else { return }
        switch script {
        case .succeeds: states[attempt] = .ended(report(status: 0))
        case .fails: states[attempt] = .ended(report(status: 1))
        case .isLost: states[attempt] = .lost
        case .stays: try? await Task.sleep(for: min(limit, .milliseconds(50)))
        }
    }

    func cancel(_ receipt: Receipt) async throws {
        let attempt = try attempt(receipt)
        if case .running = states[attempt] { states[attempt] = .ended(report(status: nil, cancelled: true)) }
    }

    func log(_ receipt: Receipt, from offset: Int64, limit: Int) async throws -> [UInt8] { [] }

    nonisolated func enforcement(of limits: Limits) -> String? { nil }

    func discard(_ receipt: Receipt) async throws {
        let attempt = try attempt(receipt)
        states[attempt] = nil
        try? FileManager.default.removeItem(atPath: runs + "/" + attempt.text)
    }
}
