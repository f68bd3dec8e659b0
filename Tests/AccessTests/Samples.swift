// Sample people and jobs.
import Access
import Vocabulary

enum Samples {
    struct Counting: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 { state &+= 1; return state }
    }

    static func user(_ number: UInt64) -> UserID {
        var generator = Counting(state: number)
        return UserID(at: Instant(milliseconds: 0), using: &generator)
    }

    static func job(_ reaches: [JobResource.Reach]) -> JobResource {
        var generator = Counting(state: 99)
        return JobResource(
            id: JobID(at: Instant(milliseconds: 0), using: &generator), name: "lake-levels", team: "planning", reaches: reaches)
    }
}
