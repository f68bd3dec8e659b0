// Jobs that take more than they may: each limit, by the kernel's groups and by the supervisor alone.
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(2)), .serialized)
struct LimitTests {
    @Test(arguments: bothTiers)
    func `A job that takes twice its memory ends as outOfMemory`(tiers: LimitTiers) async throws {
        let scene = try Scene(tiers: tiers)
        let limits = Limits(time: Span(seconds: 30), memory: ByteCount(64 << 20))
        let (report, _, traces) = try await scene.python("import time; x = bytearray(128 << 20); time.sleep(20)", limits: limits)
        #expect(report.reason == .outOfMemory)
        #expect(report.sentence == "The process needed more than its memory limit of 64 MiB.")
        #expect((report.resources.peakMemoryBytes ?? 0) > 50 << 20)
        #expect(report.endedAt - report.startedAt < 15_000)
        #expect(traces == .none)
    }

    @Test(arguments: bothTiers)
    func `A child that takes too much takes its whole tree along, whatever the main process makes of it`(tiers: LimitTiers) async throws {
        let scene = try Scene(tiers: tiers)
        let script = """
            import subprocess, sys, time
            subprocess.run([sys.executable, "-c", "import time; x = bytearray(128 << 20); time.sleep(20)"])
            sys.exit(1)
            """
        let (report, _, traces) = try await scene.python(script, limits: Limits(time: Span(seconds: 30), memory: ByteCount(64 << 20)))
        #expect(report.reason == .outOfMemory && traces == .none)
        #expect(report.endedAt - report.startedAt < 15_000)
    }

    @Test(arguments: bothTiers)
    func `Memory below the limit is not refused, and that of the whole tree is counted`(tiers: LimitTiers) async throws {
        let scene = try Scene(tiers: tiers)
        let script = """
            import subprocess, sys
            hold = "import time; x = bytearray(50 << 20); time.sleep(1.5)"
            children = [subprocess.Popen([sys.executable, "-c", hold]) for _ in range(2)]
            sys.exit(sum(child.wait() for child in children))
            """
        let (report, _, traces) = try await scene.python(script, limits: Limits(memory: ByteCount(400 << 20)))
        #expect(report.isSuccess && traces == .none, "\(report)")
        #expect((report.resources.peakMemoryBytes ?? 0) > 100 << 20)
    }

    @Test(arguments: bothTiers)
    func `A fork bomb ends with the limit's name`(tiers: LimitTiers) async throws {
        let scene = try Scene(tiers: tiers)
        // It stops by itself after ten seconds and at 200 children, whatever happens to the limit.
        let script = """
            import os, time
            end, children = time.time() + 10, 0
            while time.time() < end:
                try:
                    if children < 200 and os.fork() == 0:
                        time.sleep(max(0, end - time.time()))
                        os._exit(0)
                    children += 1
                except OSError:
                    pass
            """
        let (report, _, traces) = try await scene.python(script, limits: Limits(time: Span(seconds: 20), processes: 40))
        #expect(report.reason == .quotaExceeded)
        #expect(report.sentence == "The process needed more than its limit of 40 processes and threads.")
        #expect(report.endedAt - report.startedAt < 9_000)
        #expect(traces == .none)
    }

    @Test func `A bomb of shells ends too, and a job that lives with refused forks may succeed`() async throws {
        let scene = try Scene()
        guard case .group = scene.launcher.tiers.processes else { return }
        // Some hundred shells at most.
        let bomb = "bomb() { [ $1 -gt 5 ] && exec sleep 1; bomb $(($1 + 1)) & bomb $(($1 + 1)) & wait; }; (bomb 0)"
        let failed = try await scene.watched(scene.order(bomb + "; exit 1", limits: Limits(time: Span(seconds: 20), processes: 20)))
        #expect(failed.report.reason == .quotaExceeded && failed.traces == .none, "\(failed.report)")
        let stuck = try await scene.watched(scene.order(bomb + "; exec sleep 20", limits: Limits(time: Span(seconds: 2), processes: 20)))
        #expect(stuck.report.reason == .timedOut && stuck.report.sentence?.hasSuffix(" more at its limit of 20 processes and threads.") == true)
        let script = """
            import os
            for _ in range(50):
                try:
                    if os.fork() == 0: os.execvp("sleep", ["sleep", "0.2"])
                except OSError: pass
            """
        let lived = try await scene.python(script, limits: Limits(processes: 20))
        #expect(lived.report.isSuccess && lived.traces == .none, "\(lived.report)")
        #expect(lived.log.contains(" - it was refused "))
    }

