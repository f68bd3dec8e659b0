// What the caller hands down to the web server: plain values and closures, read once.
package import Rendering
package import Vocabulary

/// Everything that the site needs to know of the outside.
package struct SiteConfiguration: Sendable {
    package var title: String
    /// The address to bind; port 0 takes a free one.
    package var host: String
    package var port: Int
    /// `https://reports.example.com`; nil = whatever loopback address the browser used. Decides the cookies' form and which `Host` is ours.
    package var baseURL: String?
    /// IANA name of the zone in which pages tell times; nil = each job's own.
    package var timeZone: String?
    package var zones: Zones
    /// Folders with about.md, help.md and glossary.md; the first that has one wins.
    package var contentFolders: [String]
    /// Addresses whose `X-Forwarded-For` is believed.
    package var trustedProxies: [String]
    /// 32 bytes, from `KeyFile.derive("forms")`.
    package var formKey: [UInt8]
    package var limits: ServerLimits
    package var sessions: SessionLimits
    package var now: @Sendable () -> Instant
    /// What stands in the way of readiness, as sentences; empty when ready.
    package var readiness: @Sendable () async -> [String]
    /// What the engine did, for /metrics.
    package var figures: @Sendable () -> [FigureFamily]
    /// What the engine says of itself on the pages of runs that wait.
    package var engine: @Sendable () -> EngineSigns
    /// Publishes a private run's result for a person; returns the edition's number.
    package var publish: @Sendable (RunID, UserID?) async throws -> Int
    /// Called once with the port that was bound.
    package var onBound: @Sendable (Int) async -> Void

    /// A configuration; only the title, the form key and the clock have no default.
    package init(
        title: String, host: String = "127.0.0.1", port: Int = 8080, baseURL: String? = nil, timeZone: String? = nil,
        zones: Zones = Zones(), contentFolders: [String] = [], trustedProxies: [String] = [], formKey: [UInt8],
        limits: ServerLimits = ServerLimits(), sessions: SessionLimits = SessionLimits(),
        now: @escaping @Sendable () -> Instant, readiness: @escaping @Sendable () async -> [String] = { [] },
        figures: @escaping @Sendable () -> [FigureFamily] = { [] }, engine: @escaping @Sendable () -> EngineSigns = { EngineSigns() },
        publish: @escaping @Sendable (RunID, UserID?) async throws -> Int = { _, _ in
            throw ServingError(.unavailable, subject: "publish", detail: "Nothing here publishes.")
        },
        onBound: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.title = title
        self.host = host
        self.port = port
        self.baseURL = baseURL
        self.timeZone = timeZone
        self.zones = zones
        self.contentFolders = contentFolders
        self.trustedProxies = trustedProxies
        self.formKey = formKey
        self.limits = limits
        self.sessions = sessions
        self.now = now
        self.readiness = readiness
        self.figures = figures
        self.engine = engine
        self.publish = publish
        self.onBound = onBound
    }
}

/// How long a session lives.
package struct SessionLimits: Sendable {
    package var idle: Span
    package var absolute: Span

    /// Limits; 12 hours without use and 7 days in all unless said otherwise.
    package init(idle: Span = Span(seconds: 12 * 3600), absolute: Span = Span(seconds: 7 * 86_400)) {
        self.idle = idle
        self.absolute = absolute
    }
}

/// What one connection, request or address may cost at most.
package struct ServerLimits: Sendable {
    /// Bytes of all header fields of a request together, and their number.
    package var headerBytes: Int
    package var headerCount: Int
    /// Bytes of a path with its query.
    package var addressBytes: Int
    /// Bytes of a form.
    package var formBytes: Int
    /// Fields of a form or query.
    package var formFields: Int
    /// From the connection to the end of the first header.
    package var headerTime: Span
    /// From the end of the header to the end of the body.
    package var bodyTime: Span
    /// How long the reader may take no byte that stands ready.
    package var stallTime: Span
    /// Between two requests on one connection.
    package var idleTime: Span
    package var connections: Int
    package var connectionsPerAddress: Int
    /// A proxy on this machine brings everybody's connections.
    package var countsLoopback: Bool
    /// What requests in flight get at shutdown.
    package var shutdownTime: Span

    /// Limits; the defaults are those of the contract.
    package init(
        headerBytes: Int = 32 * 1024, headerCount: Int = 100, addressBytes: Int = 8 * 1024, formBytes: Int = 64 * 1024, formFields: Int = 200,
        headerTime: Span = Span(seconds: 10), bodyTime: Span = Span(seconds: 30), stallTime: Span = Span(seconds: 60),
        idleTime: Span = Span(seconds: 60), connections: Int = 800, connectionsPerAddress: Int = 128, countsLoopback: Bool = false,
        shutdownTime: Span = Span(seconds: 10)
    ) {
        self.headerBytes = headerBytes
        self.headerCount = headerCount
        self.addressBytes = addressBytes
        self.formBytes = formBytes
        self.formFields = formFields
        self.headerTime = headerTime
        self.bodyTime = bodyTime
        self.stallTime = stallTime
        self.idleTime = idleTime
        self.connections = connections
        self.connectionsPerAddress = connectionsPerAddress
        self.countsLoopback = countsLoopback
        self.shutdownTime = shutdownTime
    }
}
