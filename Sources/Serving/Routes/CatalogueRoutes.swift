// The catalogue and the search in it.
import Hummingbird
import Recording
import Rendering
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | / | public (the reports that the reader may view; signed out with none of them: sign in) |
/// | GET | /search | public (as above) |
enum CatalogueRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountPublic(.get, "/", catalogue)
        table.mountPublic(.get, "/search", catalogue)
    }

    private static func catalogue(_ visit: Visit) async throws -> Response {
        let store = visit.site.store
        if case .anonymous = visit.actor, try await store.catalogue(visibleTo: .anonymous, limit: 1).total == 0 {
            throw ServingError(.signInRequired)
        }
        let search = visit.query.text("q").map { String($0.prefix(200)) }
        let team = visit.query.text("team").flatMap { Names.isPrincipal($0) ? $0 : nil }
        let page = visit.query.text("page").flatMap { Int($0) } ?? 1
        return visit.page(
            try await CataloguePage.load(from: store, actor: visit.actor, team: team, search: search, pageNumber: page, clock: visit.clock))
    }
}
