// The one form in which values stand in text: `{{metric.mape}}`.

/// A value that a text names between double braces.
package enum DottedValue: Hashable, Sendable {
    /// What is told about the edition.
    package enum EditionField: String, Hashable, Sendable, CaseIterable { case number, date }
    /// How a column becomes one value.
    package enum Reduction: String, Hashable, Sendable, CaseIterable { case last, first, min, max, sum, mean }

    case metric(String)
    case parameter(String)
    case edition(EditionField)
    case rows(output: String)
    case column(output: String, column: String, Reduction)

    /// The value that the text between the braces names, such as `output.forecast.expected.last`; nil when it is none. A column's name
    /// may hold spaces and full stops.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        switch (parts[0], parts.count) {
        case ("metric", 2): self = .metric(parts[1])
        case ("parameter", 2): self = .parameter(parts[1])
        case ("edition", 2):
            guard let field = EditionField(rawValue: parts[1]) else { return nil }
            self = .edition(field)
        case ("output", 3) where parts[2] == "rows": self = .rows(output: parts[1])
        case ("output", 4...):
            guard let reduction = Reduction(rawValue: parts[parts.count - 1]) else { return nil }
            self = .column(output: parts[1], column: parts[2..<(parts.count - 1)].joined(separator: "."), reduction)
        default: return nil
        }
    }
}
