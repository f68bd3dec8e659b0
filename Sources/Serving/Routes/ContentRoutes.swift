// The site's own texts; they hold nothing of any job.
import Hummingbird
import Rendering

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /about | public |
/// | GET | /help | public |
/// | GET | /glossary | public |
enum ContentRoutes {
    static func mount(on table: inout RouteTable) {
        for name in ["about", "help", "glossary"] {
            table.mountPublic(.get, "/" + name) { visit in
                guard let page = ContentPage.load(from: visit.site.configuration.contentFolders, name: name) else { throw ServingError.notFound }
                return visit.page(page)
            }
        }
    }
}
