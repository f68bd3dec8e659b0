// The values of a mapping that hold others: lists, mappings with fixed keys, mappings with names people choose.
internal import Vocabulary

/// A value with the place it was written in.
struct Placed<Value> {
    let value: Value
    let place: Place
}

/// A rule for a text: nil when it holds, else what is wrong and what to write.
typealias TextRule = (String) -> (message: String, suggestion: String?)?

extension MappingReader {
    /// A list of texts, each held to a rule; the good ones, with their places. Repetitions are written down.
    func texts(_ key: String, example: String, rule: TextRule = { _ in nil }) -> [Placed<String>] {
        guard let node = entry(key)?.value else { return [] }
        guard let items = node.items else {
            let suggestion = node.scalar.flatMap { if case .text(let text) = $0.value { text } else { nil } }.map { "[\($0)]" } ?? example
            findings.error(node.place, "\(quoted(key)) must be a list, not \(node.words)", "write `\(suggestion)`")
            return []
        }
        var good: [Placed<String>] = []
        for item in items {
            guard let text = readText(item, of: "an entry of \(key)") else { continue }
            if let broken = rule(text) {
                findings.error(item.place, broken.message, broken.suggestion)
            } else if good.contains(where: { $0.value == text }) {
                findings.error(item.place, "\(quoted(text)) stands twice in \(quoted(key))", "remove one of them")
            } else {
                good.append(Placed(value: text, place: item.place))
            }
        }
        return good
    }

    /// The mapping with fixed keys under a key.
    func mapping(_ key: String, example: String) -> MappingReader? {
        guard let entry = entry(key) else { return nil }
        return MappingReader(entry.value, path: path(of: key), place: entry.value.place, example: example, keys: keys, into: findings)
    }

    /// The named things under a key, in their order, with bad names written down and left out. The value's reading is the caller's.
    func named(_ key: String, example: String) -> [YAMLEntry] {
        guard let entry = entry(key) else { return [] }
        if entry.value.isNull { return [] }
        guard let entries = entry.value.entries else {
            findings.error(entry.value.place, "\(quoted(key)) must hold named entries, not \(entry.value.words)", "write `\(example)`")
            return []
        }
        return entries.filter { item in
            if Names.isThing(item.key) { return true }
            let suggestion = Rules.thingName(from: item.key).map { "write \(quoted($0))" }
            findings.error(
                item.place, "the name \(quoted(item.key)) under \(quoted(key)) may hold only a-z, 0-9 and _, and begins with a letter", suggestion)
            return false
        }
    }

    /// The mappings with fixed keys under a key whose names people choose. An entry without a value counts as an empty mapping when
    /// `optional` says so.
    func namedMappings(_ key: String, example: String, optional: Bool = false) -> [(name: String, place: Place, reader: MappingReader)] {
        named(key, example: example).compactMap { item in
            let node = optional && item.value.isNull ? YAMLNode(content: .mapping([]), place: item.value.place) : item.value
            let under = path(of: key) + ".*"
            guard let reader = MappingReader(node, path: under, place: item.place, example: example, keys: keys, into: findings) else { return nil }
            return (item.key, item.place, reader)
        }
    }
}
