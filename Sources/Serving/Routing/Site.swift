// What every handler may use: the record, the artifacts, the renderer and the rules of the site.
import Artifacts
import Credentials
import Logging
import Recording
import Rendering
import Vocabulary

/// One per server; a value that handlers share.
struct Site: Sendable {
    let configuration: SiteConfiguration
    let store: Store
    let artifacts: any ArtifactStore
    let renderer: Renderer
    let assets: Assets
    let logger: Logger
    let origin: OriginPolicy
    let throttle: SignInThrottle
    let requests = RequestFigures()
    /// When the server began, for metrics.
    let startedAt: Instant

    init(configuration: SiteConfiguration, store: Store, artifacts: any ArtifactStore, renderer: Renderer, assets: Assets, logger: Logger) {
        self.configuration = configuration
        self.store = store
        self.artifacts = artifacts
        self.renderer = renderer
        self.assets = assets
        self.logger = logger
        origin = OriginPolicy(baseURL: configuration.baseURL)
        throttle = SignInThrottle()
        startedAt = configuration.now()
    }

    /// The cookie that holds a session's secret; the `__Host-` form ties it to this host over TLS.
    var sessionCookie: String { origin.isSecure ? "__Host-almanac" : "almanac" }
    /// The short-lived cookie to which forms before sign-in are bound.
    var formCookie: String { origin.isSecure ? "__Host-almanac-form" : "almanac-form" }
}
