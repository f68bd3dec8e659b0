// Whether the server lives and whether it is ready.
import Hummingbird

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /healthz | public |
/// | GET | /readyz | public |
enum HealthRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountPublic(.get, "/healthz") { _ in Answers.text("alive\n") }
        table.mountPublic(.get, "/readyz") { visit in
            let problems = await visit.site.configuration.readiness()
            if problems.isEmpty { return Answers.text("ready\n") }
            return Answers.text(problems.map { $0 + "\n" }.joined(), status: .serviceUnavailable)
        }
    }
}
