// Reads the catalogue from the record.
package import Recording
package import Vocabulary

extension CataloguePage {
    /// The reports that the actor may view, a page of them; `pageNumber` counts from 1.
    package static func load(from store: Store, actor: Actor, team: String?, search: String?, pageNumber: Int, clock: PageClock)
        async throws -> CataloguePage
    {
        let place = max(1, min(pageNumber, 100_000))
        let (entries, total) = try await store.catalogue(
            visibleTo: actor, team: team, search: search, offset: (place - 1) * pageSize, limit: pageSize)
        var trends: [JobID: [Double]] = [:]
        for entry in entries where entry.currentEdition != nil {
            guard let metric = entry.definition.metrics.first else { continue }
            let history = try await store.metricHistory(job: entry.jobID, metric: metric.name, limit: 12)
            trends[entry.jobID] = history.reversed().compactMap(\.value)
        }
        return CataloguePage(
            entries: entries, total: total, trends: trends, actor: actor, team: team, search: search, pageNumber: place, clock: clock)
    }
}
