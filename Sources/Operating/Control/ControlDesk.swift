// Carries out what the command line asks, against the record, in the process that holds the data folder.
import FoundationEssentials
package import Logging
package import Recording
package import Rendering
import Vocabulary

/// Performs control commands; the same for the server's socket and for a command line that holds the lock itself.
package struct ControlDesk: Sendable {
    let store: Store
    let zones: Zones
    let editions: EditionMaker
    let bells: [Bell]
    let logger: Logger
    let clock: Clock
    /// Where readers find the site; nil when no server runs here.
    package var siteAddress: String?

    package init(store: Store, zones: Zones, editions: EditionMaker, bells: [Bell], logger: Logger, clock: Clock) {
        self.store = store
        self.zones = zones
        self.editions = editions
        self.bells = bells
        self.logger = logger
        self.clock = clock
    }

    /// Answers one request of the control socket: JSON in, JSON out, with an HTTP status.
    package func answer(_ body: [UInt8]) async -> (status: Int, body: [UInt8]) {
        guard let command = try? JSONDecoder().decode(ControlCommand.self, from: Data(body)) else {
            return (400, encoded(.refused("the command could not be read; the command line and the server may be of different versions")))
        }
        return (200, encoded(await perform(command)))
    }

    /// Carries out one command. Never throws: what went wrong is in the reply.
    package func perform(_ command: ControlCommand) async -> ControlReply {
        do {
            let reply = try await carryOut(command)
            for bell in bells { await bell.ring() }
            return reply
        } catch let error as RecordingError where error.code == .notFound || error.code == .conflict || error.code == .stale {
            return .refused(error.description)
        } catch {
            logger.error("a control command failed", metadata: ["error": "\(error)"])
            return ControlReply(exitStatus: 70, message: "\(error)")
        }
    }

    private func carryOut(_ command: ControlCommand) async throws -> ControlReply {
        switch command {
        case .run(let request): try await queueRun(request)
        case .cancel(let run): try await cancel(run)
        case .pause(let job): try await pause(job, true)
        case .resume(let job): try await pause(job, false)
        case .render(let jobs): try await render(jobs)
        case .publish(let run): try await publish(run)
        case .withhold(let job, let edition, let reason): try await withhold(job, edition, reason)
        case .makeCurrent(let job, let edition, let reason): try await makeCurrent(job, edition, reason)
        case .addUser, .disableUser, .setPassword, .addLink, .addGroup, .removeFromGroup, .grant, .removeGrant, .addToken, .revokeToken:
            try await people(command)
        }
    }

    private func encoded(_ reply: ControlReply) -> [UInt8] {
        // A reply is text and numbers: it always encodes.
        (try? JSONEncoder().encode(reply)).map(Array.init) ?? []
    }
}
