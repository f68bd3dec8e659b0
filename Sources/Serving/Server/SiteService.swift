// The web server as a service: binds, answers, and lets requests in flight finish at shutdown.
package import Artifacts
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import Recording
package import Rendering
import ServiceLifecycle
import Vocabulary

/// Serves the site until graceful shutdown; then requests in flight get `limits.shutdownTime`.
package struct SiteService: Service {
    private let site: Site

    /// A server over an open record, an artifact store and what Rendering compiled; nothing is bound before `run`.
    package init(
        configuration: SiteConfiguration, store: Store, artifacts: any ArtifactStore, renderer: Renderer, assets: Assets, logger: Logger
    ) {
        site = Site(configuration: configuration, store: store, artifacts: artifacts, renderer: renderer, assets: assets, logger: logger)
    }

    init(site: Site) { self.site = site }

    /// Every route as `GET /reports/{job} job(view)`, in the order in which they are tried: for the test and the documentation.
    package static var routeList: [String] { SiteRoutes.table.routes.map(\.description) }

    /// Binds, answers until graceful shutdown, and returns when requests in flight are done. Throws when the address cannot be bound.
    package func run() async throws {
        DescriptorLimit.raise()
        let limits = site.configuration.limits
        let configuration = site.configuration
        let counts = ConnectionCounts(most: limits.connectionsPerAddress, countsLoopback: limits.countsLoopback)
        // Hummingbird tells of each start and stop at `info`; the caller says it in our own words.
        var quiet = site.logger
        quiet.logLevel = max(quiet.logLevel, .error)
        let application = Application(
            responder: SiteResponder(site: site, table: SiteRoutes.table),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ConnectionDeadlines(limits: limits, counts: counts)],
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes, maxHeaderFieldCount: limits.headerCount))),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: quiet)),
            onServerRunning: { channel in await configuration.onBound(channel.localAddress?.port ?? configuration.port) },
            logger: quiet)
        try await finishing(within: limits.shutdownTime) { try await application.run() }
    }
}

/// Runs a server and cancels it when it has not ended some time after graceful shutdown began.
func finishing(within time: Span, _ work: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
            try await work()
            return true
        }
        group.addTask {
            do {
                try await gracefulShutdown()
                try await Task.sleep(for: .milliseconds(time.milliseconds))
            } catch is CancellationError {}
            return false
        }
        _ = try await group.next()
        group.cancelAll()
        // What is still in flight is cut off now; that is no error of the service.
        while let _ = try? await group.next() {}
    }
}
