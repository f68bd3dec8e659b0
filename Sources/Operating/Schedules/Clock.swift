// Time as the services see it: handed in, so that tests can hold it still.
package import Vocabulary
import Glibc

/// Reads the present instant.
package struct Clock: Sendable {
    private let read: @Sendable () -> Instant

    package init(_ read: @escaping @Sendable () -> Instant) { self.read = read }

    /// The present instant.
    package func callAsFunction() -> Instant { read() }

    /// A clock of the machine that nobody can set: milliseconds since its start, sleep included. Only differences mean something.
    package static let steady = Clock {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The machine's own clock.
    package static let system = Clock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
