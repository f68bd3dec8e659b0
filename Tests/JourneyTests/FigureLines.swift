// Reads the text format of Prometheus as strictly as its own checker does, so that a wrong line is seen before a program refuses it.
import Testing

/// The figures of one answer of /metrics.
struct FigureLines {
    /// Value by the whole of a sample's name with its labels.
    private(set) var values: [String: Double] = [:]
    private(set) var kinds: [String: String] = [:]
    /// What is wrong with the text; empty when it is right.
    private(set) var problems: [String] = []

    init(_ text: String) {
        if !text.hasSuffix("\n") { problems.append("the last line does not end") }
        var helped: Set<String> = []
        var current = ""
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            if line.hasPrefix("# HELP ") {
                if words.count < 4 || !helped.insert(words[2]).inserted { problems.append("HELP: \(line)") }
            } else if line.hasPrefix("# TYPE ") {
                guard words.count == 4, ["counter", "gauge", "summary", "histogram", "untyped"].contains(words[3]), kinds[words[2]] == nil else {
                    problems.append("TYPE: \(line)")
                    continue
                }
                kinds[words[2]] = words[3]
                current = words[2]
            } else {
                readSample(String(line), of: current)
            }
        }
        for name in kinds.keys where !helped.contains(name) { problems.append("no HELP: \(name)") }
        for (name, kind) in kinds where kind == "counter" && !name.hasSuffix("_total") { problems.append("a counter ends with _total: \(name)") }
    }

    private mutating func readSample(_ line: String, of family: String) {
        guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else { return problems.append("value: \(line)") }
        let sample = String(line[..<space])
        let name = String(sample.prefix { $0 != "{" })
        let suffixes = kinds[family] == "summary" ? ["_sum", "_count"] : [""]
        if !suffixes.contains(where: { family + $0 == name }) { problems.append("outside its family: \(line)") }
        if !name.utf8.enumerated().allSatisfy({ isWord($0.element, first: $0.offset == 0) }) { problems.append("name: \(line)") }
        let labels = sample.dropFirst(name.count)
        if !labels.isEmpty && !isLabels(Array(labels.utf8)) { problems.append("labels: \(line)") }
        if values.updateValue(value, forKey: sample) != nil { problems.append("twice: \(line)") }
    }

    private func isWord(_ byte: UInt8, first: Bool) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || byte == 95 || (!first && (48...57).contains(byte))
    }

    /// `{name="value",…}` with `\\`, `\"` and `\n` as the only escapes.
    private func isLabels(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return false }
        var index = 1
        while index < bytes.count - 1 {
            let start = index
            while index < bytes.count, isWord(bytes[index], first: index == start) { index += 1 }
            guard index > start, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "="), bytes[index + 1] == UInt8(ascii: "\"") else { return false }
            index += 2
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                if bytes[index] == UInt8(ascii: "\\") {
                    guard index + 1 < bytes.count, [UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "n")].contains(bytes[index + 1]) else { return false }
                    index += 1
                }
                index += 1
            }
            index += 1
            if index < bytes.count - 1, bytes[index] == UInt8(ascii: ",") { index += 1 } else if index != bytes.count - 1 { return false }
        }
        return true
    }
}

@Suite struct `The reader of figures` {
    @Test func `takes what is right`() {
        let lines = FigureLines("# HELP a_total All.\n# TYPE a_total counter\na_total{x=\"1\",y=\"q \\\"\\\\\\n\"} 3\na_total{x=\"2\"} 4.5\n")
        #expect(lines.problems.isEmpty, "\(lines.problems)")
        #expect(lines.values["a_total{x=\"2\"}"] == 4.5)
    }

    @Test(arguments: [
        "a 1", "# HELP a All.\n# TYPE a gauge\nb 1\n", "# HELP a All.\n# TYPE a counter\na 1\n", "# TYPE a gauge\na 1\n", "# HELP a All.\n# TYPE a gauge\na{x=\"1} 1\n",
        "# HELP a All.\n# TYPE a gauge\na one\n", "# HELP a All.\n# TYPE a gauge\na 1\na 1\n", "# HELP a All.\n# TYPE a gauge\na{x=\"\\q\"} 1\n",
    ])
    func `refuses what is wrong`(text: String) { #expect(!FigureLines(text).problems.isEmpty) }
}
