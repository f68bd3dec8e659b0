// Puts the rooms together: what every verb that works in this process needs.
import Artifacts
import Credentials
import Defining
import Logging
import Operating
import Recording
import Rendering
import Running
import ServiceLifecycle
import Vocabulary

/// The engine of one data folder, wired but not started.
struct House {
    let folders: Folders
    let settings: Settings
    let logger: Logger
    let key: KeyFile
    let store: Store
    let artifacts: any ArtifactStore
    let renderer: Renderer
    let assets: Assets
    let zones = Zones()
    /// What the services write down and /metrics and /readyz read.
    let readings = EngineReadings()
    let editions: EditionMaker
    let registrar: Registrar
    let desk: ControlDesk
    let runner: RunningService
    let scheduler: SchedulingService
    let registration: RegistrationService
    let housekeeping: HousekeepingService
    let condition: ConditionService

    /// Opens the data folder, which the caller has locked; `quiet` = only errors are logged, for verbs that print for people.
    init(_ folders: Folders, settings: Settings, quiet: Bool) async throws {
        if let diagnostic = settings.diagnostics.first(where: { $0.severity == .error }) { throw Refusal(diagnostic.description) }
        self.folders = folders
        self.settings = settings
        var logger = JSONLogHandler.logger()
        logger.logLevel = quiet ? .error : Logger.Level(rawValue: settings.text("log.level")) ?? .info
        self.logger = logger
        // Only beside an empty record may there be a new key: beside existing data a missing key is a refusal.
        switch folders.record {
        case .dataFolder:
            key = try KeyFile.load(path: folders.keyFile, makeIfMissing: !exists(folders.data.record))
            store = try await Store.open(at: folders.record)
        case .postgreSQL:
            store = try await Store.open(at: folders.record)
            try await store.workAlone()
            key = try KeyFile.load(path: folders.keyFile, makeIfMissing: try await store.isUnused())
        }
        artifacts = try openArtifacts(folders)
        renderer = try Renderer(templates: folders.templates)
        assets = try Assets(folders: folders.assets)
        let clock = Clock.system
        let jobsChanged = Bell()
        let runsQueued = Bell()
        editions = EditionMaker(store: store, artifacts: artifacts, zones: zones, siteZone: settings.siteZone, clock: clock, logger: logger)
        let step = ScheduleStep(store: store, zones: zones, readings: readings, logger: logger)
        registrar = Registrar(
            reader: WorkspaceReader(workspace: folders.workspace), store: store, artifacts: artifacts, editions: editions, schedules: step,
            clock: clock, logger: logger)
        desk = ControlDesk(store: store, zones: zones, editions: editions, bells: [jobsChanged, runsQueued], logger: logger, clock: clock)
        let sandbox = Sandbox(tier: await .probe(), hidden: [folders.workspace, folders.data.path, folders.keyFolder])
        let tiers = LimitTiers.probe()
        logger.info(
            "what this machine does for jobs is known",
            metadata: ["isolation": "\(sandbox.tier.words)", "limits": "\(tiers.all.map { "\($0.limit): \($0.means)" }.joined(separator: ", "))"])
        let engine = RunEngine(
            store: store, inputs: InputReader(artifacts: artifacts, workspace: folders.workspace),
            workbench: Workbench(
                artifacts: artifacts, runs: folders.data.runs, environments: Environments(folder: folders.data.environments), sandbox: sandbox),
            launcher: LocalLauncher(runs: folders.data.runs, tiers: tiers), collector: Collector(artifacts: artifacts, runs: folders.data.runs), editions: editions,
            runsFolder: folders.data.runs, readings: readings, clock: clock, logger: logger)
        let teamConcurrency = settings.text("runner.team_concurrency").isEmpty ? nil : try settings.number("runner.team_concurrency", in: 1...256)
        runner = RunningService(
            engine: engine, concurrency: try settings.number("runner.concurrency", in: 1...256), teamConcurrency: teamConcurrency, bell: runsQueued,
            logger: logger)
        store.whenRunsChange { Task { await runsQueued.ring() } }
        condition = ConditionService(store: store, readings: readings, runs: runsQueued, logger: logger)
        scheduler = SchedulingService(
            step: step, bell: jobsChanged, runs: runsQueued, clock: clock,
            readings: readings, logger: logger)
        housekeeping = HousekeepingService(store: store, clock: clock, logger: logger)
        registration = RegistrationService(registrar: registrar, bell: jobsChanged, clock: clock, logger: logger)
    }
}

/// Opens the record for reading, beside a server or not; refuses with what to do when there is none yet.
func openRecord(_ folders: Folders) async throws -> Store {
    if let diagnostic = folders.settings.diagnostics.first(where: { $0.severity == .error }) { throw Refusal(diagnostic.description) }
    if case .dataFolder = folders.record, !exists(folders.data.record) {
        throw Refusal("nothing is recorded yet in \(folders.data.path); run a job with `almanac run JOB --wait`, or start `almanac serve`")
    }
    return try await Store.open(at: folders.record, mode: .readOnly)
}

/// Opens the artifacts of a data folder.
func openArtifacts(_ folders: Folders) throws -> any ArtifactStore { try LocalArtifactStore(folder: folders.data.artifacts) }

extension Folders {
    /// Templates, the workspace's own first.
    var templates: [String] { unique([workspace + "/Templates", share + "/Templates"]) }
    /// Assets, the workspace's own first.
    var assets: [String] { unique([workspace + "/Site/assets", share + "/Site/assets"]) }
    /// Pages in words, the workspace's own first.
    var content: [String] { unique([workspace + "/Site/content", share + "/Site/content"]) }

    private func unique(_ folders: [String]) -> [String] { folders[0] == folders[1] ? [folders[1]] : folders }
}
