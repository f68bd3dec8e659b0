// What changed since the edition before, in sentences.
import Recording
import Vocabulary

/// The differences that a reader wants to know first.
enum Changes {
    /// Sentences about the measures and the sizes of the files; empty when nothing of it moved.
    static func sentences(
        from previous: (metrics: [Metric], outputs: [Output], number: Int), to present: (metrics: [Metric], outputs: [Output]),
        definition: JobDefinition
    ) -> [String] {
        var sentences: [String] = []
        let old = MetricRow.latest(previous.metrics, definition: definition)
        for metric in MetricRow.latest(present.metrics, definition: definition) where metric.slice == nil {
            guard let value = metric.value, let before = old.first(where: { $0.name == metric.name && $0.slice == nil })?.value,
                let declared = definition.metric(metric.name)
            else { continue }
            let (now, then) = (NumberText.measure(value, unit: declared.unit), NumberText.measure(before, unit: declared.unit))
            guard now != then else { continue }
            let verb = value > before ? "rose" : "fell"
            let judgement = declared.better.map { ($0 == .higher) == (value > before) ? ", which is better" : ", which is worse" } ?? ""
            sentences.append("\(declared.title ?? metric.name) \(verb) from \(then) to \(now)\(judgement).")
        }
        for output in present.outputs where output.declared {
            guard let before = previous.outputs.first(where: { $0.name == output.name && $0.declared }) else { continue }
            let title = definition.output(output.name)?.title ?? output.name
            if let rows = output.rows, let rowsBefore = before.rows, rows != rowsBefore {
                let verb = rows > rowsBefore ? "more" : "fewer"
                let count = Amounts.count(abs(rows - rowsBefore), "row").split(separator: " ")
                sentences.append("\(title) has \(count[0]) \(verb) \(count[1]) than before.")
            } else if output.sha256 == before.sha256 {
                sentences.append("\(title) is the same as in edition \(previous.number).")
            }
        }
        return sentences
    }
}
