// A server that ends, at whatever point, leaves nothing that the next one does not bring to exactly one end.
import Recording
import TestSupport
import Testing
import Vocabulary

@testable import Operating

@Suite struct `Recovery` {
    /// What an earlier server left.
    enum Left: String, CaseIterable, Sendable {
        case queued, unlaunched, launchedUnrecorded, running, ended, endedBadly, lost
    }

    @Test(arguments: Left.allCases, [false, true])
    func `every state that is not terminal comes to one end`(left: Left, cancelled: Bool) async throws {
        let rig = try await EngineRig()
        let run = try await rig.queue()
        if left != .queued {
            let claimed = try await rig.claim()
            let script: ScriptedLauncher.Script =
                switch left {
                case .running: cancelled ? .stays : .succeeds
                case .endedBadly: .fails
                case .lost: .isLost
                default: .succeeds
                }
            if left != .unlaunched {
                let receipt = await rig.launcher.place(claimed.attemptID, script)
                if left != .launchedUnrecorded {
                    try await rig.store.recordLaunch(attempt: claimed.attemptID, receipt: receipt, snapshots: [], environment: [:], at: rig.now)
                }
                if left != .running, left != .launchedUnrecorded { await rig.launcher.waitForEnd(receipt, atMost: .zero) }
                // What a process has in any case.
                try rig.folder.write(["runs/\(claimed.attemptID)/job/outputs/.keep": "", "runs/\(claimed.attemptID)/job/metrics": ""])
            }
        }
        if cancelled { try await rig.store.requestCancel(run: run, by: nil, at: rig.now) }
        let detail = try await rig.serve(until: run)
        let expected: RunStatus = cancelled ? .cancelled : left == .endedBadly ? .failed : .succeeded
        #expect(detail.run.status == expected, "\(detail.events)")
        let attempts = left == .queued ? (cancelled ? 0 : 1) : [.unlaunched, .lost].contains(left) && !cancelled ? 2 : 1
        #expect(detail.attempts.count == attempts)
        try await rig.expectWhole(detail, "\(left)")
    }

    @Test(arguments: RunEngine.Step.allCases) func `a crash between two steps doubles nothing and loses nothing`(step: RunEngine.Step) async throws {
        let rig = try await EngineRig()
        let run = try await rig.queue()
        await rig.engine { if $0 == step { throw CancellationError() } }.conduct(try await rig.claim())
        #expect(try await rig.store.run(run)?.status.isTerminal == (step == .endRecorded), "the crash came too late")
        let detail = try await rig.serve(until: run)
        #expect(detail.run.status == .succeeded && detail.run.editionNumber == 1)
        let wasLaunched = ![RunEngine.Step.claimed, .inputsTaken, .prepared].contains(step)
        #expect(detail.attempts.map(\.status) == (wasLaunched ? [.succeeded] : [.lost, .succeeded]))
        try await rig.expectWhole(detail, step.rawValue)
    }

    @Test func `two crashes before the launch are a failure that says so`() async throws {
        let rig = try await EngineRig()
        let run = try await rig.queue()
        for _ in 0..<2 {
            await rig.engine { if $0 == .prepared { throw CancellationError() } }.conduct(try await rig.claim())
            let left = try #require(try await rig.store.unfinishedAttempts().first)
            await rig.engine().resume(left)
        }
        let detail = try #require(try await rig.store.runDetail(run))
        #expect(detail.run.status == .failed && detail.run.failureReason == .lost)
        #expect(rig.readings.values.attemptsLost == 2 && rig.readings.values.failures == [.lost: 1])
    }
}
