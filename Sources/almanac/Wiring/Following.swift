// Follows a run to its end from outside the process that conducts it, and notices when that process is gone.
import Artifacts
import Operating
import Recording
import Serving
import Vocabulary

/// Follows a run's log until the run has ended.
struct Following {
    let store: Store
    let artifacts: any ArtifactStore
    let prints: Bool

    /// How following came to its end.
    enum Outcome {
        case ended(RunRecord)
        /// No server holds the data any more, and this process does; the log was printed so far.
        case leftAlone(DataFolderLock, offset: Int64)
    }

    /// Prints the log as it grows and returns the run when it is terminal.
    func follow(_ id: RunID, from start: Int64 = 0) async throws -> RunRecord {
        while true { if case .ended(let run) = try await follow(id, from: start, besides: nil) { return run } }
    }

    /// Prints the log as it grows, until the run is terminal or its server is gone.
    func follow(_ id: RunID, from start: Int64 = 0, besides watch: ServerWatch?) async throws -> Outcome {
        var offset = start
        var watch = watch
        while true {
            guard let run = try await store.run(id) else { throw Refusal("there is no run \(id)") }
            if run.status.isTerminal {
                if prints { try await printRest(of: id, from: offset) }
                return .ended(run)
            }
            if let lock = try watch?.look() { return .leftAlone(lock, offset: offset) }
            let chunk = try await store.liveLog(run: id, from: offset, limit: 1 << 20)
            if prints, !chunk.bytes.isEmpty { printBytes(chunk.bytes) }
            // It falls back to the beginning when a retry writes a log of its own.
            offset = chunk.next
            try await Task.sleep(for: .milliseconds(chunk.bytes.isEmpty ? 30 : 1))
        }
    }

    /// Prints the recorded log of a run's last attempt from an offset.
    func printRest(of id: RunID, from offset: Int64) async throws {
        guard let attempt = try await store.runDetail(id)?.attempts.last, let digest = attempt.logDigest else { return }
        let size = try await artifacts.size(digest)
        guard offset < size else { return }
        let source = try await artifacts.open(digest, range: offset == 0 ? nil : offset..<size)
        while let chunk = try await source.next() { printBytes(chunk) }
    }
}

/// Looks, while a run is followed, whether somebody is there who will conduct it.
struct ServerWatch {
    let folders: Folders
    let run: RunID
    private var lastLook = ContinuousClock.now
    private var lastSeen = ContinuousClock.now
    /// A server that is restarted or upgraded is back by then.
    private static let patience = Duration.seconds(10)

    init(folders: Folders, run: RunID) {
        self.folders = folders
        self.run = run
    }

    /// Takes the data folder when no server came back to it; nil while there is one, or one may yet come. Refuses when something else holds the folder.
    mutating func look() throws -> DataFolderLock? {
        let now = ContinuousClock.now
        guard now - lastLook > .seconds(1) else { return nil }
        lastLook = now
        if ControlClient.isListening(socket: folders.data.controlSocket) {
            lastSeen = now
            return nil
        }
        guard now - lastSeen > ServerWatch.patience else { return nil }
        if let lock = try folders.data.lock() { return lock }
        throw Refusal(
            """
            the server that had run \(run) is gone, and another process holds \(folders.data.path); the run stays in the record and goes on with the next server
            """, status: 70)
    }
}
