// The known word that somebody most likely meant.

/// Finds near words.
enum Nearest {
    /// The candidate within a third of the word's length (at least one, at most three changes) that is nearest, upper and lower case
    /// alike; nil when none is. Distance: optimal string alignment (Damerau–Levenshtein with adjacent swaps).
    static func word(to word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().utf8.prefix(64))
        let allowed = min(3, max(1, wanted.count / 3))
        var best: (distance: Int, word: String)?
        for candidate in candidates {
            let other = Array(candidate.lowercased().utf8.prefix(64))
            guard abs(other.count - wanted.count) <= allowed else { continue }
            let distance = distance(wanted, other)
            if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.word
    }

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
        var before = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for i in 1...left.count {
            var current = [i] + [Int](repeating: 0, count: right.count)
            for j in 1...right.count {
                let same = left[i - 1] == right[j - 1]
                current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same ? 0 : 1))
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] { current[j] = min(current[j], before[j - 2] + 1) }
            }
            (before, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
