// How isolated jobs end, and what is told about it: as without isolation.
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(2)), .withBubblewrap)
struct IsolatedEndTests {
    @Test func `A signal and an exit status are told apart`() async throws {
        let scene = try Scene()
        let killed = try await scene.isolated("kill -KILL $$").report
        #expect(killed.reason == .signal && killed.signal == 9 && killed.status == nil)
        #expect(killed.sentence == "The process was ended by signal 9 (SIGKILL).")
        #expect(try await scene.isolated("kill -TERM $$").report.signal == 15)
        for status in [1, 3, 127, 128, 255] {
            let report = try await scene.isolated("exit \(status)").report
            #expect(report.status == status && report.signal == nil && report.reason == .exitCode)
        }
    }

    @Test func `A job that is asked to end may tidy up`() async throws {
        let scene = try Scene()
        let order = try await scene.isolatedOrder(
            "trap 'sleep 0.3; echo tidied; exit 0' TERM; echo > started; while true; do sleep 0.01; done")
        let receipt = try await scene.launcher.launch(order)
        try await scene.wait(for: "started", of: order)
        #expect(try scene.processes(of: order).count >= 3)
        try await scene.launcher.cancel(receipt)
        let report = try await scene.report(receipt)
        #expect(report.wasCancelled && report.status == 0)
        #expect(String(decoding: try await scene.launcher.log(receipt, from: 0, limit: 10_000), as: UTF8.self).contains("o tidied"))
        #expect(try scene.processes(of: order).isEmpty)
    }

    @Test func `At the time limit everything goes, also what ignores TERM and left its parent`() async throws {
        let scene = try Scene()
        var order = try await scene.isolatedOrder(
            """
            trap '' TERM
            (setsid sh -c "trap '' TERM; echo > far; while true; do sleep 60; done" & )
            echo > near; while true; do sleep 60; done
            """, timeLimit: Span(seconds: 2))
        order = LaunchOrder(shortening: order, grace: Span(milliseconds: 300))
        let receipt = try await scene.launcher.launch(order)
        try await scene.wait(for: "far", of: order)
        try await scene.wait(for: "near", of: order)
        let report = try await scene.report(receipt)
        #expect(report.reason == .timedOut && report.signal == 9)
        #expect(report.endedAt - report.startedAt < 15_000)
        #expect(try scene.processes(of: order).isEmpty)
    }

    @Test func `The end of the main process ends all others`() async throws {
        let scene = try Scene()
        let order = try await scene.isolatedOrder("(setsid sh -c 'echo > far; sleep 60' & ); while [ ! -e far ]; do sleep 0.01; done; exit 0")
        let (report, _) = try await scene.run(order)
        #expect(report.isSuccess)
        #expect(try scene.processes(of: order).isEmpty)
    }

    @Test func `A job that closes its output goes on`() async throws {
        let scene = try Scene()
        let order = try await scene.isolatedOrder("echo before; exec >&- 2>&-; sleep 0.3; echo done > \"$ALMANAC_OUTPUTS/done\"; exit 4")
        let (report, log) = try await scene.run(order)
        #expect(report.status == 4 && log.hasSuffix("o before\n"))
        #expect(access(order.folder.outputs + "/done", F_OK) == 0)
    }

    @Test func `A supervisor that is killed takes its isolated job along`() async throws {
        let scene = try Scene()
        let order = try await scene.isolatedOrder("echo > started; exec sleep 60")
        let receipt = try await scene.launcher.launch(order)
        try await scene.wait(for: "started", of: order)
        kill(try LocalReceipt(receipt).pid, SIGKILL)
        guard case .lost = try await scene.end(receipt) else {
            Issue.record("it was not lost")
            return
        }
        while try !scene.processes(of: order).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func `Memory and processor time are the job's own`() async throws {
        let scene = try Scene()
        let script = "import time\nx = bytearray(80 << 20)\nstart = time.process_time()\nwhile time.process_time() - start < 0.3: pass\n"
        let assignment = try await scene.assignment(files: [("job.py", script, false)], run: "job.py", language: .python, isolation: .required)
        let report = try await scene.perform(assignment, on: await scene.isolatingWorkbench()).report
        #expect(report.isSuccess && (report.resources.cpuMilliseconds ?? 0) >= 300 && (report.resources.cpuMilliseconds ?? 0) < 3000)
        let peak = report.resources.peakMemoryBytes ?? 0
        #expect(peak > 80 << 20 && peak < 200 << 20, "\(peak)")
    }
}

extension LaunchOrder {
    fileprivate init(shortening order: LaunchOrder, grace: Span) {
        self.init(
            attempt: order.attempt, folder: order.folder, arguments: order.arguments, environment: order.environment, directory: order.directory,
            limits: order.limits, grace: grace)
        isIsolated = order.isIsolated
    }
}
