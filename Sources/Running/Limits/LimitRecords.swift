// What the supervisor is told about limits: records of its order (Sources/almanac-supervisor/order.h).
import Vocabulary

extension LimitTiers {
    /// The name of an attempt's control groups.
    static func groupName(_ attempt: AttemptID) -> String { "almanac-\(attempt.text)" }

    /// Nothing for a job without limits: an order says only what is asked for.
    func records(for limits: Limits, attempt: AttemptID) -> [String] {
        guard limits != Limits() else { return [] }
        var records: [String] = []
        if let memory = limits.memory { records.append("memoryLimit=\(memory.bytes)") }
        if let processes = limits.processes { records.append("processLimit=\(processes)") }
        if let output = limits.output { records.append("outputLimit=\(output.bytes)") }
        if memory == .supervisor, limits.memory != nil { records.append("sampled=memory") }
        if processes == .supervisor, limits.processes != nil { records.append("sampled=processes") }
        if cpus == .supervisor, let cpus = limits.cpus { records.append("affinity=\(Int(min(cpus, 1_000_000).rounded(.up)))") }
        if let words = words(for: limits) { records.append("limits=" + words) }
        for folder in folders {
            records.append("group=\(folder)/\(LimitTiers.groupName(attempt))")
            if case .group(let version, folder) = memory, let bytes = limits.memory?.bytes { records += memoryRecords(bytes, version) }
            if case .group(_, folder) = processes, let most = limits.processes { records.append("setting=pids.max=\(most)") }
            if case .group(let version, folder) = cpus, let count = limits.cpus { records += cpuRecords(count, version) }
        }
        return records
    }

    private func memoryRecords(_ bytes: Int64, _ version: Int) -> [String] {
        // What a job has no memory for is not to go to a disk instead.
        version == 2
            ? ["setting=memory.max=\(bytes)", "option=memory.swap.max=0", "option=memory.oom.group=1"]
            : ["setting=memory.limit_in_bytes=\(bytes)", "option=memory.memsw.limit_in_bytes=\(bytes)"]
    }

    private func cpuRecords(_ count: Double, _ version: Int) -> [String] {
        // Of each tenth of a second that much; the kernel wants a millisecond at least.
        let quota = max(1000, Int64((min(count, 1_000_000) * 100_000).rounded()))
        // Version 1 refuses a share larger than the one of the group around it: then that one holds.
        return version == 2
            ? ["setting=cpu.max=\(quota) 100000"] : ["setting=cpu.cfs_period_us=100000", "option=cpu.cfs_quota_us=\(quota)"]
    }
}
