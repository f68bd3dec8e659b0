// What only several jobs together can tell: `after` and `former_names`.
internal import Vocabulary

/// Judges the jobs of a workspace beside each other.
enum Neighbours {
    /// The readings with the diagnostics that come from their neighbours.
    static func judge(_ jobs: [WorkspaceReader.Loose]) -> [JobReading] {
        let names = Set(jobs.map(\.name))
        let cycles = self.cycles(jobs)
        return jobs.map { job in
            let findings = Findings(file: job.file)
            for other in job.after where !names.contains(other.value) {
                findings.error(
                    other.place, "there is no job \(quoted(other.value))",
                    Nearest.word(to: other.value, among: names.sorted()).map { "did you mean \(quoted($0))?" } ?? "name a folder of Jobs/")
            }
            if let cycle = cycles[job.name], let place = job.after.first(where: { $0.value == cycle[1] })?.place, cycle.count > 2 {
                findings.error(place, "these jobs wait for each other: \(cycle.joined(separator: " → "))", "remove one `after` of them")
            }
            for former in job.formerNames where former.value != job.name {
                if names.contains(former.value) {
                    findings.error(former.place, "\(quoted(former.value)) is a job now", "remove it, or rename that job")
                } else if let other = jobs.first(where: { $0.name != job.name && $0.formerNames.contains { $0.value == former.value } }) {
                    findings.error(former.place, "\(quoted(former.value)) is a former name of \(quoted(other.name)) too", "keep it in one of them")
                }
            }
            return findings.list.isEmpty ? job.reading : .broken(name: job.name, Findings.sorted(job.reading.diagnostics + findings.list))
        }
    }

    /// For each job on a cycle, the way round it: `a`, `b`, `a`. Searched in the order of the names, without recursion.
    private static func cycles(_ jobs: [WorkspaceReader.Loose]) -> [String: [String]] {
        let after = Dictionary(jobs.map { ($0.name, $0.after.map(\.value)) }) { first, _ in first }
        var cycles: [String: [String]] = [:]
        for job in jobs {
            var cameFrom: [String: String] = [:]
            var waiting = [job.name]
            var closing: String?
            while closing == nil, let name = waiting.popLast() {
                for next in after[name] ?? [] {
                    if next == job.name { closing = name; break }
                    if cameFrom[next] == nil { cameFrom[next] = name; waiting.insert(next, at: 0) }
                }
            }
            guard var step = closing else { continue }
            var path = [job.name]
            while step != job.name, let previous = cameFrom[step] {
                path.insert(step, at: 0)
                step = previous
            }
            cycles[job.name] = [job.name] + path
        }
        return cycles
    }
}
