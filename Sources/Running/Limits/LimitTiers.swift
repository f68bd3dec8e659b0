// By what means this machine holds a job to its limits.
import Glibc
package import Vocabulary

/// For each limit the best means that was found when the server started.
package struct LimitTiers: Sendable, Hashable {
    /// What holds a limit.
    package enum Tier: Sendable, Hashable {
        /// The kernel, in control groups that can be made in this folder.
        case group(version: Int, folder: String)
        /// The supervisor: it samples memory and processes, and leaves a job only some of the processors.
        case supervisor

        package var words: String {
            switch self {
            case .group(let version, _): "cgroup v\(version)"
            case .supervisor: "supervisor"
            }
        }
    }

    package let memory: Tier
    package let processes: Tier
    package let cpus: Tier
    /// Where a group without limits can be made, by which a tree is counted and ended in one step; nil = nowhere.
    let tracking: String?

    package init(memory: Tier = .supervisor, processes: Tier = .supervisor, cpus: Tier = .supervisor) {
        self.init(memory: memory, processes: processes, cpus: cpus, tracking: nil)
    }

    init(memory: Tier, processes: Tier, cpus: Tier, tracking: String?) {
        self.memory = memory
        self.processes = processes
        self.cpus = cpus
        self.tracking = tracking
    }

    /// Name and means of each limit, for `almanac check`: `memory`, `cgroup v2`.
    package var all: [(limit: String, means: String)] {
        [
            ("time", "supervisor"), ("memory", memory == .supervisor ? "sampled" : memory.words),
            ("processes", processes == .supervisor ? "sampled" : processes.words), ("cpus", cpus == .supervisor ? "affinity" : cpus.words),
            ("output", "measured"),
        ]
    }

    /// What holds an attempt to those of its limits that can be held in several ways: `cgroup v1: memory, processes; measured: output`. Nil = it has none.
    package func words(for limits: Limits) -> String? {
        var set: Set<String> = []
        if limits.memory != nil { set.insert("memory") }
        if limits.processes != nil { set.insert("processes") }
        if limits.cpus != nil { set.insert("cpus") }
        if limits.output != nil { set.insert("output") }
        var groups: [(means: String, limits: [String])] = []
        for entry in all where set.contains(entry.limit) {
            if let at = groups.firstIndex(where: { $0.means == entry.means }) {
                groups[at].limits.append(entry.limit)
            } else {
                groups.append((entry.means, [entry.limit]))
            }
        }
        return groups.isEmpty ? nil : groups.map { "\($0.means): \($0.limits.joined(separator: ", "))" }.joined(separator: "; ")
    }

    /// The folders in which groups of attempts are made.
    var folders: [String] {
        var found: [String] = []
        for case .group(_, let folder) in [memory, processes, cpus] where !found.contains(folder) { found.append(folder) }
        if let tracking, !found.contains(tracking) { found.append(tracking) }
        return found
    }
}
