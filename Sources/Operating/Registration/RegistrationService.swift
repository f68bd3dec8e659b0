// Watches Jobs/: takes a folder once it has been quiet for a second.
import Defining
package import Logging
import ServiceLifecycle
package import Vocabulary

/// Looks at the workspace every two seconds for as long as the server runs.
package struct RegistrationService: Service {
    let registrar: Registrar
    let bell: Bell
    let clock: Clock
    let logger: Logger

    /// `bell` is rung when a job changed.
    package init(registrar: Registrar, bell: Bell, clock: Clock, logger: Logger) {
        self.registrar = registrar
        self.bell = bell
        self.clock = clock
        self.logger = logger
    }

    /// Looks until graceful shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var watch = FolderWatch()
            var broken = BrokenFolders()
            while !Task.isCancelled {
                let start = ContinuousClock.now
                do {
                    if try await look(&watch, &broken) { await bell.ring() }
                } catch {
                    logger.error("the workspace could not be read", metadata: ["error": "\(error)"])
                }
                let pause = watch.isWaiting ? .seconds(1) : RegistrationService.pause(afterLookOf: ContinuousClock.now - start)
                try? await Task.sleep(for: pause)
            }
        }
    }

    /// How long the folders are left alone after a look that took this long: two seconds, and in a workspace of many thousands so long that looking costs less
    /// than a hundredth of a processor, at most a minute.
    static func pause(afterLookOf duration: Duration) -> Duration { max(.seconds(2), min(duration * 200, .seconds(60))) }

    private func look(_ watch: inout FolderWatch, _ broken: inout BrokenFolders) async throws -> Bool {
        let names = try registrar.reader.jobNames()
        var signatures: [String: UInt64] = [:]
        for name in names { signatures[name] = registrar.reader.signature(job: name) }
        let ready = watch.observe(signatures, at: clock())
        for (name, outcome) in await registrar.register(ready + broken.due(besides: ready), at: clock()) {
            if case .registered = outcome { broken.names.remove(name) } else { broken.names.insert(name) }
        }
        broken.names.formIntersection(names)
        let gone = watch.gone(present: Set(names))
        if gone { try await registrar.markRemoved(except: Set(names), at: clock()) }
        return !ready.isEmpty || gone
    }
}

/// Folders that are not registered: what is wrong may lie outside them (a missing file of the workspace, a full disk), so they are read again from time to time.
private struct BrokenFolders {
    var names: Set<String> = []
    private var looks = 0

    /// Those that are to be read again in this look: all of them in every fifteenth.
    mutating func due(besides ready: [String]) -> [String] {
        looks += 1
        return looks % 15 == 0 ? names.subtracting(ready).sorted() : []
    }
}

/// Which folders have changed and have been quiet long enough. A value: what it knows comes in with each look.
package struct FolderWatch: Sendable {
    private struct Seen {
        var signature: UInt64
        var since: Instant
        var isTaken: Bool
    }

    private static let quiet: Int64 = 1000
    private var seen: [String: Seen] = [:]
    private var present: Set<String>?
    private var hasObserved = false

    package init() {}

    /// Whether a changed folder is still being written to.
    package var isWaiting: Bool { seen.values.contains { !$0.isTaken } }

    /// Takes the folders' signatures of one look; returns those that are to be registered now. The first look takes all at once.
    package mutating func observe(_ signatures: [String: UInt64], at now: Instant) -> [String] {
        let isFirst = !hasObserved
        hasObserved = true
        var ready: [String] = []
        for (name, signature) in signatures {
            if let known = seen[name], known.signature == signature {
                if !known.isTaken, now - known.since >= FolderWatch.quiet {
                    seen[name]?.isTaken = true
                    ready.append(name)
                }
            } else {
                seen[name] = Seen(signature: signature, since: now, isTaken: isFirst)
                if isFirst { ready.append(name) }
            }
        }
        return ready.sorted()
    }

    /// Whether folders have disappeared since the last look, or this is the first.
    package mutating func gone(present names: Set<String>) -> Bool {
        defer { present = names }
        seen = seen.filter { names.contains($0.key) }
        guard let present else { return true }
        return !present.isSubset(of: names)
    }
}
