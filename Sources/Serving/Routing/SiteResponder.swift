// One request from head to answer: checked, recognised, routed, decided, answered; whatever goes wrong becomes an answer here.
import Credentials
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import Recording
import Rendering
import Vocabulary

/// What Hummingbird knows about a request beside its head.
struct SiteContext: InitializableFromSource {
    let logger: Logger
    let peer: String

    init(source: ApplicationRequestContextSource) {
        logger = source.logger
        peer = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    init(logger: Logger, peer: String) {
        self.logger = logger
        self.peer = peer
    }
}

/// Answers every request of the site.
struct SiteResponder: HTTPResponder {
    let site: Site
    let table: RouteTable

    func respond(to request: Request, context: SiteContext) async throws -> Response {
        let started = ContinuousClock.now
        let log = AccessLog(site: site, request: request)
        var response: Response
        do {
            response = try await answer(request, context, log)
        } catch let error as HTTPParserError {
            // Hummingbird answers these itself and closes the connection.
            throw error
        } catch {
            response = Failures(site: site, log: log).plain(error)
        }
        SecurityHeaders.complete(&response, isSecure: site.origin.isSecure)
        log.write(response, took: ContinuousClock.now - started)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ request: Request, _ context: SiteContext, _ log: AccessLog) async throws -> Response {
        let address = request.head.path ?? ""
        guard address.utf8.count <= site.configuration.limits.addressBytes else { throw ServingError(.addressTooLong) }
        guard address.utf8.first == UInt8(ascii: "/"), address.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { throw ServingError(.badRequest) }
        // The first `Host` became the authority; whoever stands before us may have gone by the second (RFC 9112 section 3.2).
        guard request.headers[.host] == nil else { throw ServingError(.badRequest, detail: "A request names one host.") }
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts[0])
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let found = table.route(request.method, path == "/" ? [] : segments)
        log.route = found?.0
        log.captures = found?.1 ?? [:]
        let isOpen = path == "/healthz" || path == "/readyz" || path.hasPrefix("/assets/")
        // Probes of load balancers name the machine, not the site; nothing there depends on the name.
        let isFromThisMachine = ReaderAddress.isThisMachine(context.peer, request.head)
        guard isOpen || (path == "/metrics" && isFromThisMachine) || site.origin.isOurs(request.head.authority) else {
            throw ServingError(.badRequest, detail: "This server does not answer under that name.")
        }
        guard [.get, .head, .post].contains(request.method) else { throw ServingError(.methodNotAllowed) }
        let now = site.configuration.now()
        let (actor, credential) = isOpen ? (Actor.anonymous, Visit.Credential.none) : try await site.identify(request.headers, now: now)
        let rawQuery = parts.count > 1 ? String(parts[1]) : nil
        let binding = Cookies.secret(site.formCookie, in: request.headers)
        var visit = Visit(
            site: site, request: request, path: path, rawQuery: rawQuery,
            query: Fields((rawQuery ?? "").utf8, most: site.configuration.limits.formFields) ?? Fields(), actor: actor, credential: credential,
            address: ReaderAddress.of(context.peer, request.headers, trusted: site.configuration.trustedProxies), now: now,
            isFromThisMachine: isFromThisMachine, formBinding: binding ?? Secret.session().text, formBindingIsNew: binding == nil)
        log.actor = actor
        do {
            if visit.isAPI, case .anonymous = actor { throw ServingError(.signInRequired, detail: "Send a token: Authorization: Bearer alm_…") }
            guard let (route, captures) = found else { throw ServingError.notFound }
            visit.captures = captures
            return try await route.answer(visit)
        } catch let error as HTTPParserError {
            throw error
        } catch {
            return Failures(site: site, log: log).answer(error, to: visit)
        }
    }
}
