// Removes what ended attempts left on the disk when the server stopped between recording their end and clearing up.
import FoundationEssentials
import Logging
import Running
import Vocabulary

extension RunEngine {
    /// Clears the folders of attempts that are recorded as ended. Only right before anything is claimed.
    func removeLeftovers(keeping unfinished: Set<AttemptID>) async {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: runsFolder)) ?? [] {
            guard let attempt = AttemptID(name), !unfinished.contains(attempt) else { continue }
            do {
                if let receipt = try await launcher.receipt(ofAttempt: attempt) {
                    try await launcher.discard(receipt)
                } else {
                    try workbench.discard(attempt)
                }
            } catch {
                logger.warning("an ended attempt's folder could not be removed", metadata: ["attempt.id": "\(name)", "error": "\(error)"])
            }
        }
    }
}
