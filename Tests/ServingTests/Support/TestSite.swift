// A site on a real record in a temporary folder: one job with an edition, people of every kind, a clock that stands still.
import Artifacts
import Credentials
import FoundationEssentials
import Logging
import Recording
import Rendering
import Synchronization
import Vocabulary

@testable import Serving

/// A clock that moves when a test says so.
final class ManualClock: Sendable {
    private let moment = Mutex(Instant(seconds: 1_790_000_000))
    var now: Instant { moment.withLock { $0 } }
    func advance(seconds: Int64) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A folder for one test, removed afterwards.
func withTemporaryFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.path() + "/almanac-serving-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

struct TestSite: Sendable {
    let site: Site
    let store: Store
    let artifacts: LocalArtifactStore
    let clock: ManualClock
    let folder: String
    /// The run behind edition 1 of `forecast`.
    let run: RunID
    let csv: [UInt8]

    static let password = "seven tall herons"
    /// Hashed once: the gate is one for the whole process, and its queue is short.
    private static let passwordHash = Task { try await Passwords.hash(password) }
    private static let repository = #filePath.split(separator: "/Tests/ServingTests/")[0]

    /// Compiled once for all tests.
    private static let look = Result {
        (renderer: try Renderer(templates: ["\(repository)/Templates"]), assets: try Assets(folders: ["\(repository)/Site/assets"]))
    }

    /// The people of the access table: name, groups, administrator.
    static let people: [(name: String, groups: [String], administrator: Bool)] = [
        ("stranger", [], false), ("viewer", ["viewers"], false), ("analyst", ["analysts"], false), ("owner", ["owners"], false), ("root", [], true),
    ]

    /// Makes the site and hands it to a test; everything is gone afterwards.
    static func with<Value>(
        baseURL: String? = nil, limits: ServerLimits = ServerLimits(), trustedProxies: [String] = [],
        _ body: (TestSite) async throws -> Value
    ) async throws -> Value {
        try await withTemporaryFolder { folder in
            let store = try await Store.open(at: .dataFolder(folder), mode: .unsynced)
            let artifacts = try LocalArtifactStore(folder: folder + "/artifacts")
            let clock = ManualClock()
            try FileManager.default.createDirectory(atPath: folder + "/content", withIntermediateDirectories: true)
            for name in ["about", "help", "glossary"] {
                _ = FileManager.default.createFile(atPath: "\(folder)/content/\(name).md", contents: Data("# The \(name) page\n".utf8))
            }
            let (run, csv) = try await fill(store, artifacts, clock.now)
            let configuration = SiteConfiguration(
                title: "Test", port: 0, baseURL: baseURL, contentFolders: [folder + "/content"], trustedProxies: trustedProxies,
                formKey: [UInt8](repeating: 9, count: 32), limits: limits, now: { clock.now })
            let site = Site(
                configuration: configuration, store: store, artifacts: artifacts, renderer: try look.get().renderer,
                assets: try look.get().assets, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let value = try await body(
                TestSite(site: site, store: store, artifacts: artifacts, clock: clock, folder: folder, run: run, csv: csv))
            try store.close()
            return value
        }
    }

    private static func fill(_ store: Store, _ artifacts: LocalArtifactStore, _ now: Instant) async throws -> (RunID, [UInt8]) {
        for person in people {
            _ = try await store.addUser(
                name: person.name, email: nil, passwordHash: nil, administrator: person.administrator, groups: person.groups, at: now)
        }
        let outputs = [
            OutputDefinition(name: "forecast", path: "forecast.csv"), OutputDefinition(name: "plot", path: "plot.svg"),
            OutputDefinition(name: "page", path: "page.html"),
        ]
        let access = AccessKeys(view: ["viewers"], run: ["analysts"], own: ["owners"])
        try await register(store, "forecast", access: access, former: ["old-forecast"], outputs: outputs, at: now)
        try await register(store, "secret", access: AccessKeys(own: ["owners"]), at: now)
        let csv = Array("month,expected\n".utf8) + (0..<2000).flatMap { Array("2026-\($0),\($0 * 7)\n".utf8) }
        let contents: [(String, String, [UInt8])] = [
            ("forecast", "forecast.csv", csv), ("plot", "plot.svg", Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8)),
            ("page", "page.html", Array("<script>1</script>".utf8)),
        ]
        let stored = try await artifacts.put(contents.map { ByteSource($0.2) })
        let files = zip(contents, stored).map { content, artifact in
            Output(name: content.0, path: content.1, declared: true, sha256: artifact.sha256, bytes: artifact.bytes)
        }
        return (try await publish(store, artifacts, "forecast", outputs: files, at: now), csv)
    }

