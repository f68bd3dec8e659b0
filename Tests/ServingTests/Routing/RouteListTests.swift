// The routes of the site and what each requires: this list is what a reviewer reads.
import HTTPTypes
import Testing

@testable import Serving

struct RouteListTests {
    @Test func `Every route and its action stand in this list`() {
        #expect(
            SiteService.routeList.sorted() == """
            GET / public
            GET /about public
            GET /account signedIn
            GET /api/v1/editions signedIn
            GET /api/v1/jobs signedIn
            GET /api/v1/jobs/{job} job(view)
            GET /api/v1/jobs/{job}/editions job(view)
            GET /api/v1/runs signedIn
            GET /api/v1/runs/{run} runPage
            GET /assets/{name} public
            GET /glossary public
            GET /healthz public
            GET /help public
            GET /link/{secret} public
            GET /login public
            GET /metrics metrics
            GET /readyz public
            GET /reports/{job} job(view)
            GET /reports/{job}/card job(view)
            GET /reports/{job}/editions job(view)
            GET /reports/{job}/editions/{number} job(view)
            GET /reports/{job}/editions/{number}/files/{file} job(download)
            GET /runs signedIn
            GET /runs/{run} runPage
            GET /runs/{run}/files/{file} runPage
            GET /runs/{run}/log runPage
            GET /runs/{run}/report runPage
            GET /schedule signedIn
            GET /search public
            POST /account/password signedIn
            POST /account/tokens signedIn
            POST /account/tokens/{token}/revoke signedIn
            POST /link/{secret} public
            POST /login public
            POST /logout public
            POST /reports/{job}/editions/{number}/current job(publish)
            POST /reports/{job}/editions/{number}/withhold job(publish)
            POST /reports/{job}/run job(run)
            POST /runs/{run}/cancel runPage
            POST /runs/{run}/publish runPage
            """.split(separator: "\n").map(String.init))
    }

    @Test func `Nothing but GET and POST is mounted, and GET changes nothing by its name`() {
        for route in SiteRoutes.table.routes {
            #expect(route.method == .get || route.method == .post)
            if route.method == .get { #expect(!["run", "cancel", "withhold", "publish", "revoke"].contains(route.path.split(separator: "/").last ?? "")) }
        }
    }
}
