// A temporary folder with a launcher, a store and a workbench in it: what most tests of this room need.
import Artifacts
import Glibc
import Testing
import Vocabulary

@testable import Running

/// Lives as long as its test; everything in it is removed with it.
final class Scene: Sendable {
    let path: String
    let launcher: LocalLauncher
    let artifacts: LocalArtifactStore
    var runs: String { path + "/runs" }

    init(tiers: LimitTiers? = nil) throws {
        var template = Array("/tmp/almanac-running-XXXXXX\0".utf8).map { CChar(bitPattern: $0) }
        let made = try #require(template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) })  // the buffer is not empty
        path = String(cString: made)
        launcher = LocalLauncher(runs: path + "/runs", tiers: tiers)
        artifacts = try LocalArtifactStore(folder: path + "/artifacts")
        try Folders.make(path + "/runs")
    }

    deinit { try? Folders.remove(path) }

    /// An order for a shell script in a folder that holds nothing else.
    func order(
        _ script: String, environment: [String: String] = ["PATH": "/usr/bin:/bin"], limits: Limits = Limits(), timeLimit: Span? = nil, grace: Span = Span(milliseconds: 300),
        logHead: ByteCount = ByteCount(8 << 20), logTail: ByteCount = ByteCount(8 << 20), program: [String]? = nil
    ) throws -> LaunchOrder {
        var limits = limits
        limits.time = timeLimit ?? limits.time
        let attempt = AttemptID(at: Instant(seconds: 1_800_000_000))
        let folder = AttemptFolder(runs: runs, attempt: attempt)
        for path in [folder.path, folder.job, folder.work, folder.outputs] { try Folders.make(path) }
        return LaunchOrder(
            attempt: attempt, folder: folder, arguments: program ?? ["/bin/sh", "-c", script],
            environment: environment.merging(["ALMANAC_OUTPUTS": folder.outputs]) { own, _ in own }, directory: folder.work, limits: limits,
            grace: grace, logHead: logHead, logTail: logTail)
    }

    /// Waits for the end as the engine does.
    func end(_ receipt: Receipt, of launcher: LocalLauncher? = nil) async throws -> LaunchStatus {
        let launcher = launcher ?? self.launcher
        while true {
            let status = try await launcher.status(receipt)
            guard case .running = status else { return status }
            await launcher.waitForEnd(receipt, atMost: .seconds(30))
        }
    }

    func report(_ receipt: Receipt) async throws -> ExitReport {
        guard case .ended(let report) = try await end(receipt) else { throw SceneError("the attempt was lost") }
        return report
    }

    func run(_ order: LaunchOrder) async throws -> (report: ExitReport, log: String) {
        let receipt = try await launcher.launch(order)
        let report = try await report(receipt)
        return (report, String(decoding: try await launcher.log(receipt, from: 0, limit: 64 << 20), as: UTF8.self))
    }

    /// The first process number that a job wrote into a file of its working folder; waits for it to appear.
    func process(_ file: String, of order: LaunchOrder) async throws -> Int32 {
        while true {
            if let bytes = try? Descriptor(order.folder.work + "/" + file, O_RDONLY).readAll(limit: 100), bytes.last == 10,
                let pid = Int32(String(decoding: bytes.dropLast(), as: UTF8.self))
            {
                return pid
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func write(_ text: String, to path: String, mode: mode_t = 0o600) throws {
        try Descriptor(path, O_WRONLY | O_CREAT | O_TRUNC, mode: mode).write(Array(text.utf8))
        chmod(path, mode)
    }
}

struct SceneError: Error {
    let text: String
    init(_ text: String) { self.text = text }
}

/// Whether a process lives; one that has ended but was not waited for by its new parent does not.
func isAlive(_ pid: Int32) -> Bool {
    guard let bytes = try? Descriptor("/proc/\(pid)/stat", O_RDONLY).readAll(limit: 4096) else { return false }
    return !String(decoding: bytes, as: UTF8.self).contains(") Z ")
}
