// The values that stand in text: `{{metric.mape}}` becomes 3.14.
import Defining
import Tables
import Vocabulary

/// Looks dotted names up in a run's results.
struct ArticleValues {
    let material: ArticleMaterial
    let tables: OutputTables
    /// The day of the edition as people write it.
    let date: String

    /// The outputs that a text takes values from.
    static func outputs(in text: String) -> Set<String> {
        var names: Set<String> = []
        for case .value(.column(let output, _, _)) in DottedText.pieces(text) { names.insert(output) }
        return names
    }

    /// The text for a dotted name, or nil when there is no such value.
    func text(_ name: String) -> String? {
        guard let value = DottedValue(name) else { return nil }
        switch value {
        case .metric(let name):
            let metric = MetricRow.latest(material.metrics, definition: material.definition).first { $0.name == name && $0.slice == nil }
            return metric?.value.map { NumberText.measure($0) }
        case .parameter(let name): return material.parameters[name].map { text(of: $0, parameter: name) }
        case .edition(.number): return StoredArticle.numberMark
        case .edition(.date): return date
        case .rows(let output): return material.output(output)?.rows.map(NumberText.integer)
        case .column(let output, let column, let reduction):
            guard let found = tables[output]?[column], let aggregate = Aggregate(rawValue: reduction.rawValue) else { return nil }
            return found.aggregate(aggregate).map { CellText.text($0, of: aggregate, in: found) }
        }
    }

    private func text(of value: ParameterValue, parameter name: String) -> String {
        let kind = material.definition.parameters.first { $0.name == name }?.kind
        if kind == .date, case .string(let text) = value, let day = LocalDate(text) { return DateText.day(day) }
        if case .boolean(let isSet) = value { return isSet ? "yes" : "no" }
        return value.text
    }
}

/// Cells as people read them, with years as years.
enum CellText {
    /// The cell's text with the decimals of its column; whole numbers of a column of years have no separators.
    static func text(_ cell: Cell, of aggregate: Aggregate? = nil, in column: Table.Column) -> String {
        if case .integer(let value) = cell, isYears(column.name), (1000...9999).contains(value) { return String(value) }
        return column.text(cell, of: aggregate)
    }

    /// Whether a column's name says that it holds years.
    static func isYears(_ column: String) -> Bool { column.lowercased().hasSuffix("year") }
}
