// What runs when.
import Hummingbird
import Rendering
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /schedule | signedIn (lists only jobs that the reader may view) |
enum ScheduleRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountSignedIn(.get, "/schedule") { visit, _ in
            // What no job can be called is left out, as a number that is none.
            let filter = ScheduleFilter(
                job: visit.query.text("job").flatMap { Names.isJob($0) ? $0 : nil },
                pageNumber: visit.query.text("page").flatMap { Int($0) }.map { min(max($0, 1), 10_000) } ?? 1)
            return visit.page(
                try await SchedulePage.load(
                    from: visit.site.store, actor: visit.actor, filter: filter, signs: visit.site.configuration.engine(), clock: visit.clock))
        }
    }
}
