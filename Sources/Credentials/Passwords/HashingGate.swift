// A gate for work that costs a core and much memory: so many at once, so many waiting, the rest refused.
import Dispatch

/// Lets `atOnce` pieces of blocking work run on threads of their own, keeps `waiting` more in order, and refuses the rest as busy.
actor HashingGate {
    private let atOnce: Int
    private let waiting: Int
    private var running = 0
    private var queue: [CheckedContinuation<Void, Never>] = []
    /// The most that ever ran at the same time: for tests.
    private(set) var peak = 0

    init(atOnce: Int, waiting: Int) {
        self.atOnce = atOnce
        self.waiting = waiting
    }

    /// Runs the work on a thread outside Swift's pool. Throws `busy` at once when the queue is full.
    nonisolated func run<Value: Sendable>(_ work: @escaping @Sendable () -> Result<Value, CredentialsError>) async throws -> Value {
        try await enter()
        let result = await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async { continuation.resume(returning: work()) }
        }
        await leave()
        return try result.get()
    }

    private func enter() async throws {
        if running >= atOnce {
            guard queue.count < waiting else {
                throw CredentialsError(.busy, subject: "password", detail: "too many sign-ins at this moment; try again in a few seconds")
            }
            // Who leaves hands its place over, so `running` stays as it is.
            await withCheckedContinuation { queue.append($0) }
            return
        }
        running += 1
        peak = max(peak, running)
    }

    private func leave() {
        if queue.isEmpty { running -= 1 } else { queue.removeFirst().resume() }
    }
}
