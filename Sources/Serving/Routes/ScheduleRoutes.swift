// What runs when.
import Hummingbird
import Rendering

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /schedule | signedIn (lists only jobs that the reader may view) |
enum ScheduleRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountSignedIn(.get, "/schedule") { visit, _ in
            visit.page(try await SchedulePage.load(from: visit.site.store, actor: visit.actor, clock: visit.clock))
        }
    }
}
