// How many connections each address holds.
import Synchronization

/// Shared by all event loops.
final class ConnectionCounts: Sendable {
    private let most: Int
    private let countsLoopback: Bool
    private let held = Mutex<[String: Int]>([:])

    init(most: Int, countsLoopback: Bool) {
        self.most = most
        self.countsLoopback = countsLoopback
    }

    /// Whether one more connection from the address may be.
    func enter(_ address: String) -> Bool {
        held.withLock { held in
            let count = held[address, default: 0]
            if count >= most, countsLoopback || !ConnectionCounts.isLoopback(address) { return false }
            held[address] = count + 1
            return true
        }
    }

    func leave(_ address: String) {
        held.withLock { held in
            let count = held[address, default: 0]
            held[address] = count > 1 ? count - 1 : nil
        }
    }

    static func isLoopback(_ address: String) -> Bool { address == "::1" || address.hasPrefix("127.") }
}
