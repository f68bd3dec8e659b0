// Figures as programs read them: the text format of Prometheus, version 0.0.4.

/// Figures of one name: what they mean, and a value for each set of labels.
package struct FigureFamily: Sendable, Hashable {
    /// How a program may add the figures up.
    package enum Kind: String, Sendable {
        /// Grows until the server ends.
        case counter
        case gauge
        /// A count and a sum.
        case summary
    }

    /// A name and the value that tells this figure from the others of its family.
    package struct Label: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// One line of the family.
    package struct Sample: Sendable, Hashable {
        /// What stands behind the family's name: `_count`, `_sum`, or nothing.
        package let suffix: String
        package let labels: [Label]
        package let value: Double
    }

    package let name: String
    package let kind: Kind
    package let help: String
    package let samples: [Sample]

    private init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// A counter without labels.
    package static func counter(_ name: String, _ help: String, _ value: Double) -> FigureFamily {
        FigureFamily(name, .counter, help, [Sample(suffix: "", labels: [], value: value)])
    }

    /// A counter with one label; the order of the values is that of the page.
    package static func counter(_ name: String, _ help: String, by label: String, _ values: [(String, Double)]) -> FigureFamily {
        FigureFamily(name, .counter, help, values.map { Sample(suffix: "", labels: [Label(name: label, value: $0.0)], value: $0.1) })
    }

    /// A gauge without labels; nil = not known, and then left out.
    package static func gauge(_ name: String, _ help: String, _ value: Double?) -> FigureFamily {
        FigureFamily(name, .gauge, help, value.map { [Sample(suffix: "", labels: [], value: $0)] } ?? [])
    }

    /// A gauge that is always 1 and whose labels are the message: `almanac_info{version="0.1.0"} 1`.
    package static func words(_ name: String, _ help: String, _ labels: [(String, String)]) -> FigureFamily {
        FigureFamily(name, .gauge, help, [Sample(suffix: "", labels: labels.map { Label(name: $0.0, value: $0.1) }, value: 1)])
    }

    /// A summary of durations in seconds, given in milliseconds, with the longest as a gauge of its own: a summary has no place for it.
    package static func durations(_ name: String, _ help: String, count: Int, milliseconds: Int64, longest: Int64) -> [FigureFamily] {
        let samples = [
            Sample(suffix: "_sum", labels: [], value: Double(milliseconds) / 1000), Sample(suffix: "_count", labels: [], value: Double(count)),
        ]
        let start = name.hasSuffix("_seconds") ? String(name.dropLast(8)) : name
        return [FigureFamily(name, .summary, help, samples), .gauge("\(start)_longest_seconds", "\(help) The longest.", Double(longest) / 1000)]
    }

    /// The family's lines; empty when it has no figure.
    var text: String {
        guard !samples.isEmpty else { return "" }
        let lines = samples.map { sample in
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }.joined(separator: ",")
            return name + sample.suffix + (labels.isEmpty ? "" : "{\(labels)}") + " \(Self.number(sample.value))\n"
        }
        return "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n" + lines.joined()
    }

    /// The document of some families, in their order.
    package static func document(_ families: [FigureFamily]) -> String { families.map(\.text).joined() }

    /// Whole numbers without a point; what is no number as Prometheus writes it.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 9e15 ? String(Int64(value)) : "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
