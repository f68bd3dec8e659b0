// The record as a stranger reads it: through the program sqlite3, read-only, so that nobody but the server writes or checkpoints.
import Foundation
import TestSupport

/// A reader of a data folder's record.
struct Record: Sendable {
    let path: String

    /// Rows of a script's questions as fields, from one moment of the record.
    func rows(_ questions: [String]) throws -> [[String]] {
        let script = ".timeout 20000\n.mode list\n.separator \"\\t\"\n.nullvalue \"\"\nBEGIN;\n" + questions.map { $0 + ";\n" }.joined() + "COMMIT;\n"
        let finished = try Program.run("/usr/bin/sqlite3", ["-batch", "-readonly", path], input: script)
        guard finished.status == 0, finished.errors.isEmpty else { throw Workplace.Failure(description: "sqlite3: \(finished.status) \(finished.errors)") }
        return finished.output.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }

    func rows(_ question: String) throws -> [[String]] { try rows([question]) }
}
