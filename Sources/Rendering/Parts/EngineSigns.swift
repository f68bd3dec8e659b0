// What the engine says of itself on pages: why nothing starts, and how much runs at once.

/// The engine as a reader of a page needs to know it.
package struct EngineSigns: Sendable, Hashable {
    /// How many attempts this server conducts at once; nil = not known.
    package var places: Int?
    /// Why no run is claimed, in a sentence; nil = runs are claimed.
    package var runnerProblem: String?
    /// Why the scheduler does not fire, in a sentence; nil = it fires.
    package var schedulerProblem: String?

    package init(places: Int? = nil, runnerProblem: String? = nil, schedulerProblem: String? = nil) {
        self.places = places
        self.runnerProblem = runnerProblem
        self.schedulerProblem = schedulerProblem
    }
}
