// One-time sign-in links: the address shows a button, and only the button uses the link up.
import Credentials
import HTTPTypes
import Hummingbird
import Recording
import Rendering
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /link/{secret} | public |
/// | POST | /link/{secret} | public |
enum LinkRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountPublic(.get, "/link/{secret}") { visit in
            let secret = visit.capture("secret")
            guard Secret.isSecret(secret), let user = try await visit.site.store.linkUser(digest: Secret.digest(of: secret), at: visit.now) else {
                return over(visit)
            }
            let next = SafeAddress.next(visit.query["next"])
            return visit.page(LinkPage(userName: user.name, secret: secret, next: next == "/" ? nil : next))
        }
        table.mountPublic(.post, "/link/{secret}") { visit in
            let secret = visit.capture("secret")
            guard Secret.isSecret(secret), let user = try await visit.site.store.redeemLink(digest: Secret.digest(of: secret), at: visit.now) else {
                return over(visit)
            }
            return Answers.redirect(SafeAddress.next(visit.form["next"]), cookies: try await visit.site.startSession(for: user.id, replacing: visit))
        }
    }

    /// The page of a link that was used, is too old or never was: one page for all three.
    private static func over(_ visit: Visit) -> Response { visit.page(LinkPage(userName: nil, secret: nil), status: .notFound) }
}