    @Test func `One file cannot grow beyond the output limit`() async throws {
        let scene = try Scene()
        let limits = Limits(output: ByteCount(1_000_000))
        let killed = try await scene.watched(scene.order("exec head -c 9000000 /dev/zero > \"$ALMANAC_OUTPUTS/big\"", limits: limits))
        #expect(killed.report.reason == .quotaExceeded && killed.report.sentence == "The process wrote more than its output limit of 1 MB.")
        // Python ignores the signal and sees an error.
        let script = "import os; open(os.environ['ALMANAC_OUTPUTS'] + '/big', 'wb').write(bytes(9000000))"
        let told = try await scene.python(script, limits: limits)
        #expect(told.report.reason == .quotaExceeded && told.report.status == 1 && told.log.contains("File too large"))
    }

    @Test func `Many small files, links and deep folders are measured as well`() async throws {
        let scene = try Scene()
        let limits = Limits(time: Span(seconds: 30), output: ByteCount(2 << 20))
        let many = "i=0; while [ $i -lt 4000 ]; do : > \"f$i\"; i=$((i + 1)); done; exec sleep 20"
        let files = try await scene.watched(scene.order(many, limits: limits))
        #expect(files.report.reason == .quotaExceeded && files.report.sentence == "The process wrote more than its output limit of 2 MiB.")
        #expect(files.report.endedAt - files.report.startedAt < 15_000)
        let quick = "head -c 1500000 /dev/zero > one; mkdir -m 300 hidden; head -c 1500000 /dev/zero > hidden/two; exit 0"
        #expect(try await scene.watched(scene.order(quick, limits: limits)).report.reason == .quotaExceeded)
        let deep = "i=0; while [ $i -lt 120 ]; do mkdir d && cd d; i=$((i + 1)); done"
        let nested = try await scene.watched(scene.order(deep, limits: limits))
        #expect(nested.report.sentence == "The process nested folders more than 100 deep, so that they cannot be measured.")
    }

    @Test func `What was there before, what is linked and what stays below count for nothing`() async throws {
        let scene = try Scene()
        let order = try scene.order(
            "head -c 700000 /dev/zero > a; ln a b; ln a c; ln -s /usr usr; head -c 900000 /dev/zero > d; rm d", limits: Limits(output: ByteCount(1 << 20)))
        try scene.write(String(repeating: "x", count: 3 << 20), to: order.folder.work + "/before")
        let (report, _, traces) = try await scene.watched(order)
        #expect(report.isSuccess && traces == .none, "\(report)")
    }

    @Test func `Processors are limited by the kernel's share`() async throws {
        let scene = try Scene()
        guard case .group = scene.launcher.tiers.cpus else { return }
        let spin = "import time; end = time.time() + 1.5\nwhile time.time() < end: pass"
        let (report, _, traces) = try await scene.python(spin, limits: Limits(cpus: 0.2))
        #expect(report.isSuccess && traces == .none && report.limits?.contains("cpus") == true)
        #expect((report.resources.cpuMilliseconds ?? 9999) < 700)
    }

    @Test func `Without groups a job is left some of the processors`() async throws {
        let scene = try Scene(tiers: LimitTiers())
        let (report, log, _) = try await scene.watched(scene.order("nproc", limits: Limits(cpus: 0.5)))
        #expect(report.isSuccess && log.contains(" o 1\n") && report.limits == "affinity: cpus")
    }

    @Test func `The use of a killed tree is reported`() async throws {
        let scene = try Scene()
        let spin = "(setsid sh -c 'while :; do :; done' &); while :; do :; done"
        let (report, _, traces) = try await scene.watched(scene.order(spin, limits: Limits(time: Span(milliseconds: 800)), grace: Span(seconds: 0)))
        #expect(report.reason == .timedOut && traces == .none)
        #expect((report.resources.cpuMilliseconds ?? 0) > 50)
    }
}
