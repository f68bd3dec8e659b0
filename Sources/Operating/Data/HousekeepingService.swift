// Clears away what is over: sessions and links that nobody can use any more.
package import Logging
package import Recording
import ServiceLifecycle

/// Tidies the record once an hour.
package struct HousekeepingService: Service {
    let store: Store
    let clock: Clock
    let logger: Logger

    package init(store: Store, clock: Clock, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// Tidies until graceful shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await store.removeExpired(at: clock())
                } catch {
                    logger.warning("expired sessions could not be removed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }
}
