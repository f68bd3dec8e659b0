// A bell that wakes the services when something may be due: an optimisation, for every service also looks by itself.

/// Wakes whoever waits; rings that nobody hears are remembered once.
package actor Bell {
    private var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    private var next = 0
    private var rung = 0

    package init() {}

    /// How often it has rung: pass it to `wait` so that no ring is missed between looking and waiting.
    package var count: Int { rung }

    /// Wakes every waiter.
    package func ring() {
        rung += 1
        let woken = waiters
        waiters = [:]
        for continuation in woken.values { continuation.resume() }
    }

    /// Returns when the bell has rung since `count`, when `duration` has passed, or when the task is cancelled.
    package func wait(since count: Int, atMost duration: Duration) async {
        guard rung == count, !Task.isCancelled else { return }
        let key = next
        next += 1
        let timer = Task { [weak self] in
            try? await Task.sleep(for: duration)
            await self?.wake(key)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if rung != count || Task.isCancelled { continuation.resume() } else { waiters[key] = continuation }
            }
        } onCancel: {
            Task { await self.wake(key) }
        }
        timer.cancel()
    }

    private func wake(_ key: Int) { waiters.removeValue(forKey: key)?.resume() }
}
