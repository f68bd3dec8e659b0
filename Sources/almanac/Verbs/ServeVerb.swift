// serve: scheduler, runner, renderer and web server in one process.
import ArgumentParser
import Credentials
import Logging
import Operating
import Recording
import Rendering
import Serving
import ServiceLifecycle
import UnixSignals
import Vocabulary

struct ServeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the schedules, the jobs and the web server in one process.", discussion: "Example: almanac serve --port 8080")
    @OptionGroup var options: GlobalOptions
    @Option(help: "The port; 0 takes a free one.") var port: Int?
    @Option(help: "The address to listen on.") var host: String?

    func run() async throws {
        try await verb {
            let folders = try Folders(options)
            var overrides: [String: String] = [:]
            if let port { overrides["server.port"] = String(port) }
            if let host { overrides["server.host"] = host }
            let settings = Settings(workspace: folders.workspace, overrides: overrides)
            try folders.data.make()
            // A verb that is under way is waited for, so that a restart does not fail by chance.
            guard let lock = try await folders.data.lock(within: .seconds(5)) else {
                throw Refusal("another process holds \(folders.data.path); is a server running? (--data names another data folder)")
            }
            defer { lock.release() }
            let house = try await House(folders, settings: settings, quiet: false)
            for diagnostic in house.renderer.diagnostics { house.logger.warning("a template is not used", metadata: ["diagnostic": "\(diagnostic)"]) }
            try await serve(house)
        }
    }

    private func serve(_ house: House) async throws {
        let settings = house.settings
        let host = settings.text("server.host")
        guard ["127.0.0.1", "::1", "localhost"].contains(host) || settings.text("site.base_url").hasPrefix("https://") else {
            throw Refusal("server.host \(host) is not this machine alone, and Almanac does not speak TLS yet: put a proxy with TLS before it and set site.base_url to its https:// address")
        }
        let base = settings.text("site.base_url")
        // Ready means both doors: the site's and the command line's.
        let (controlBound, controlIsBound) = AsyncStream<Void>.makeStream()
        let address = Address()
        let site = SiteService(
            configuration: SiteConfiguration(
                title: settings.text("site.title"), host: host, port: try settings.number("server.port", in: 0...65_535), baseURL: base.isEmpty ? nil : base,
                timeZone: settings.siteZone, zones: house.zones, contentFolders: house.folders.content, formKey: house.key.derive("forms"), now: { Clock.system() },
                readiness: { await ServeVerb.problems(house) },
                publish: { run, user in try await house.editions.publish(run, by: user) },
                onBound: { port in
                    for await _ in controlBound { break }
                    await address.set("http://\(host):\(port)")
                    print("Almanac is ready at http://\(host):\(port)/")
                    flush()
                }),
            store: house.store, artifacts: house.artifacts, renderer: house.renderer, assets: house.assets, logger: house.logger)
        let control = ControlService(path: house.folders.data.controlSocket, logger: house.logger, onBound: { controlIsBound.yield() }) {
            var desk = house.desk
            desk.siteAddress = await address.value
            return await desk.answer($0)
        }
        let services: [any Service] = [house.condition, house.registration, house.scheduler, house.runner, house.housekeeping, control, site]
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: house.logger))
        do {
            try await group.run()
        } catch let error as OperatingError where error.code == .broken {
            // Its line is in the log; closing would only ask the same database again.
            throw ExitCode(70)
        }
        try house.store.close()
    }

    /// What stands in the way of readiness.
    private static func problems(_ house: House) async -> [String] {
        do {
            switch house.store.condition {
            case .well: break
            case .full: return ["the disk is full: no run is claimed until there is room"]
            case .broken: return ["the database is broken, and this server ends"]
            }
            _ = try await house.store.queueDepth()
            return []
        } catch {
            return ["the database does not answer"]
        }
    }
}

/// The address that the site was bound to, once it is.
private actor Address {
    private(set) var value: String?

    func set(_ address: String) { value = address }
}
