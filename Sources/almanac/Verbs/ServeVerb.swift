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
            let settings = folders.settings(overriding: overrides)
            try folders.data.make()
            // A verb that is under way is waited for, so that a restart does not fail by chance.
            guard let lock = try await folders.data.lock(within: .seconds(5)) else {
                throw Refusal("another process holds \(folders.data.path); is a server running? (--data names another data folder)")
            }
            defer { lock.release() }
            let house = try await House(folders, settings: settings, quiet: false)
            for diagnostic in house.renderer.diagnostics { house.logger.warning("a template is not used", metadata: ["diagnostic": "\(diagnostic)"]) }
            do {
                try await serve(house)
                house.logger.notice("the server has stopped", metadata: ["almanac.version": "\(Almanac.number)"])
            } catch let refusal as Refusal {
                throw refusal
            } catch let exit as ExitCode {
                throw exit
            } catch {
                house.logger.critical("the server ends with an error", metadata: ["error": "\(error)"])
                throw ExitCode(70)
            }
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
        let startedAt = Clock.system()
        let places = try settings.number("runner.concurrency", in: 1...256)
        let site = SiteService(
            configuration: SiteConfiguration(
                title: settings.text("site.title"), host: host, port: try settings.number("server.port", in: 0...65_535), baseURL: base.isEmpty ? nil : base,
                timeZone: settings.siteZone, zones: house.zones, contentFolders: house.folders.content, formKey: house.key.derive("forms"), now: { Clock.system() },
                readiness: { await ServeVerb.problems(house, startedAt) },
                figures: { [.words("almanac_info", "What runs here.", [("version", Almanac.number), ("database", house.folders.databaseKind)])] + house.readings.values.figures },
                engine: {
                    let values = house.readings.values
                    return EngineSigns(places: places, runnerProblem: values.runnerProblem, schedulerProblem: values.schedulerProblem)
                },
                publish: { run, user in try await house.editions.publish(run, by: user) },
                onBound: { port in
                    for await _ in controlBound { break }
                    await address.set("http://\(host):\(port)")
                    house.logger.notice(
                        "the server is ready",
                        metadata: [
                            "almanac.version": "\(Almanac.number)", "database": "\(house.folders.databaseKind)", "server.host": "\(host)", "server.port": "\(port)",
                            "runner.concurrency": "\(places)",
                        ])
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

    /// What stands in the way of readiness: decided in Operating, asked of the record here.
    private static func problems(_ house: House, _ startedAt: Instant) async -> [String] {
        let answers = await (try? house.store.queueDepth()) != nil
        return Readiness(house.readings.values, databaseAnswers: answers, startedAt: startedAt).problems(at: Clock.system())
    }
}

/// The address that the site was bound to, once it is.
private actor Address {
    private(set) var value: String?

    func set(_ address: String) { value = address }
}
