// Server and supervisor of different versions, and a supervisor that was slow to tell of itself.
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(1)))
struct UpgradeTests {
    /// A copy of the supervisor's program in the scene, which a test may replace.
    private func copy(_ scene: Scene) throws -> String {
        let path = scene.path + "/almanac-supervisor"
        let bytes = try Descriptor(scene.launcher.supervisor, O_RDONLY).readAll(limit: 256 << 20)
        try Descriptor(path + ".new", O_WRONLY | O_CREAT, mode: 0o700).write(try #require(bytes))
        try #require(rename(path + ".new", path) == 0)
        return path
    }

    @Test func `A supervisor replaced on the disk goes on with what it runs`() async throws {
        let scene = try Scene()
        let launcher = LocalLauncher(runs: scene.runs, supervisor: try copy(scene))
        let order = try scene.order("echo $$ > pid; while [ ! -e go ]; do sleep 0.01; done; exit 7", limits: Limits(processes: 20))
        let receipt = try await launcher.launch(order)
        _ = try await scene.process("pid", of: order)
        try scene.write("#!/bin/sh\necho 'not understood' >&2; exit 64\n", to: scene.path + "/other", mode: 0o700)
        try #require(rename(scene.path + "/other", launcher.supervisor) == 0)
        await #expect(throws: RunningError.self) { try await launcher.launch(try scene.order("exit 0")) }
        try scene.write("", to: order.folder.work + "/go")
        #expect(try await scene.report(receipt).status == 7)
    }

    @Test func `An exit file of another version is read as far as it is known`() async throws {
        let scene = try Scene()
        let receipt = try await scene.launcher.launch(try scene.order("exit 0"))
        _ = try await scene.report(receipt)
        let folder = AttemptFolder(runs: scene.runs, attempt: try LocalReceipt(receipt).attempt)
        let common = """
            {"version":1,"status":null,"signal":9,"reason":"outOfMemory","message":null,"startedAt":1000,"endedAt":2000,"cpuMilliseconds":1,
            "peakMemoryBytes":2,"readBytes":null,"writtenBytes":null,"logTruncated":false,"logBytes":3,"leftoverProcesses":0
            """
        try scene.write(common + "}\n", to: folder.exit)
        #expect(try await scene.report(receipt).limits == nil)
        try scene.write(common + ",\"limits\":\"x: memory\",\"later\":{\"a\":[1]}}\n", to: folder.exit)
        let report = try await scene.report(receipt)
        #expect(report.limits == "x: memory" && report.reason == .outOfMemory)
    }

    @Test func `A receipt that comes after the lock is waited for`() async throws {
        let scene = try Scene()
        let order = try scene.order("exit 0")
        let lock = try Descriptor(order.folder.lock, O_RDWR | O_CREAT)
        try #require(flock(lock.number, LOCK_EX) == 0)
        async let found = scene.launcher.receipt(ofAttempt: order.attempt)
        let boot = try Processes.bootID()
        let text = "{\"version\":1,\"bootId\":\"\(boot)\",\"pid\":1,\"startTime\":1,\"limits\":null}\n"
        // Long enough for the question to come first, as long as the machine is not wholly busy; if it is, the answer is the same.
        try await Task.sleep(for: .milliseconds(200))
        try scene.write(text, to: order.folder.receipt + ".part")
        try #require(rename(order.folder.receipt + ".part", order.folder.receipt) == 0)
        #expect(try await found != nil)
    }

    @Test func `A lock without a receipt is not waited for for ever`() async throws {
        let scene = try Scene()
        let order = try scene.order("exit 0")
        let lock = try Descriptor(order.folder.lock, O_RDWR | O_CREAT)
        try #require(flock(lock.number, LOCK_EX) == 0)
        #expect(try await scene.launcher.receipt(ofAttempt: order.attempt) == nil)
        let again = try scene.order("exit 0")
        #expect(try await scene.launcher.receipt(ofAttempt: again.attempt) == nil)
    }
}
