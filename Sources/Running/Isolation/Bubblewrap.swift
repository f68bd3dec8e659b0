// bwrap's part: which arguments make the place in which a job runs.
import Vocabulary

/// A bwrap that works on this machine, and how it is to be called here.
package struct Bubblewrap: Sendable, Hashable {
    /// Absolute.
    let program: String
    /// Who the job is inside: bwrap's flags for it.
    let identity: [String]
    /// The machine's part of what a job sees.
    let machine: [Mount]
    /// Why a job cannot be separated from the network; nil = it can.
    let networkProblem: String?

    /// The flags that a server uses, best first: as an ordinary user, its own name in a user namespace; as root, nobody's number in one, and where there are
    /// no user namespaces root without any capability. A job gets no user namespaces of its own (bwrap knows how from 0.8 on): in one it could mount the
    /// hierarchies of control groups, and since its files belong to the server's user, lift its own limits there.
    static func identities(isRoot: Bool) -> [[String]] {
        let own = ["--unshare-user"] + (isRoot ? ["--uid", "65534", "--gid", "65534"] : [])
        return [own + ["--disable-userns"], own] + (isRoot ? [[]] : [])
    }

    /// The arguments that go in front of a command.
    func arguments(_ mounts: [Mount], network: Network, directory: String) -> [String] {
        [program] + identity + ["--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"] + (network == .none ? ["--unshare-net"] : [])
            + ["--die-with-parent", "--cap-drop", "ALL", "--hostname", "almanac"] + Mount.arguments(machine + mounts) + ["--chdir", directory, "--"]
    }
}
