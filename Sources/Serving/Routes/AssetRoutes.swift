// Style sheets, scripts and pictures of the site, by fingerprinted name.
import HTTPTypes
import Hummingbird
import Rendering

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /assets/{name} | public |
enum AssetRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountPublic(.get, "/assets/{name}") { visit in
            guard let file = visit.site.assets.file(at: visit.path) else { throw ServingError.notFound }
            // The name holds the fingerprint, so it is the tag as well.
            let tag = "\"" + visit.capture("name").filter { $0 != "\"" && $0 != "\\" } + "\""
            if Conditions.isUnchanged(visit.request.headers, tag: tag) { return Conditions.unchanged(tag: tag) }
            var response = Answers.bytes(file.bytes, type: file.type)
            response.headers[.cacheControl] = "public, max-age=31536000, immutable"
            response.headers[.eTag] = tag
            return response
        }
    }
}
