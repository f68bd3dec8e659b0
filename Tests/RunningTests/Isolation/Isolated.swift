// Isolated attempts for tests: the machine's own bwrap, one shell script, and what is left of it.
import Glibc
import Testing
import Vocabulary

@testable import Running

/// What this machine can do, probed once.
private let machine = Task { await IsolationTier.probe() }

extension Trait where Self == ConditionTrait {
    /// Skips, with a reason, where bwrap cannot be used.
    static var withBubblewrap: ConditionTrait {
        .enabled("bwrap cannot be used on this machine, so isolation is not tested; `almanac check` says why") {
            if case .bubblewrap = await machine.value { true } else { false }
        }
    }
    /// Skips, with a reason, where bwrap cannot keep a job from making user namespaces.
    static var withoutNamespacesInside: ConditionTrait {
        .enabled("the bwrap of this machine is older than 0.8, so a job may make user namespaces") {
            if case .bubblewrap(let bubblewrap) = await machine.value { bubblewrap.identity.contains("--disable-userns") } else { false }
        }
    }
    /// Skips, with a reason, where a job cannot be separated from the network.
    static var withOwnNetwork: ConditionTrait {
        .enabled("this machine cannot separate a job from the network; `almanac check` says why") {
            if case .bubblewrap(let bubblewrap) = await machine.value { bubblewrap.networkProblem == nil } else { false }
        }
    }
}

extension Scene {
    /// A workbench as the server has it: the scene is the data folder.
    func isolatingWorkbench() async -> Workbench {
        Workbench(
            artifacts: artifacts, runs: runs, environments: Environments(folder: path + "/environments"),
            sandbox: Sandbox(tier: await machine.value, hidden: [path]))
    }

    /// What a shell script is started with, isolated.
    func isolatedOrder(_ script: String, network: Network = .outbound, timeLimit: Span? = nil) async throws -> LaunchOrder {
        let assignment = try await assignment(
            files: [("job.sh", script + "\n", false)], inputs: [("rates", "rates.csv", "a\n1\n")], limits: Limits(time: timeLimit), isolation: .required,
            network: network)
        return try await isolatingWorkbench().prepare(assignment).order
    }

    /// Runs a shell script isolated: how it ended, and its lines.
    func isolated(_ script: String, network: Network = .outbound) async throws -> (report: ExitReport, lines: [String]) {
        let (report, log) = try await run(try await isolatedOrder(script, network: network))
        return (report, log.split(separator: "\n").map { String($0.dropFirst(27)) })
    }

    /// Waits until a job has written a file into its working folder.
    func wait(for file: String, of order: LaunchOrder) async throws {
        while access(order.folder.work + "/" + file, F_OK) != 0 { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Living processes of an attempt: inside, their numbers are others.
    func processes(of order: LaunchOrder) throws -> [Int32] {
        let mark = "ALMANAC_OUTPUTS=" + order.folder.outputs
        return try Folders.names(in: try Descriptor("/proc", O_RDONLY | O_DIRECTORY)).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }.filter {
            guard let bytes = try? Descriptor("/proc/\($0)/environ", O_RDONLY).readAll(limit: 1 << 20) else { return false }
            return String(decoding: bytes, as: UTF8.self).split(separator: "\0").contains(Substring(mark)) && isAlive($0)
        }
    }
}
