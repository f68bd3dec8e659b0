// One request with everything that was found out about it before a handler sees it.
import Credentials
import HTTPTypes
import Hummingbird
import NIOCore
import Rendering
import Vocabulary

/// Who asks what, from where, with which proof.
struct Visit: Sendable {
    /// How the actor was recognised.
    enum Credential: Sendable {
        case none
        /// The secret in the session cookie.
        case session(String)
        case token
    }

    let site: Site
    let request: Request
    /// As it came, without the query.
    let path: String
    /// As it came, without the question mark.
    let rawQuery: String?
    let query: Fields
    var captures: [String: String] = [:]
    let actor: Actor
    let credential: Credential
    /// The reader's address, as far as it is known.
    let address: String
    let now: Instant
    /// Whether the request came over loopback, under a loopback name and through no proxy.
    let isFromThisMachine: Bool
    /// The fields of a verified form; empty for GET.
    var form = Fields()
    /// The value of the cookie to which forms before sign-in are bound: what the browser sent, or a new one.
    let formBinding: String
    let formBindingIsNew: Bool

    var isHead: Bool { request.method == .head }
    var isAPI: Bool { path == "/api" || path.hasPrefix("/api/") }
    func capture(_ name: String) -> String { captures[name] ?? "" }

    /// What form tokens of this reader are bound to.
    var binding: String {
        if case .session(let secret) = credential { return "session:" + secret }
        return "form:" + formBinding
    }

    /// Whether pages of this visit carry a form token: with a session all do; signed out only those that sign in, so that the others stay the same
    /// for everybody and set no cookie.
    var carriesForms: Bool {
        switch credential {
        case .session: true
        case .token: false
        case .none: path == "/login" || path.hasPrefix("/link/")
        }
    }

    var formToken: String { FormTokens.make(key: site.configuration.formKey, binding: binding) }

    /// The visit with its form, when the request changes something and was proved to come from our own page; unchanged for GET and HEAD.
    ///
    /// Requests with a token need no form token: no other site knows the token. A browser that was once given a token as the password of Basic sends it along
    /// with other sites' forms, though, so where a form came from counts for tokens as well; programs do not say where from.
    func verified() async throws -> Visit {
        guard request.method == .post else { return self }
        guard site.origin.isSameOrigin(request.head) else {
            throw ServingError(.formRefused, detail: "This form came from another site, so nothing was done.")
        }
        var visit = self
        visit.form = try await readForm()
        if case .token = credential { return visit }
        guard FormTokens.verify(visit.form["form_token"] ?? "", key: site.configuration.formKey, binding: binding) else {
            throw ServingError(.formRefused, detail: "This form is too old, so nothing was done. Go back, load the page again and repeat it.")
        }
        return visit
    }

    private func readForm() async throws -> Fields {
        let limit = site.configuration.limits.formBytes
        let tooLarge = ServingError(.bodyTooLarge, detail: "The form is larger than \(limit / 1024) KiB.")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        var bytes: [UInt8] = []
        for try await part in request.body {
            bytes += part.readableBytesView
            if bytes.count > limit { throw tooLarge }
        }
        if bytes.isEmpty { return Fields() }
        let type = (request.headers[.contentType] ?? "").lowercased().prefix { $0 != ";" }
        guard type == "application/x-www-form-urlencoded" else {
            throw ServingError(.unsupportedMediaType, detail: "Forms are sent as application/x-www-form-urlencoded.")
        }
        guard let fields = Fields(bytes, most: site.configuration.limits.formFields) else {
            throw ServingError(.badRequest, detail: "The form cannot be read.")
        }
        return fields
    }

    /// The frame round a page for this reader.
    var frame: Frame {
        var name: String?
        var isAdministrator = false
        if case .user(let user) = actor {
            name = user.name
            isAdministrator = user.administrator
        }
        return Frame(
            siteTitle: site.configuration.title, actorName: name, isAdministrator: isAdministrator, path: path,
            formToken: carriesForms ? formToken : nil, assets: site.assets)
    }

    /// The moment of the request and the zones that pages tell it in.
    var clock: PageClock { PageClock(now: now, zones: site.configuration.zones, siteZone: site.configuration.timeZone) }
}
