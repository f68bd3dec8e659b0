// One thing that an isolated job sees at a path, and the order in which such things are laid over each other.

/// What stands at a path inside an isolation.
struct Mount: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case readOnly(from: String)
        /// Left out when the machine does not have it.
        case readOnlyIfThere(from: String)
        case readWrite(from: String)
        case link(to: String)
        /// An empty folder: it hides what stands there otherwise.
        case empty
        case processes
        case devices
    }

    /// Absolute.
    let path: String
    let kind: Kind

    /// The same path inside as outside.
    static func readOnly(_ path: String) -> Mount { Mount(path: path, kind: .readOnly(from: path)) }
    static func readOnlyIfThere(_ path: String) -> Mount { Mount(path: path, kind: .readOnlyIfThere(from: path)) }
    static func readWrite(_ path: String) -> Mount { Mount(path: path, kind: .readWrite(from: path)) }

    /// Whether it shows files of the machine.
    var showsFiles: Bool {
        switch kind {
        case .readOnly, .readOnlyIfThere, .readWrite: true
        case .link, .empty, .processes, .devices: false
        }
    }

    private var arguments: [String] {
        switch kind {
        case .readOnly(let source): ["--ro-bind", source, path]
        case .readOnlyIfThere(let source): ["--ro-bind-try", source, path]
        case .readWrite(let source): ["--bind", source, path]
        case .link(let target): ["--symlink", target, path]
        case .empty: ["--tmpfs", path]
        case .processes: ["--proc", path]
        case .devices: ["--dev", path]
        }
    }

    /// bwrap's arguments for all of them. What lies deeper is laid over what lies above it, whatever the order here; of two for one path the last one counts.
    static func arguments(_ mounts: [Mount]) -> [String] {
        var last: [String: Mount] = [:]
        for mount in mounts { last[mount.path] = mount }
        let ordered = last.values.sorted { ($0.depth, $0.path) < ($1.depth, $1.path) }
        let emptied = ordered.filter { $0.kind == .empty && $0.path != "/dev/shm" }.flatMap { ["--remount-ro", $0.path] }
        // The root and /dev are bwrap's own, in memory: nothing may be put there.
        return ordered.flatMap(\.arguments) + emptied + ["--remount-ro", "/dev", "--remount-ro", "/"]
    }

    private var depth: Int { path.utf8.count { $0 == UInt8(ascii: "/") } }
}

/// Whether a path is a folder or lies in it.
func isInside(_ path: String, _ folder: String) -> Bool { path == folder || folder == "/" || path.hasPrefix(folder + "/") }
