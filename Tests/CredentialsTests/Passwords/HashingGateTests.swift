// The gate: two at once, a short queue, then busy.
import Synchronization
import Testing

@testable import Credentials

/// A value that tasks share.
private final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        value.withLock { value in
            var copy = value
            let result = body(&copy)
            value = copy
            return result
        }
    }
}

private struct Running: Sendable {
    var now = 0
    var most = 0
}

struct HashingGateTests {
    @Test func `At most two pieces of work run at once, and the queue keeps the rest in order`() async throws {
        let gate = HashingGate(atOnce: 2, waiting: 8)
        let running = Shared(Running())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await gate.run { () -> Result<Void, CredentialsError> in
                        running.change { $0.now += 1; $0.most = max($0.most, $0.now) }
                        var waste = 0
                        for value in 0..<200_000 { waste &+= value }
                        running.change { $0.now -= waste == 0 ? 0 : 1 }
                        return .success(())
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(running.change { $0.most } <= 2)
        #expect(await gate.peak == 2)
    }

    @Test func `Beyond the queue the answer is busy, and later work goes through again`() async throws {
        let gate = HashingGate(atOnce: 1, waiting: 1)
        let open = Shared(false)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    do {
                        try await gate.run { () -> Result<Void, CredentialsError> in
                            while !open.change({ $0 }) {}
                            return .success(())
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            var outcomes: [Bool] = []
            for await outcome in group {
                outcomes.append(outcome)
                // Three were refused at once; only then may the others end.
                if outcomes.count == 3 { open.change { $0 = true } }
            }
            return outcomes
        }
        #expect(outcomes == [false, false, false, true, true])
        try await gate.run { () -> Result<Void, CredentialsError> in .success(()) }
    }

    @Test func `Hashes of passwords go through a gate of two`() async throws {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { _ = try? await Passwords.hash("seven tall herons") } }
        }
        #expect(await Passwords.gate.peak <= 2)
    }
}
