// The place in which a job's command is started: with bubblewrap where that is possible.
import Glibc
import Vocabulary

/// A machine's means to isolate jobs, and what none of them may see.
package struct Sandbox: Sendable {
    package let tier: IsolationTier
    /// Folders that are hidden also where they lie inside something that is shown; without links in them.
    let hidden: [String]
    /// Folders of which an interpreter's installation must not show the whole.
    let secret: [String]

    /// - Parameter hidden: the data folder, the workspace, the key's folder. Absolute; those that are not there are left out.
    package init(tier: IsolationTier, hidden: [String] = []) {
        self.tier = tier
        self.hidden = hidden.compactMap(realPath)
        let home = getenv("HOME").flatMap { realPath(String(cString: $0)) }
        secret = self.hidden + (home.map { [$0, $0 + "/.local/share"] } ?? [])
    }

    /// A command as it is started.
    struct Wrapped: Equatable {
        let arguments: [String]
        let isIsolated: Bool
        /// For the record and people: `bubblewrap, without network`.
        let words: String
    }

    /// The command of an attempt, with what isolates it in front. Throws `launchFailed` when the job insists on what this machine cannot do.
    /// - Parameter installations: what the programs of this task need of the machine beyond the system, from `installations`.
    func wrap(_ command: [String], of assignment: Assignment, in folder: AttemptFolder, installations: [Mount]) throws -> Wrapped {
        if let refusal = tier.refusal(of: assignment.definition) {
            throw RunningError(.launchFailed, subject: refusal.key, detail: "\(refusal.detail); \(refusal.instead)")
        }
        switch tier {
        case .none(let reason): return Wrapped(arguments: command, isIsolated: false, words: "none: \(reason)")
        case .bubblewrap(let bubblewrap):
            let network = assignment.definition.network
            let mounts = installations + [
                // On the disk and not in memory, and removed with the attempt.
                Mount(path: "/tmp", kind: .readWrite(from: folder.temporary)), Mount(path: "/var/tmp", kind: .readWrite(from: folder.temporary)),
                .readWrite(folder.job), .readOnly(folder.inputs), .readOnly(folder.parameters),
            ]
            let shown = (bubblewrap.machine + mounts).filter(\.showsFiles).map(\.path)
            let emptied = hidden.filter { path in shown.contains { isInside(path, $0) } }.map { Mount(path: $0, kind: .empty) }
            return Wrapped(
                arguments: bubblewrap.arguments(emptied + mounts, network: network, directory: folder.work) + command, isIsolated: true,
                words: network == .none ? "bubblewrap, without network" : "bubblewrap, with network")
        }
    }

    /// What a task's programs need of the machine: their installations, and the built environment.
    func installations(of programs: [String], built: BuiltEnvironment) -> [Mount] {
        guard case .bubblewrap(let bubblewrap) = tier else { return [] }
        let visible = bubblewrap.machine.compactMap { mount in
            if case .link = mount.kind { return mount.path }
            return mount.showsFiles ? mount.path : nil
        }
        let place = built.place
        let all = programs + (built.programs.map { [$0 + "/python"] } ?? [])
        return (place.map { [.readOnly($0)] } ?? [])
            + all.flatMap { Installation.mounts(of: $0, visible: visible + (place.map { [$0] } ?? []), secret: secret) }
    }
}
