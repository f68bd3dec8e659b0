// Launching real processes through the real supervisor.
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(1)))
struct LocalLauncherTests {
    @Test func `Status, log lines and times of a process are reported`() async throws {
        let scene = try Scene()
        let order = try scene.order("echo hello; echo trouble >&2; printf 'no end'; exit 3")
        let (report, log) = try await scene.run(order)
        #expect(report.status == 3 && report.signal == nil && report.reason == .exitCode && !report.isSuccess)
        #expect(report.sentence == "The process ended with exit status 3.")
        #expect(report.endedAt >= report.startedAt && report.resources.cpuMilliseconds != nil)
        #expect((report.resources.peakMemoryBytes ?? 0) > 100_000)
        let lines = log.split(separator: "\n").map(String.init)
        #expect(lines.map { $0.dropFirst(24) }.sorted() == [" e trouble", " o hello", " o no end"])
        for line in lines { #expect(Instant(rfc3339: String(line.prefix(24))) != nil, "\(line)") }
        #expect(report.logBytes == Int64(log.utf8.count) && !report.logTruncated)
    }

    @Test func `A signal and a missing program are told apart`() async throws {
        let scene = try Scene()
        let killed = try await scene.run(try scene.order("kill -SEGV $$"))
        #expect(killed.report.reason == .signal && killed.report.signal == 11)
        #expect(killed.report.sentence == "The process was ended by signal 11 (SIGSEGV).")
        let missing = try await scene.run(try scene.order("", program: ["/nonexistent/program"]))
        #expect(missing.report.reason == .launchFailed && missing.report.status == nil)
        #expect(missing.report.sentence == "Cannot start /nonexistent/program: No such file or directory.")
        #expect(missing.log.contains(" - cannot start /nonexistent/program"))
    }

    @Test func `A process inherits nothing but what the order says`() async throws {
        let scene = try Scene()
        let order = try scene.order("", environment: ["ONE": "1", "TWO": "a=b c\nd"], program: ["/usr/bin/env", "-0"])
        let (_, log) = try await scene.run(order)
        #expect(log.dropFirst(27) == "ALMANAC_OUTPUTS=\(order.folder.outputs)\0ONE=1\0TWO=a=b c\n" + log.suffix(30))
        #expect(log.hasSuffix(" o d\0\n"))
        let inside = try scene.order("umask; pwd; cat; ls /proc/self/fd | tr '\\n' ' '; cut -d' ' -f6 /proc/$$/stat; echo $$")
        let lines = try await scene.run(inside).log.split(separator: "\n").map { $0.dropFirst(27) }
        #expect(lines[0] == "0077" && lines[1] == inside.folder.work)
        // 3 is the folder that ls reads; the session is the process's own.
        #expect(lines[2] == "0 1 2 3 \(lines[3])")
    }

    @Test func `At the time limit the whole tree goes, also what ignores TERM and left the session`() async throws {
        let scene = try Scene()
        let stubborn = "trap '' TERM; echo $$ > NAME.tmp; mv NAME.tmp NAME; while true; do sleep 60; done"
        let order = try scene.order(
            """
            trap '' TERM
            (setsid sh -c "\(stubborn.replacing("$$", with: "\\$\\$").replacing("NAME", with: "far"))" & )
            sh -c "\(stubborn.replacing("$$", with: "\\$\\$").replacing("NAME", with: "near"))"
            """, timeLimit: Span(milliseconds: 1500))
        let receipt = try await scene.launcher.launch(order)
        let (far, near) = (try await scene.process("far", of: order), try await scene.process("near", of: order))
        let report = try await scene.report(receipt)
        #expect(report.reason == .timedOut && report.signal == 9)
        #expect(report.sentence == "The process ran longer than its time limit of 1.500 s.")
        #expect(!isAlive(far) && !isAlive(near))
        #expect(report.endedAt - report.startedAt < 10_000)
    }

    @Test func `A process that goes when it is asked keeps its grace`() async throws {
        let scene = try Scene()
        let order = try scene.order(
            "trap 'echo tidied; exit 0' TERM; while true; do sleep 0.01; done", timeLimit: Span(milliseconds: 200), grace: Span(seconds: 20))
        let (report, log) = try await scene.run(order)
        #expect(report.reason == .timedOut && report.status == 0)
        #expect(log.contains("o tidied"))
        #expect(report.endedAt - report.startedAt < 15_000)
    }

    @Test func `What a finished job leaves running is ended with it`() async throws {
        let scene = try Scene()
        let order = try scene.order("(setsid sh -c 'echo $$ > pid; exec sleep 60' &); while [ ! -s pid ]; do sleep 0.01; done; exit 0")
        let (report, _) = try await scene.run(order)
        #expect(report.isSuccess && report.leftoverProcesses == 1)
        #expect(!isAlive(try await scene.process("pid", of: order)))
    }

    @Test func `A cancelled job ends as cancelled, also when another launcher asks`() async throws {
        let scene = try Scene()
        let order = try scene.order("echo $$ > pid; exec sleep 60")
        let receipt = try await scene.launcher.launch(order)
        let pid = try await scene.process("pid", of: order)
        let fresh = LocalLauncher(runs: scene.runs)
        #expect(try await fresh.status(receipt) == .running)
        try await fresh.cancel(receipt)
        let report = try await scene.report(receipt)
        #expect(report.wasCancelled && report.reason == nil && !report.isSuccess && report.sentence == "The run was cancelled.")
        #expect(!isAlive(pid))
        try await fresh.cancel(receipt)
    }

    @Test func `A job that stopped its supervisor can be cancelled`() async throws {
        let scene = try Scene()
        let order = try scene.order("echo $$ > pid; kill -STOP $PPID; exec sleep 60")
        let receipt = try await scene.launcher.launch(order)
        let pid = try await scene.process("pid", of: order)
        try await scene.launcher.cancel(receipt)
        #expect(try await scene.report(receipt).wasCancelled)
        #expect(!isAlive(pid))
    }

    @Test func `What a job writes in the place of its exit file says nothing`() async throws {
        let scene = try Scene()
        let order = try scene.order("echo '{' > ../../exit.json; echo $$ > pid; while [ ! -e go ]; do sleep 0.01; done; exit 7")
        let receipt = try await scene.launcher.launch(order)
        _ = try await scene.process("pid", of: order)
        #expect(try await scene.launcher.status(receipt) == .running)
        try scene.write("", to: order.folder.work + "/go")
        #expect(try await scene.report(receipt).status == 7)
    }

    @Test func `A job that removes its attempt's folder is lost and does not go on`() async throws {
        let scene = try Scene()
        let order = try scene.order("echo $$ > pid; while [ ! -e go ]; do sleep 0.01; done; rm -rf \"$PWD/../..\" ../../*; exec env -i sleep 60")
        let receipt = try await scene.launcher.launch(order)
        let pid = try await scene.process("pid", of: order)
        try scene.write("", to: order.folder.work + "/go")
        #expect(try await scene.end(receipt) == .lost("its supervisor ended without a word"))
        while isAlive(pid) { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test func `A named pipe in the place of the log holds nobody up`() async throws {
        let scene = try Scene()
        let order = try scene.order("rm ../../log; mkfifo ../../log; echo $$ > pid; exec sleep 60")
        let receipt = try await scene.launcher.launch(order)
        _ = try await scene.process("pid", of: order)
        _ = try? await scene.launcher.log(receipt, from: 0, limit: 100)
        try await scene.launcher.cancel(receipt)
        #expect(try await scene.report(receipt).wasCancelled)
    }

    @Test func `A supervisor that the machine stops takes its job along, and the attempt is lost`() async throws {
        let scene = try Scene()
        let order = try scene.order("echo $$ > pid; exec sleep 60")
        let receipt = try await scene.launcher.launch(order)
        let pid = try await scene.process("pid", of: order)
        kill(try LocalReceipt(receipt).pid, SIGTERM)
        #expect(try await scene.end(receipt) == .lost("the machine or an operator stopped its supervisor"))
        #expect(!isAlive(pid))
    }

    @Test func `When the supervisor is killed the attempt is lost and nothing of it goes on`() async throws {
        let scene = try Scene()
        let order = try scene.order("(setsid sh -c 'echo $$ > far; exec sleep 60' &); echo $$ > near; sleep 60")
        let receipt = try await scene.launcher.launch(order)
        let (far, near) = (try await scene.process("far", of: order), try await scene.process("near", of: order))
        kill(try LocalReceipt(receipt).pid, SIGKILL)
        #expect(try await scene.end(receipt) == .lost("its supervisor ended without a word"))
        while isAlive(far) || isAlive(near) { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test func `A fresh launcher finds attempts by the receipt alone, and receipts by the attempt`() async throws {
        let scene = try Scene()
        let order = try scene.order("while [ ! -e go ]; do sleep 0.01; done; exit 7")
        let receipt = Receipt(launcher: "local", text: try await scene.launcher.launch(order).text)
        let fresh = LocalLauncher(runs: scene.runs)
        #expect(try await fresh.receipt(ofAttempt: order.attempt) == receipt)
        #expect(try await fresh.receipt(ofAttempt: AttemptID(at: Instant(seconds: 0))) == nil)
        #expect(try await fresh.status(receipt) == .running)
        try scene.write("", to: order.folder.work + "/go")
        guard case .ended(let report) = try await scene.end(receipt, of: fresh) else { throw SceneError("lost") }
        #expect(report.status == 7)
        try await fresh.discard(receipt)
        #expect(access(order.folder.path, F_OK) != 0)
        await #expect(throws: RunningError.self) { try await fresh.status(Receipt(launcher: "slurm", text: "12")) }
    }

    @Test func `A receipt of another boot is lost, even with an exit file`() async throws {
        let scene = try Scene()
        let receipt = try await scene.launcher.launch(try scene.order("exit 0"))
        _ = try await scene.report(receipt)
        let boot = try Processes.bootID()
        let old = Receipt(launcher: "local", text: receipt.text.replacing(boot, with: "00000000-0000-0000-0000-000000000000"))
        #expect(try await scene.launcher.status(old) == .lost("the machine was restarted while the attempt was under way"))
    }

    @Test func `Waiting for an end gives up after its time`() async throws {
        let scene = try Scene()
        let receipt = try await scene.launcher.launch(try scene.order("exec sleep 60"))
        await scene.launcher.waitForEnd(receipt, atMost: .milliseconds(20))
        #expect(try await scene.launcher.status(receipt) == .running)
        try await scene.launcher.cancel(receipt)
        _ = try await scene.report(receipt)
    }
}
