// Retries that wait longer each time, and cancelling at every moment of a run.
import Recording
import Testing
import TestSupport
import Vocabulary

@testable import Operating

@Suite struct `Conducting a run` {
    @Test func `a failing run is tried again after one minute, then two, then given up; a lost attempt is free`() async throws {
        let rig = try await EngineRig(retries: Retries(count: 2, delay: Span(seconds: 60)))
        let run = try await rig.queue()
        var waits: [Int64] = []
        for script in [ScriptedLauncher.Script.fails, .isLost, .fails, .fails] {
            await rig.launcher.use(script)
            await rig.engine().conduct(try await rig.claim())
            guard let next = try await rig.store.run(run)?.retryAt else { continue }
            waits.append((next - rig.now) / 1000)
            #expect(try await rig.store.claimRuns(limit: 1, at: next.adding(milliseconds: -1)).isEmpty)
            rig.now = next
        }
        #expect(waits == [60, 120])
        let detail = try #require(try await rig.store.runDetail(run))
        #expect(detail.run.status == .failed && detail.run.failureReason == .exitCode)
        #expect(detail.attempts.map(\.status) == [.failed, .lost, .failed, .failed])
        let told = detail.events.first { $0.kind == "retried" }?.detail
        #expect(told == "The process ended with exit status 1. The next attempt comes at \(Instant.sample(60)).")
        let figures = rig.readings.values
        #expect(figures.retries == 3 && figures.attemptsLost == 1 && figures.runsEnded == [.failed: 1] && figures.failures == [.exitCode: 1])
        #expect(figures.waiting.count == 1 && figures.running.count == 3)
    }

    @Test func `a run that waits for its retry is cancelled at once`() async throws {
        let rig = try await EngineRig(retries: Retries(count: 2))
        let run = try await rig.queue()
        await rig.launcher.use(.fails)
        await rig.engine().conduct(try await rig.claim())
        try await rig.store.requestCancel(run: run, by: nil, at: rig.now)
        let detail = try #require(try await rig.store.runDetail(run))
        #expect(detail.run.status == .cancelled)
        try await rig.expectWhole(detail, "waiting")
    }

    @Test func `while its environment is made, a cancelled run is given up and nothing is launched`() async throws {
        let rig = try await EngineRig()
        let run = try await rig.queue()
        let claimed = try await rig.claim()
        let start = ContinuousClock.now
        // As long as a build may take; who cancels does not wait for it.
        async let conducting: Void = rig.engine { if $0 == .inputsTaken { try await Task.sleep(for: .seconds(300)) } }.conduct(claimed)
        try await rig.store.requestCancel(run: run, by: nil, at: rig.now)
        await conducting
        #expect(ContinuousClock.now - start < .seconds(60))
        let detail = try #require(try await rig.store.runDetail(run))
        #expect(detail.run.status == .cancelled && detail.attempts.map(\.status) == [.cancelled])
        #expect(await rig.launcher.launches == 0)
        try await rig.expectWhole(detail, "launching")
    }

    @Test(arguments: RunEngine.Step.allCases.filter { $0 != .endRecorded })
    func `a run that is cancelled between two steps ends as cancelled and publishes nothing`(step: RunEngine.Step) async throws {
        let rig = try await EngineRig()
        await rig.launcher.use([.launched, .launchRecorded].contains(step) ? .stays : .succeeds)
        let run = try await rig.queue()
        await rig.engine { [store = rig.store, now = rig.now] in
            if $0 == step { try await store.requestCancel(run: run, by: nil, at: now) }
        }.conduct(try await rig.claim())
        let detail = try #require(try await rig.store.runDetail(run))
        #expect(detail.run.status == .cancelled)
        try await rig.expectWhole(detail, step.rawValue)
    }

    @Test func `what the end of a server breaks off is no failure of the run`() async throws {
        let rig = try await EngineRig()
        let run = try await rig.queue()
        let claimed = try await rig.claim()
        let (signals, arrived) = AsyncStream<Void>.makeStream()
        let engine = rig.engine { step in
            guard step == .inputsTaken else { return }
            arrived.yield()
            do { try await Task.sleep(for: .seconds(300)) } catch { throw RunningErrorOfTheMachine.broken }
        }
        let conducting = Task { await engine.conduct(claimed) }
        for await _ in signals { break }
        conducting.cancel()
        await conducting.value
        #expect(try await rig.store.run(run)?.status == .launching)
        #expect(try await rig.serve(until: run).run.status == .succeeded)
    }

    private enum RunningErrorOfTheMachine: Error { case broken }
}