    static func register(
        _ store: Store, _ name: String, access: AccessKeys, former: [String] = [], outputs: [OutputDefinition] = [], at now: Instant
    ) async throws {
        let definition = JobDefinition(
            title: "The \(name)", access: access, formerNames: former, tasks: [TaskDefinition(name: "score", file: "run.sh", language: .command)],
            outputs: outputs)
        let manifest = Manifest(files: [])
        _ = try await store.register(job: name, definition: definition, manifest: manifest, manifestDigest: Secret.digest(of: name), at: now)
    }

    /// Takes a run of a job through all its states and publishes it.
    @discardableResult
    static func publish(
        _ store: Store, _ artifacts: LocalArtifactStore, _ job: String, outputs: [Output] = [], state: EditionState = .published,
        log: String = "first line\nsecond line\n", at now: Instant
    ) async throws -> RunID {
        let (run, attempt) = try await start(store, job, at: now)
        let made = try await artifacts.put([ByteSource(Array("<p>All is well.</p>".utf8)), ByteSource(Array(log.utf8))])
        let edition = NewEdition(
            state: state, heldBecause: state == .held ? "too high" : nil, reportDigest: made[0].sha256, headline: "3.1 %", createdAt: now)
        _ = try await store.finish(
            attempt: attempt,
            end: AttemptEnd(
                status: .succeeded, exitStatus: 0, endedAt: now, logDigest: made[1].sha256, logBytes: made[1].bytes, outputs: outputs,
                edition: edition), at: now)
        return run
    }

    /// A run that runs.
    static func start(_ store: Store, _ job: String, requestedBy: UserID? = nil, at now: Instant) async throws -> (RunID, AttemptID) {
        guard let record = try await store.job(named: job) else { throw ServingError.notFound }
        let run = try await store.queue(
            NewRun(jobID: record.id, task: "score", trigger: .manual, scheduledFor: now, parameters: [:], requestedBy: requestedBy), at: now)
        let claimed = try await store.claimRuns(limit: 100, at: now)
        guard let mine = claimed.first(where: { $0.run.id == run }) else { throw ServingError.notFound }
        try await store.recordLaunch(
            attempt: mine.attemptID, receipt: Receipt(launcher: "local", text: "receipt"), snapshots: [], environment: [:], at: now)
        return (run, mine.attemptID)
    }

    func userID(_ name: String) async throws -> UserID {
        guard let user = try await store.user(named: name) else { throw ServingError.notFound }
        return user.id
    }

    /// Gives somebody the password of these tests.
    func setPassword(of name: String) async throws {
        try await store.setPassword(hash: try await Self.passwordHash.value, user: try await userID(name), keepingSession: nil, at: clock.now)
    }

    /// A browser that is signed in as somebody.
    func browser(as name: String) async throws -> Browser {
        let secret = Secret.session()
        try await store.startSession(
            digest: secret.digest, user: try await userID(name), idleUntil: clock.now.adding(seconds: 3600), endsAt: clock.now.adding(seconds: 7200),
            at: clock.now)
        var browser = Browser(site: site)
        browser.cookies[site.sessionCookie] = secret.text
        return browser
    }

    /// An API token of somebody.
    func token(of name: String, _ scope: TokenScope) async throws -> String {
        let token = Secret.token()
        _ = try await store.addToken(
            digest: token.digest, prefix: token.prefix, user: try await userID(name), name: "test", scope: scope,
            expiresAt: clock.now.adding(seconds: 86_400), at: clock.now)
        return token.text
    }
}
