// Finds out what this machine can do, by doing it once.
import Glibc
import Vocabulary

extension IsolationTier {
    /// Runs `bwrap` as jobs get it, on nothing. Takes some hundredths of a second; gives up after `limit` for each try.
    /// - Parameter searchPath: where bwrap is looked for.
    package static func probe(searchPath: String = Interpreters.machinePath, within limit: Duration = .seconds(5)) async -> IsolationTier {
        let candidates = searchPath.split(separator: ":").filter { $0.hasPrefix("/") }.map { String($0) + "/bwrap" }
        guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else { return .none(reason: "bwrap is not installed; on Debian and Ubuntu: `apt-get install bubblewrap`") }
        let isRoot = geteuid() == 0
        let machine = MachineMounts.here(isRoot: isRoot)
        var complaint: String?
        for identity in Bubblewrap.identities(isRoot: isRoot) {
            func attempt(_ network: Network, problem: String?) async -> (Bubblewrap, String?) {
                let bubblewrap = Bubblewrap(program: found, identity: identity, machine: machine, networkProblem: problem)
                return (bubblewrap, await said(bubblewrap, network: network, within: limit))
            }
            let (whole, problem) = await attempt(.none, problem: nil)
            guard let problem else { return .bubblewrap(whole) }
            let (connected, other) = await attempt(.outbound, problem: problem)
            guard let other else { return .bubblewrap(connected) }
            // That an older bwrap does not know an option says nothing about the machine.
            if complaint?.contains("nknown option") ?? true { complaint = other }
        }
        return .none(reason: "bwrap does not work here: \(complaint ?? "it said nothing")")
    }

    /// What went wrong with a try; nil when nothing did.
    private static func said(_ bubblewrap: Bubblewrap, network: Network, within limit: Duration) async -> String? {
        let arguments = bubblewrap.arguments([], network: network, directory: "/") + ["/bin/true"]
        let tool = Tool(path: bubblewrap.program, arguments: Array(arguments.dropFirst()))
        return await withTaskGroup(of: String?.self) { group in
            group.addTask {
                do {
                    let outcome = try await tool.run()
                    if outcome.status == 0 { return nil }
                    let line = outcome.output.split(separator: "\n").last.map(String.init) ?? "bwrap ended with status \(outcome.status)"
                    return line + hint(line)
                } catch {
                    return "bwrap cannot be run"
                }
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return "bwrap did not answer within \(limit)"
            }
            let first = await group.next() ?? "bwrap said nothing"
            group.cancelAll()
            return first
        }
    }

    /// The usual reason behind what bwrap says, for whoever keeps the machine.
    private static func hint(_ line: String) -> String {
        let isAboutNamespaces = ["uid map", "namespace", "RTM_NEWADDR", "Operation not permitted"].contains { line.contains($0) }
        return isAboutNamespaces ? " (this machine or container does not allow unprivileged user namespaces; Documentation/operating.md says how to)" : ""
    }
}
