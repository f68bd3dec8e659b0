// Clocks that stand still until a test moves them.
import Operating
import Synchronization
import Vocabulary

/// A wall clock that can be set and a steady clock that cannot.
final class ScriptedTime: Sendable {
    private let state: Mutex<(wall: Instant, steady: Instant)>

    init(_ wall: Instant) { state = Mutex((wall, Instant(milliseconds: 7_000_000))) }

    var now: Instant { state.withLock { $0.wall } }
    var wall: Clock { Clock { self.now } }
    var steady: Clock { Clock { self.state.withLock { $0.steady } } }

    /// Lets time pass.
    func pass(milliseconds: Int64) { state.withLock { $0 = ($0.wall.adding(milliseconds: milliseconds), $0.steady.adding(milliseconds: milliseconds)) } }
    func pass(until instant: Instant) { pass(milliseconds: instant - now) }
    /// Sets the wall clock alone.
    func move(milliseconds: Int64) { state.withLock { $0.wall = $0.wall.adding(milliseconds: milliseconds) } }
}
