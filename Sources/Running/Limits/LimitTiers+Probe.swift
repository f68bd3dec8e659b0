// Finds out what control groups this process may make, by making one.
import CLinux
import Glibc

extension LimitTiers {
    /// Looks at the machine: control groups of version 2 where they were delegated to us, else of version 1, else the supervisor's own means.
    package static func probe() -> LimitTiers { probe(ControlGroupHierarchy.ofThisProcess()) }

    static func probe(_ hierarchies: [ControlGroupHierarchy]) -> LimitTiers {
        let unified = hierarchies.first { $0.version == 2 }
        let base = unified.flatMap(unifiedBase)
        func tier(_ controller: String, _ file: String) -> Tier {
            if let base, enable(controller, in: base), canMake(in: base, file) { return .group(version: 2, folder: base) }
            let own = hierarchies.first { $0.version == 1 && $0.controllers.contains(controller) }?.own
            // Version 1 names some of its files differently.
            let files = ["memory.max": "memory.limit_in_bytes", "cpu.max": "cpu.cfs_quota_us"]
            if let own, canMake(in: own, files[file] ?? file) { return .group(version: 1, folder: own) }
            return .supervisor
        }
        return LimitTiers(
            memory: tier("memory", "memory.max"), processes: tier("pids", "pids.max"), cpus: tier("cpu", "cpu.max"),
            tracking: base.flatMap { canMake(in: $0, "cgroup.procs") ? $0 : nil })
    }

    /// Where groups of version 2 can be made: beside our own, since a group with limits for others may hold no processes itself; at the top, below it.
    private static func unifiedBase(_ hierarchy: ControlGroupHierarchy) -> String? {
        if hierarchy.own == hierarchy.mount { return hierarchy.own }
        guard let slash = hierarchy.own.lastIndex(of: "/"), hierarchy.own.hasPrefix(hierarchy.mount + "/") else { return nil }
        let parent = String(hierarchy.own[..<slash])
        guard access(parent + "/cgroup.procs", W_OK) == 0 else { return nil }
        // As root everything can be written, but only what was given away is ours.
        return isDelegated(parent) || (geteuid() != 0 && owner(parent) == geteuid()) ? parent : nil
    }

    private static func owner(_ path: String) -> uid_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_uid : nil
    }

    /// systemd marks what it leaves to a service (`Delegate=yes`).
    private static func isDelegated(_ path: String) -> Bool {
        ["user.delegate", "trusted.delegate"].contains { name in
            var value: UInt8 = 0
            return linux_getxattr(path, name, &value, 1) == 1 && value == UInt8(ascii: "1")
        }
    }

    /// Whether groups in this folder have a controller; switches it on where the folder is ours to arrange.
    private static func enable(_ controller: String, in base: String) -> Bool {
        func has(_ file: String) -> Bool {
            let bytes = (try? Descriptor(base + "/" + file, O_RDONLY).readAll(limit: 4096)) ?? []
            return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).contains { $0 == controller }
        }
        if has("cgroup.subtree_control") { return true }
        guard has("cgroup.controllers"), isDelegated(base) || access(base + "/cgroup.type", F_OK) != 0 else { return false }
        try? Descriptor(base + "/cgroup.subtree_control", O_WRONLY).write(Array("+\(controller)".utf8))
        return has("cgroup.subtree_control")
    }

    /// Whether a group can be made in a folder and its file be written.
    private static func canMake(in folder: String, _ file: String) -> Bool {
        let probe = folder + "/almanac-probe-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        guard mkdir(probe, 0o755) == 0 else { return false }
        defer { rmdir(probe) }
        return access(probe + "/" + file, W_OK) == 0 && access(probe + "/cgroup.procs", W_OK) == 0
    }
}
