// What an attempt may leave behind on the machine: processes and control groups.
import Glibc
import Vocabulary

@testable import Running

/// The processes and control groups of one attempt that are there now.
struct Traces: Equatable, CustomStringConvertible {
    var processes: [Int32] = []
    var groups: [String] = []

    static let none = Traces()
    var description: String { "processes \(processes), groups \(groups)" }

    init() {}

    /// A process is recognised by its environment, which its children have from it.
    init(of order: LaunchOrder, tiers: LimitTiers) {
        let mark = "ALMANAC_OUTPUTS=\(order.folder.outputs)"
        let names = (try? Folders.names(in: Descriptor("/proc", O_RDONLY | O_DIRECTORY))) ?? []
        for pid in names.compactMap({ Int32(String(decoding: $0, as: UTF8.self)) }) where isAlive(pid) {
            guard let bytes = try? Descriptor("/proc/\(pid)/environ", O_RDONLY).readAll(limit: 1 << 20) else { continue }
            if bytes.split(separator: 0).contains(where: { $0.elementsEqual(mark.utf8) }) { processes.append(pid) }
        }
        groups = LeftoverGroups(of: order.attempt, order: order.folder.order, tiers: tiers).paths
    }
}

extension Scene {
    /// Runs a job to its end and looks for what it left.
    func watched(_ order: LaunchOrder) async throws -> (report: ExitReport, log: String, traces: Traces) {
        let (report, log) = try await run(order)
        return (report, log, Traces(of: order, tiers: launcher.tiers))
    }

    /// As `watched`, for a script in Python that the machine's interpreter runs.
    func python(_ script: String, limits: Limits) async throws -> (report: ExitReport, log: String, traces: Traces) {
        try await watched(order("", limits: limits, program: ["/usr/bin/env", "python3", "-u", "-c", script]))
    }
}

/// What this machine offers, and what is left where it offers nothing.
let bothTiers = [LimitTiers.probe(), LimitTiers()]
