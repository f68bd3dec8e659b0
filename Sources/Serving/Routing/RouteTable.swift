// The routes of the site. A route comes in only through a mount function that takes its action, so none can stand without.
import Access
import HTTPTypes
import Hummingbird
import Recording
import Vocabulary

/// A handler with the method, address and action it was mounted with. Only `RouteTable` makes one.
struct MountedRoute: Sendable, CustomStringConvertible {
    let method: HTTPRequest.Method
    /// `/reports/{job}/editions/{number}`.
    let path: String
    let action: RouteAction
    fileprivate let segments: [Segment]
    /// Decides, then answers.
    fileprivate let respond: @Sendable (Visit) async throws -> Response

    fileprivate enum Segment: Sendable, Equatable {
        case literal(String)
        case capture(String)
    }

    var description: String { "\(method.rawValue) \(path) \(action)" }

    func answer(_ visit: Visit) async throws -> Response { try await respond(visit) }
}

/// Mounts routes and finds the one for an address.
struct RouteTable: Sendable {
    private(set) var routes: [MountedRoute] = []

    /// Mounts a route that answers everybody.
    mutating func mountPublic(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping @Sendable (Visit) async throws -> Response) {
        add(method, path, .public) { try await handler($0.verified()) }
    }

    /// Mounts a route that answers whoever is signed in.
    mutating func mountSignedIn(
        _ method: HTTPRequest.Method, _ path: String, _ handler: @escaping @Sendable (Visit, Actor.SignedIn) async throws -> Response
    ) {
        add(method, path, .signedIn) { visit in
            guard case .user(let user) = visit.actor else { throw ServingError(.signInRequired) }
            return try await handler(visit.verified(), user)
        }
    }

    /// Mounts a route about the job at `{job}` that answers who may do `action` to it.
    mutating func mountJob(
        _ action: Action, _ method: HTTPRequest.Method, _ path: String, _ handler: @escaping @Sendable (JobVisit) async throws -> Response
    ) {
        precondition(path.contains("{job}"), "a job's route has {job} in its address")
        add(method, path, .job(action)) { visit in
            switch try await JobVisit.decide(visit, action) {
            case .allowed(let job): return try await handler(job.verified())
            case .moved(let address): return Answers.redirect(address, status: .permanentRedirect)
            }
        }
    }

    /// Mounts a route about the run at `{run}` that answers who may see its page.
    mutating func mountRunPage(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping @Sendable (RunVisit) async throws -> Response) {
        precondition(path.contains("{run}"), "a run's route has {run} in its address")
        add(method, path, .runPage) { try await handler(RunVisit.decide($0).verified()) }
    }

    /// Mounts a route that answers administrators.
    mutating func mountAdministrator(
        _ method: HTTPRequest.Method, _ path: String, _ handler: @escaping @Sendable (Visit, Actor.SignedIn) async throws -> Response
    ) {
        add(method, path, .administrator) { visit in
            guard case .user(let user) = visit.actor else { throw ServingError(.signInRequired) }
            guard user.administrator, user.scope == nil || user.scope == .all else { throw ServingError.notFound }
            return try await handler(visit.verified(), user)
        }
    }

    /// Mounts a route that answers programs on this machine without more, and elsewhere auditors and administrators; a token of any scope will do, because
    /// reading is all there is.
    mutating func mountMetrics(_ path: String, _ handler: @escaping @Sendable (Visit) async throws -> Response) {
        add(.get, path, .metrics) { visit in
            if visit.isFromThisMachine { return try await handler(visit) }
            guard case .user(let user) = visit.actor else { throw ServingError(.signInRequired) }
            guard user.administrator || user.auditor else { throw ServingError.notFound }
            return try await handler(visit)
        }
    }

    private mutating func add(
        _ method: HTTPRequest.Method, _ path: String, _ action: RouteAction, _ respond: @escaping @Sendable (Visit) async throws -> Response
    ) {
        let segments = path.split(separator: "/").map { segment -> MountedRoute.Segment in
            segment.hasPrefix("{") ? .capture(String(segment.dropFirst().dropLast())) : .literal(String(segment))
        }
        precondition(!routes.contains { $0.method == method && $0.path == path }, "two routes at one address")
        routes.append(MountedRoute(method: method, path: path, action: action, segments: segments, respond: respond))
    }

    /// The route for a method and the segments of a path as they came, with what its captures caught, decoded. HEAD finds the route of GET.
    func route(_ method: HTTPRequest.Method, _ segments: [Substring]) -> (MountedRoute, [String: String])? {
        let method = method == .head ? .get : method
        for route in routes where route.method == method && route.segments.count == segments.count {
            if let captures = RouteTable.captures(route.segments, segments) { return (route, captures) }
        }
        return nil
    }

    private static func captures(_ pattern: [MountedRoute.Segment], _ segments: [Substring]) -> [String: String]? {
        var captures: [String: String] = [:]
        for (expected, segment) in zip(pattern, segments) {
            switch expected {
            case .literal(let text): if text != segment { return nil }
            case .capture(let name):
                guard let value = PercentCoding.decode(segment.utf8, plusIsSpace: false), !value.isEmpty,
                    value.utf8.allSatisfy({ $0 >= 32 && $0 != 127 })
                else { return nil }
                captures[name] = value
            }
        }
        return captures
    }
}
