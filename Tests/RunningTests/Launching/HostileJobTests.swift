// Jobs that do what no job should: nothing of them stays, and their log is kept.
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(2)))
struct HostileJobTests {
    @Test func `A double fork that leaves the session and ignores TERM`() async throws {
        let scene = try Scene()
        let script = """
            trap '' TERM
            for i in 1 2 3 4; do (setsid sh -c 'trap "" TERM HUP; (setsid sh -c "trap \\"\\" TERM; sleep 30; sleep 30" &) ; sleep 30' &) ; done
            sleep 30; sleep 30
            """
        let (report, _, traces) = try await scene.watched(scene.order(script, limits: Limits(time: Span(milliseconds: 700), processes: 100)))
        #expect(report.reason == .timedOut && report.signal == 9 && traces == .none, "\(report) \(traces)")
    }

    @Test func `Processes that are started faster than they are found`() async throws {
        let scene = try Scene()
        // Each hands over to the next and ends; at most 4 chains, for ten seconds at most.
        let script = """
            import os, time
            end = time.time() + 10
            for _ in range(3):
                if os.fork() == 0: break
            os.setsid() if os.getpid() != os.getpgid(0) else None
            while time.time() < end:
                if os.fork() > 0: os._exit(0)
            """
        let order = try scene.order("python3 -c '\(script)'; sleep 20", limits: Limits(time: Span(milliseconds: 900), processes: 100))
        let (report, _, traces) = try await scene.watched(order)
        #expect(report.reason == .timedOut && traces == .none, "\(report) \(traces)")
        #expect(report.endedAt - report.startedAt < 8_000)
    }

    @Test func `Twenty million lines`() async throws {
        let scene = try Scene()
        let (report, log, traces) = try await scene.watched(scene.order("yes | head -n 20000000", limits: Limits(time: Span(seconds: 90))))
        #expect(report.isSuccess && report.logTruncated && log.utf8.count < 17 << 20 && traces == .none)
    }

    @Test func `Closing its output and going on`() async throws {
        let scene = try Scene()
        let (report, log, traces) = try await scene.watched(scene.order("echo before; exec >&- 2>&-; sleep 0.3; exit 4"))
        #expect(report.status == 4 && report.reason == .exitCode && log.hasSuffix(" o before\n") && traces == .none)
        #expect(report.endedAt - report.startedAt >= 300)
    }

    @Test func `Stopping itself`() async throws {
        let scene = try Scene()
        let (report, _, traces) = try await scene.watched(scene.order("kill -STOP $$; exit 0", limits: Limits(time: Span(milliseconds: 300))))
        #expect(report.reason == .timedOut && traces == .none)
    }

    @Test func `Killing its process group`() async throws {
        let scene = try Scene()
        let (report, _, traces) = try await scene.watched(scene.order("sleep 30 & kill -KILL 0; sleep 30"))
        #expect(report.reason == .signal && report.signal == 9 && traces == .none)
    }

    @Test func `Output that is no text`() async throws {
        let scene = try Scene()
        let order = try scene.order("printf '\\377\\376\\000\\200\\033[31m\\r\\303\\n'; printf '\\355\\240\\200' >&2")
        let receipt = try await scene.launcher.launch(order)
        #expect(try await scene.report(receipt).isSuccess)
        let lines = try await scene.launcher.log(receipt, from: 0, limit: 1 << 20).split(separator: 10).map { Array($0.dropFirst(25)) }
        #expect(Set(lines) == [Array("o ".utf8) + [255, 254, 0, 128, 27, 91, 51, 49, 109, 13, 195], Array("e ".utf8) + [237, 160, 128]])
    }

    @Test func `A killed supervisor's groups are emptied and removed`() async throws {
        let scene = try Scene()
        let order = try scene.order("(setsid sh -c 'echo $$ > far; exec env -i sleep 60' &); echo $$ > near; sleep 60", limits: Limits(processes: 50))
        let receipt = try await scene.launcher.launch(order)
        let far = try await scene.process("far", of: order)
        kill(try LocalReceipt(receipt).pid, SIGKILL)
        #expect(try await scene.end(receipt) == .lost("its supervisor ended without a word"))
        try await LocalLauncher(runs: scene.runs).discard(receipt)
        // Where there are no groups, what changed its environment escapes a killed supervisor.
        if scene.launcher.tiers.folders.isEmpty { kill(far, SIGKILL) }
        while isAlive(far) { try await Task.sleep(for: .milliseconds(2)) }
        #expect(Traces(of: order, tiers: scene.launcher.tiers) == .none)
    }
}
