// Requests about editions, the pointer and the catalogue.
package import Access
package import Vocabulary

extension Store {
    /// Reports that the actor may view, by team and title, from `offset`, at most `limit`; with `team` and `search` (case-insensitive, in title and summary)
    /// when they are set. Filtered in SQL by the rule that `Access` decides by.
    package func catalogue(visibleTo actor: Actor, team: String? = nil, search: String? = nil, offset: Int = 0, limit: Int = 60)
        async throws -> (entries: [CatalogueEntry], total: Int) { fatalError() }

    package func edition(job: JobID, number: Int) async throws -> EditionRecord? { fatalError() }
    package func edition(_ id: EditionID) async throws -> EditionRecord? { fatalError() }
    package func editions(job: JobID, before number: Int? = nil, limit: Int = 100) async throws -> [EditionRecord] { fatalError() }
    package func pointerMoves(job: JobID, limit: Int = 100) async throws -> [PointerMove] { fatalError() }

    /// The outputs of an edition's run.
    package func outputs(run: RunID) async throws -> [Output] { fatalError() }
    package func metrics(run: RunID) async throws -> [Metric] { fatalError() }

    /// Newest editions first: each edition's number, date and the value of one metric without step and slice.
    package func metricHistory(job: JobID, metric: String, limit: Int) async throws -> [(edition: Int, at: Instant, value: Double?)] { fatalError() }

    /// Makes an edition current (releasing it when it was held or withheld). Throws `notFound`, `conflict` when it is current already.
    package func makeCurrent(job: JobID, edition: Int, by actor: UserID?, reason: String?, at now: Instant) async throws { fatalError() }

    /// Withholds an edition; when it was current, the newest older published one becomes current, or none. Throws `notFound`.
    package func withhold(job: JobID, edition: Int, by actor: UserID?, reason: String, at now: Instant) async throws { fatalError() }

    /// Replaces the derived page of an edition after `render`.
    package func replaceReport(edition: EditionID, reportDigest: Digest, headline: String?) async throws { fatalError() }

    /// Publishes a private run's result as an edition. Throws `notFound`, `stale` unless the run succeeded, `conflict` when it has an edition already.
    @discardableResult
    package func publish(run: RunID, edition: NewEdition, by actor: UserID?, at now: Instant) async throws -> Int { fatalError() }
}
