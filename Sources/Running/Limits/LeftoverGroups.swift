// Ends and removes control groups whose supervisor was killed before it could.
import Glibc
import Vocabulary

/// The control groups of one attempt, found by its order and by where this server makes them.
struct LeftoverGroups {
    let paths: [String]

    init(of attempt: AttemptID, order: String, tiers: LimitTiers) {
        let name = LimitTiers.groupName(attempt)
        var found = tiers.folders.map { $0 + "/" + name }
        // A server in another group may have launched it; a job may have written anything into the order, so only groups with its name count.
        let mounts = ControlGroupHierarchy.ofThisProcess().map(\.mount)
        let records = ((try? Descriptor(order, O_RDONLY | O_NOFOLLOW).readAll(limit: 16 << 20)) ?? []).split(separator: 0)
        for record in records where record.starts(with: Array("group=".utf8)) {
            let path = String(decoding: record.dropFirst(6), as: UTF8.self)
            guard path.hasSuffix("/" + name), !path.contains("/../"), mounts.contains(where: { path.hasPrefix($0 + "/") }) else { continue }
            if !found.contains(path) { found.append(path) }
        }
        paths = found.filter { access($0, F_OK) == 0 }
    }

    /// Kills what is in them.
    func kill() {
        for path in paths {
            write("0", to: path + "/pids.max")
            if !write("1", to: path + "/cgroup.kill") { killListed(path + "/cgroup.procs") }
        }
    }

    /// Kills what is in them and removes them, for at most two seconds.
    func remove() async {
        for path in paths {
            for _ in 0..<200 where rmdir(path) != 0 && errno == EBUSY {
                kill()
                try? await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    @discardableResult
    private func write(_ text: String, to path: String) -> Bool {
        // Without O_CREAT: a group's files are there, or the machine does not know them.
        guard let file = try? Descriptor(path, O_WRONLY | O_NOFOLLOW) else { return false }
        return (try? file.write(Array(text.utf8))) != nil
    }

    private func killListed(_ path: String) {
        guard let bytes = try? Descriptor(path, O_RDONLY | O_NOFOLLOW).readAll(limit: 1 << 20) else { return }
        for line in bytes.split(separator: 10) {
            if let pid = Int32(String(decoding: line, as: UTF8.self)), pid > 1, pid != getpid() { Glibc.kill(pid, SIGKILL) }
        }
    }
}
