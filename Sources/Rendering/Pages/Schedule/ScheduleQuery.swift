// Reads the schedules of visible jobs from the record.
package import Recording
package import Vocabulary

extension SchedulePage {
    /// The schedules in force of the reports that the actor may view.
    package static func load(from store: Store, actor: Actor, clock: PageClock) async throws -> SchedulePage {
        var titles: [String: String] = [:]
        var offset = 0
        while true {
            let (entries, total) = try await store.catalogue(visibleTo: actor, offset: offset, limit: 500)
            for entry in entries { titles[entry.name] = entry.title }
            offset += entries.count
            if entries.isEmpty || offset >= total { break }
        }
        return SchedulePage(schedules: try await store.schedulesInForce(), titles: titles, clock: clock)
    }
}
