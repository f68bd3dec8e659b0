// The supervisors of a data folder, found by the receipts that they write.
import Foundation
import TestSupport

/// A supervisor and what it watches.
struct Supervisor: Sendable {
    let attempt: String
    let process: ProcessIdentity

    /// Those that live now.
    static func living(in runs: String) -> [Supervisor] {
        let attempts = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
        return attempts.sorted().compactMap { Supervisor(runs: runs, attempt: $0) }.filter { ProcessTable.lives($0.process) }
    }

    /// By an attempt's receipt; nil while there is none.
    init?(runs: String, attempt: String) {
        struct Receipt: Decodable {
            let pid: Int32
            let startTime: UInt64
        }
        guard let data = FileManager.default.contents(atPath: "\(runs)/\(attempt)/receipt.json"), let receipt = try? JSONDecoder().decode(Receipt.self, from: data) else {
            return nil
        }
        self.attempt = attempt
        process = ProcessIdentity(pid: receipt.pid, startTime: receipt.startTime)
    }

    /// Kills it, and it alone; false when it had ended by itself.
    func kill() -> Bool { ProcessTable.lives(process) && Glibc.kill(process.pid, SIGKILL) == 0 }
}
