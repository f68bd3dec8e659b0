// The disk fails, or is full, while the server works: what it promised happens, and afterwards nothing is lost, doubled or half.
import Foundation
import Testing
import TestSupport

@Suite(.serialized, .enabled(if: Faults.canTrace, "strace is not installed, or may not attach to processes here")) struct `Faults of the disk` {
    private func status(_ place: Workplace) throws -> String? { try place.runs().first?["status"] as? String }

    /// A server with one job that runs.
    private func running(_ place: Workplace) async throws -> Server {
        let server = try await place.serve()
        #expect(await Program.eventually { (try? place.almanac("run", "rainfall").status) == 0 })
        #expect(try await Program.eventually { try status(place) == "running" })
        return server
    }

    private func expectSound(_ place: Workplace, runs: Int = 1) throws {
        let record = place.folder.path + "/data/record.sqlite"
        #expect(try Program.run("/usr/bin/sqlite3", [record, "PRAGMA integrity_check; PRAGMA foreign_key_check;"]).output == "ok\n")
        #expect(try place.runs().count == runs)
    }

    @Test(arguments: ["pwrite64", "fdatasync"]) func `an error of the disk under the record ends the server, and the job goes on`(call: String) async throws {
        let place = try Gate.workplace()
        let server = try await running(place)
        let reader = try Visitor(server)
        let fault = try await Fault(call, .EIO, path: place.folder.path + "/data/record.sqlite-wal", in: server.pid)
        #expect(try place.almanac("pause", "rainfall").status == 70)
        let page = try reader.get("/reports/rainfall")
        #expect(page.status == 503 && page.headers["retry-after"] != nil, "\(page.status)")
        // The page names the line of the log that has the cause.
        let named = server.log.components(separatedBy: "\"error.id\":\"").dropFirst().map { String($0.prefix(16)) }
        #expect(named.contains { page.text.contains($0) }, "\(page.text)")
        #expect(try reader.get("/readyz").status == 503)
        #expect(server.end(0) == 70)
        fault.remove()
        #expect(server.log.components(separatedBy: "\"level\":\"critical\"").count == 2, "\(server.log)")
        #expect(server.log.split(separator: "\n").allSatisfy { $0.hasPrefix("{") }, "\(server.log)")
        Gate.open(place)
        let next = try await place.serve()
        #expect(try await Program.eventually { try status(place) == "succeeded" })
        #expect((try place.newestRun()["attempts"] as? [Any])?.count == 1)
        #expect(try place.runs().first?["edition"] as? Int == 1)
        #expect(next.end() == 0)
        try expectSound(place)
    }

    @Test func `a full disk under the record stops claiming, and the server goes on when there is room`() async throws {
        let place = try Gate.workplace()
        let server = try await running(place)
        let reader = try Visitor(server)
        let fault = try await Fault("pwrite64", .ENOSPC, path: place.folder.path + "/data/record.sqlite-wal", in: server.pid)
        #expect(try place.almanac("run", "rainfall").status == 70)
        let ready = try reader.get("/readyz")
        #expect(ready.status == 503 && ready.text.contains("disk is full"), "\(ready.text)")
        #expect(try reader.get("/login").status == 200)
        // The job ends meanwhile: its end waits for room.
        Gate.open(place)
        try await Task.sleep(for: .seconds(2))
        #expect(try status(place) == "running")
        fault.remove()
        #expect(try await Program.eventually { try reader.get("/readyz").status == 200 })
        #expect(try await Program.eventually { try status(place) == "succeeded" })
        #expect(try await Gate.run(place).status == 0)
        #expect(try place.runs().map { $0["edition"] as? Int } == [2, 1])
        #expect(server.log.components(separatedBy: "the disk is full: no run is claimed").count == 2)
        #expect(server.end() == 0)
        try expectSound(place, runs: 2)
    }

    @Test(arguments: [Fault.Number.EIO, .ENOSPC]) func `an artifact that cannot be kept fails its attempt and nothing else`(number: Fault.Number) async throws {
        let place = try Gate.workplace()
        let server = try await running(place)
        // Only artifacts are synced with their length: the record uses fdatasync.
        let fault = try await Fault("fsync", number, path: nil, in: server.pid)
        Gate.open(place)
        #expect(try await Program.eventually { try status(place) == "failed" })
        #expect(try place.runs().first?["failureReason"] as? String == "storageFailed")
        #expect(try Visitor(server).get("/readyz").status == 200)
        fault.remove()
        #expect(try await Gate.run(place).status == 0)
        #expect(server.end() == 0)
        try expectSound(place, runs: 2)
    }

    @Test(arguments: [Fault.Number.EIO, .ENOSPC]) func `a log that cannot be written fails its attempt and nothing else`(number: Fault.Number) async throws {
        let place = try Workplace(SampleJobs.rainfall(body: "while :; do echo more; sleep 0.05; done"))
        let server = try await running(place)
        let runs = place.folder.path + "/data/runs"
        let attempt = try #require(try FileManager.default.contentsOfDirectory(atPath: runs).first)
        let receipt = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: "\(runs)/\(attempt)/receipt.json"))) as? [String: Any]
        let fault = try await Fault("write,pwrite64,writev", number, path: "\(runs)/\(attempt)/log", in: Int32(try #require(receipt?["pid"] as? Int)))
        #expect(try await Program.eventually { try status(place) == "failed" })
        #expect(try place.runs().first?["failureReason"] as? String == "storageFailed")
        fault.remove()
        #expect(try Visitor(server).get("/readyz").status == 200)
        #expect(server.end() == 0)
        try expectSound(place)
    }
}

/// Whether faults can be made on this machine.
enum Faults {
    static let strace = "/usr/bin/strace"
    static let canTrace: Bool = {
        guard FileManager.default.isExecutableFile(atPath: strace), let scratch = try? TemporaryFolder() else { return false }
        return (try? Program.run(strace, ["-o", scratch.path + "/trace", "/bin/true"]).status) == 0
    }()
}

/// Calls of one process, and of the processes that it starts, that fail from now until `remove`.
final class Fault {
    enum Number: String, Sendable { case EIO, ENOSPC }
    private let process: Process

    /// - Parameter path: only calls on this file; nil = on any.
    init(_ calls: String, _ number: Number, path: String?, in target: Int32) async throws {
        let scratch = try TemporaryFolder()
        let arguments = ["-f", "-o", "/dev/null"] + (path.map { ["-P", $0] } ?? []) + ["-e", "inject=\(calls):error=\(number)", "-p", String(target)]
        // Foundation starts programs with most signals blocked, so that SIGTERM would never reach the tracer.
        let unblock = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_SETMASK, []); os.execv(sys.argv[1], sys.argv[1:])"
        process = try Program.start("/usr/bin/python3", ["-c", unblock, Faults.strace] + arguments, output: scratch.path + "/out", errors: scratch.path + "/err")
        let attached = await Program.eventually(within: 10) { Fault.isTraced(target) }
        #expect(attached, "strace did not attach: \(Program.read(scratch.path + "/err"))")
    }

    /// Every thread has its tracer.
    private static func isTraced(_ target: Int32) -> Bool {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(target)/task")) ?? []
        return !threads.isEmpty && threads.allSatisfy { !Program.read("/proc/\(target)/task/\($0)/status").contains("TracerPid:\t0\n") }
    }

    /// From now on the calls work again. Waits until the tracer has let go: one that is killed leaves calls behind in the middle.
    func remove() {
        process.terminate()
        process.waitUntilExit()
    }

    deinit { if process.isRunning { process.terminate() } }
}
