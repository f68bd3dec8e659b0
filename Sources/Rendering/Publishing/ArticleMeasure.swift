// A measure of a report, large, with its title and what is to be thought of it.
import Vocabulary

/// Measures for articles.
enum ArticleMeasure {
    /// The measure of this name, or nil when the run did not report it.
    static func html(_ name: String, metrics: [Metric], definition: JobDefinition) -> String? {
        guard let metric = MetricRow.latest(metrics, definition: definition).first(where: { $0.name == name && $0.slice == nil }) else { return nil }
        let declared = definition.metric(name)
        let value = metric.value.map { NumberText.measure($0, unit: declared?.unit) } ?? "no value"
        let remark = metric.value == nil ? metric.noValueReason : declared.flatMap { MetricRow.remark(metric.value, $0) }
        let note = remark.map { "<span class=\"measure-note\">\(escaped($0))</span>" } ?? ""
        return """
            <div class="measure\(remark == nil ? "" : " measure-warned")"><span class="measure-title">\(escaped(declared?.title ?? ArticleChart.spoken(name)))</span> \
            <span class="measure-value">\(escaped(value))</span>\(note)</div>
            """
    }

    /// The line of the catalogue: the first declared measure that the run reported.
    static func headline(metrics: [Metric], definition: JobDefinition) -> String? {
        for declared in definition.metrics {
            let found = MetricRow.latest(metrics, definition: definition).first { $0.name == declared.name && $0.slice == nil }
            guard let value = found?.value else { continue }
            return "\(declared.title ?? declared.name) \(NumberText.measure(value, unit: declared.unit))"
        }
        return nil
    }
}
