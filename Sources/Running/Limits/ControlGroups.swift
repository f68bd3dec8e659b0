// Where this process stands in the machine's control groups, from the two files in which the kernel says so.

/// One hierarchy of control groups, and our own folder in it.
struct ControlGroupHierarchy: Hashable {
    /// 1 or 2.
    let version: Int
    /// Of version 1 only; in version 2 each folder says what it has.
    let controllers: Set<String>
    /// Where the hierarchy is mounted.
    let mount: String
    /// Our own group, absolute; the mount itself for its top.
    let own: String

    /// - Parameters:
    ///   - membership: the text of /proc/self/cgroup.
    ///   - mounts: the text of /proc/self/mountinfo.
    static func all(membership: String, mounts: String) -> [ControlGroupHierarchy] {
        let found = mounts.split(separator: "\n").compactMap { ControlGroupMount(String($0)) }
        return membership.split(separator: "\n").compactMap { line in
            // `4:cpu,cpuacct:/system.slice/x`, and `0::/system.slice/x` for version 2.
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3 else { return nil }
            let controllers = Set(parts[1].split(separator: ",").map(String.init))
            let version = parts[0] == "0" && controllers.isEmpty ? 2 : 1
            guard let mount = found.first(where: { $0.version == version && (version == 2 || $0.options.isSuperset(of: controllers)) }),
                let own = mount.path(of: parts[2])
            else { return nil }
            return ControlGroupHierarchy(version: version, controllers: controllers, mount: mount.path, own: own)
        }
    }

    static func ofThisProcess() -> [ControlGroupHierarchy] {
        func text(_ path: String) -> String {
            String(decoding: (try? Descriptor(path, 0).readAll(limit: 4 << 20)) ?? [], as: UTF8.self)
        }
        return all(membership: text("/proc/self/cgroup"), mounts: text("/proc/self/mountinfo"))
    }
}

/// A line of /proc/self/mountinfo that mounts control groups.
private struct ControlGroupMount {
    let version: Int
    /// The part of the hierarchy that is mounted.
    let root: String
    let path: String
    let options: Set<String>

    init?(_ line: String) {
        // `32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu`; optional fields stand before the dash.
        let words = line.split(separator: " ").map(String.init)
        guard let dash = words.firstIndex(of: "-"), dash >= 6, words.count > dash + 3 else { return nil }
        switch words[dash + 1] {
        case "cgroup": version = 1
        case "cgroup2": version = 2
        default: return nil
        }
        // Spaces are written as \040: such a mount is not one that we use.
        guard !words[4].contains("\\") else { return nil }
        root = words[3]
        path = words[4]
        options = Set(words[dash + 3].split(separator: ",").map(String.init))
    }

    /// The absolute path of a group, nil when it lies outside of what is mounted.
    func path(of group: String) -> String? {
        guard group.hasPrefix("/"), !group.hasPrefix("/..") else { return nil }
        let base = root == "/" ? "" : root
        guard group == base || group.hasPrefix(base + "/") else { return nil }
        let rest = group.dropFirst(base.count)
        return rest == "/" || rest.isEmpty ? path : path + rest
    }
}
