// What all drills share: that they run one after another, the figures that the environment sets, and numbers that a seed repeats.
import Foundation
import Testing
import TestSupport

/// The suites of this target, one test at a time: each of them needs the machine for itself as far as it can have it.
@Suite(.serialized) struct `Under fire` {}

/// What the environment says about the drills.
enum DrillSettings {
    static func number(_ name: String, _ usual: Int) -> Int { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual }

    static let kills = number("ALMANAC_KILLS", 30)
    static let soakRuns = number("ALMANAC_SOAK_RUNS", 100)
    static let seed = ProcessInfo.processInfo.environment["ALMANAC_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
    /// A file for the drill's report in JSON, or nil.
    static let report = ProcessInfo.processInfo.environment["ALMANAC_DRILL_REPORT"]
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in so many of a hundred cases.
    mutating func percent(_ share: Int) -> Bool { Int.random(in: 0..<100, using: &self) < share }
}

/// Durations in seconds with their spread.
struct Spread {
    private var values: [Double] = []

    mutating func add(_ seconds: Double) { values.append(seconds) }
    var count: Int { values.count }
    var longest: Double { values.max() ?? 0 }
    var median: Double { at(0.5) }
    /// The value below which this share of all lies.
    func at(_ share: Double) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
}

extension ContinuousClock.Instant {
    /// Seconds since this moment.
    var elapsed: Double { (ContinuousClock.now - self) / .seconds(1) }
}
