// Launches on this machine, through the supervisor.
import Glibc
package import Vocabulary

/// Starts one `almanac-supervisor` per attempt and knows how it stands from the files that it keeps.
package struct LocalLauncher: Launcher {
    static let name = "local"
    /// The folder of the attempts' folders, absolute.
    let runs: String
    /// The supervisor's program, absolute.
    let supervisor: String
    /// How limits are held on this machine.
    package let tiers: LimitTiers

    /// Without a path the supervisor is the program `almanac-supervisor` beside the running one; without tiers the machine is looked at.
    package init(runs: String, supervisor: String? = nil, tiers: LimitTiers? = nil) {
        self.runs = runs
        self.supervisor = supervisor ?? LocalLauncher.besideThisProgram
        self.tiers = tiers ?? LimitTiers.probe()
    }

    private static var besideThisProgram: String {
        guard let path = realpath("/proc/self/exe", nil) else { return "/usr/bin/almanac-supervisor" }
        defer { free(path) }
        let program = String(cString: path)
        return program.prefix(through: program.lastIndex(of: "/") ?? program.startIndex) + "almanac-supervisor"
    }

    package func launch(_ order: LaunchOrder) async throws -> Receipt {
        let bytes = try orderText(order, tiers: tiers)
        try Descriptor(order.folder.order, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW).write(bytes)
        guard access(supervisor, X_OK) == 0 else {
            throw RunningError(.launchFailed, subject: supervisor, detail: "the supervisor's program is not there or may not be run")
        }
        let outcome = try await Tool(path: supervisor, arguments: [order.folder.path]).run()
        guard outcome.status == 0, let file = try readJSON(ReceiptFile.self, at: order.folder.receipt) else {
            let said = outcome.output.split(separator: "\n").last.map(String.init) ?? "it said nothing"
            // 73 and 74 are EX_CANTCREAT and EX_IOERR: the folder could not be written.
            let code: RunningError.Code = outcome.status == 73 || outcome.status == 74 ? .storageFailed : .launchFailed
            throw RunningError(code, subject: order.attempt.text, detail: "the supervisor did not start (status \(outcome.status)): \(said)")
        }
        return try LocalReceipt(attempt: order.attempt, file: file).receipt()
    }

    package func receipt(ofAttempt attempt: AttemptID) async throws -> Receipt? {
        let folder = AttemptFolder(runs: runs, attempt: attempt)
        // A supervisor that was just started has its lock before its receipt: such an attempt is launched, and its receipt comes.
        for _ in 0..<100 where access(folder.receipt, F_OK) != 0 && isLocked(folder) { try await Task.sleep(for: .milliseconds(20)) }
        // It is renamed into its place whole; one that cannot be read was torn by a crash of the machine, which ended the attempt as well.
        return try (try? readJSON(ReceiptFile.self, at: folder.receipt))?.map { try LocalReceipt(attempt: attempt, file: $0).receipt() }
    }

    package func status(_ receipt: Receipt) async throws -> LaunchStatus {
        let local = try LocalReceipt(receipt)
        let folder = AttemptFolder(runs: runs, attempt: local.attempt)
        // After a restart of the machine an exit.json may be there while outputs that were never synced are not: such an attempt is lost as well.
        guard try Processes.bootID() == local.bootId else { return .lost("the machine was restarted while the attempt was under way") }
        // The lock is let go after exit.json is there. An exit.json beside a held lock is the job's own doing, and says nothing.
        if isLocked(folder) { return .running }
        if let file = try? readJSON(ExitFile.self, at: folder.exit) {
            let report = file.report
            return report.reason == .lost ? .lost(report.message ?? "its supervisor was stopped") : .ended(report)
        }
        // A job that removed its attempt's folder took the lock's file away, but its supervisor lives: it ends the whole tree.
        stop(local)
        leftovers(folder, local).kill()
        Processes.sweep(outputs: folder.outputs)
        return .lost("its supervisor ended without a word")
    }

    private func isLocked(_ folder: AttemptFolder) -> Bool {
        guard let lock = try? Descriptor(folder.lock, O_RDONLY | O_NOFOLLOW) else { return false }
        return retrying { flock(lock.number, LOCK_SH | LOCK_NB) } != 0
    }

    package func waitForEnd(_ receipt: Receipt, atMost limit: Duration) async {
        guard let local = try? LocalReceipt(receipt), (try? Processes.bootID()) == local.bootId else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await Processes.waitForEnd(of: local.pid, startTime: local.startTime) }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    package func cancel(_ receipt: Receipt) async throws {
        let local = try LocalReceipt(receipt)
        let folder = AttemptFolder(runs: runs, attempt: local.attempt)
        guard try Processes.bootID() == local.bootId, isLocked(folder) else { return }
        _ = try Descriptor(folder.cancel, O_WRONLY | O_CREAT | O_NOFOLLOW)
        stop(local)
    }

    /// Asks a supervisor, if it lives, to end its tree; also one that somebody stopped with SIGSTOP.
    private func stop(_ local: LocalReceipt) {
        // With the supervisor's start time the number is still its own.
        guard Processes.startTime(of: local.pid) == local.startTime else { return }
        kill(local.pid, SIGTERM)
        kill(local.pid, SIGCONT)
    }

    package func log(_ receipt: Receipt, from offset: Int64, limit: Int) async throws -> [UInt8] {
        let folder = AttemptFolder(runs: runs, attempt: try LocalReceipt(receipt).attempt)
        guard access(folder.log, F_OK) == 0 else { return [] }
        return try Descriptor(folder.log, O_RDONLY | O_NOFOLLOW).read(limit, at: offset)
    }

    package func discard(_ receipt: Receipt) async throws {
        let local = try LocalReceipt(receipt)
        let folder = AttemptFolder(runs: runs, attempt: local.attempt)
        await leftovers(folder, local).remove()
        try Folders.remove(folder.path)
    }

    package func enforcement(of limits: Limits) -> String? { tiers.words(for: limits) }

    private func leftovers(_ folder: AttemptFolder, _ local: LocalReceipt) -> LeftoverGroups {
        LeftoverGroups(of: local.attempt, order: folder.order, tiers: tiers)
    }
}
