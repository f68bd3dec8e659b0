// Reads the list of runs from the record.
package import Recording
package import Vocabulary

extension RunsPage {
    /// The newest runs that the actor may see and the filter keeps.
    package static func load(from store: Store, actor: Actor, filter: RunFilter, clock: PageClock) async throws -> RunsPage {
        let runs = try await store.runs(filter, visibleTo: actor)
        var zones: [String: String] = [:]
        for run in runs where zones[run.jobName] == nil {
            zones[run.jobName] = try await store.job(run.jobID)?.definition.zone ?? ""
        }
        return RunsPage(runs: runs, filter: filter, zones: zones, clock: clock)
    }
}
