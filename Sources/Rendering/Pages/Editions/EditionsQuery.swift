// Reads a job's editions from the record.
package import Recording
package import Vocabulary

extension EditionsPage {
    /// The newest editions, or those before a number; held and withheld ones only for those who publish.
    package static func load(from store: Store, job: JobRecord, before number: Int? = nil, allowed: Set<Action>, clock: PageClock)
        async throws -> EditionsPage
    {
        let all = try await store.editions(job: job.id, before: number, limit: pageSize)
        let moves = try await store.pointerMoves(job: job.id, limit: 50)
        let mine = allowed.contains(.publish) ? all : all.filter { $0.state == .published }
        let older = all.count == pageSize ? all.last?.number : nil
        return EditionsPage(job: job, editions: mine, moves: moves, older: older, allowed: allowed, clock: clock)
    }
}
