// The access log: one line per request, without queries and without anything that somebody typed.
import HTTPTypes
import Hummingbird
import Logging
import Synchronization
import Vocabulary

/// Collects what is known about one request and writes its line. A reference, because handlers add to it on the way.
final class AccessLog: Sendable {
    private struct Facts {
        var route: MountedRoute?
        var captures: [String: String] = [:]
        var actor = Actor.anonymous
        var errorID: String?
    }

    private let site: Site
    private let method: String
    private let facts = Mutex(Facts())

    init(site: Site, request: Request) {
        self.site = site
        method = [.get, .head, .post].contains(request.method) ? request.method.rawValue : "other"
    }

    var route: MountedRoute? {
        get { facts.withLock { $0.route } }
        set { facts.withLock { $0.route = newValue } }
    }
    var captures: [String: String] {
        get { facts.withLock { $0.captures } }
        set { facts.withLock { $0.captures = newValue } }
    }
    var actor: Actor {
        get { facts.withLock { $0.actor } }
        set { facts.withLock { $0.actor = newValue } }
    }
    var errorID: String? {
        get { facts.withLock { $0.errorID } }
        set { facts.withLock { $0.errorID = newValue } }
    }

    /// Writes the line. The address appears as its route's pattern: a link's secret or a mistyped address stays out.
    func write(_ response: Response, took time: Duration) {
        let facts = facts.withLock { $0 }
        let milliseconds = Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1000
        site.requests.add(status: response.status.code, took: milliseconds)
        var metadata: Logger.Metadata = [
            "http.method": "\(method)", "http.route": "\(facts.route?.path ?? "none")", "http.status": "\(response.status.code)",
            "http.milliseconds": "\((milliseconds * 10).rounded() / 10)",
        ]
        if let length = response.headers[.contentLength] { metadata["http.bytes"] = "\(length)" }
        if let job = facts.captures["job"], Names.isJob(job) { metadata["job.name"] = "\(job)" }
        if let run = facts.captures["run"].flatMap({ RunID($0) }) { metadata["run.id"] = "\(run)" }
        if case .user(let user) = facts.actor { metadata["user.name"] = "\(user.name)" }
        if let errorID = facts.errorID { metadata["error.id"] = "\(errorID)" }
        site.logger.info("request", metadata: metadata)
    }
}
