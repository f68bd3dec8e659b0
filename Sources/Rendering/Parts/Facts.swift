// Small parts that many pages show: facts, metrics, the tabs of a job.
import Recording
import Vocabulary

/// A label and what stands beside it.
struct Fact: TemplateModel, Hashable {
    let label: String
    let value: String
    /// Where the value leads, or nil.
    var address: String?
    /// Whether the value is a digest, an address or code and wants a fixed width.
    var isCode = false

    static let table = FieldTable<Fact>(
        .text("label") { $0.label },
        .text("value") { $0.value },
        .text("address") { $0.address },
        .flag("isCode") { $0.isCode })
}

/// A measured value with what is to be thought of it.
struct MetricRow: TemplateModel, Hashable {
    let title: String
    let value: String
    let slice: String?
    /// Why it stands out, or nil.
    let note: String?

    static let table = FieldTable<MetricRow>(
        .text("title") { $0.title },
        .text("value") { $0.value },
        .text("slice") { $0.slice },
        .text("note") { $0.note })

    /// The metrics of a run: the last step of each name and slice, in the order of the definition, then as they came.
    static func rows(_ metrics: [Metric], definition: JobDefinition) -> [MetricRow] {
        latest(metrics, definition: definition).map { metric in
            let declared = definition.metric(metric.name)
            return MetricRow(
                title: declared?.title ?? metric.name,
                value: metric.value.map { NumberText.measure($0, unit: declared?.unit) } ?? "no value (\(metric.noValueReason ?? "none given"))",
                slice: metric.slice, note: declared.flatMap { remark(metric.value, $0) })
        }
    }

    /// One metric per name and slice, the one with the largest step.
    static func latest(_ metrics: [Metric], definition: JobDefinition) -> [Metric] {
        var places: [String: Int] = [:]
        var kept: [Metric] = []
        for metric in metrics {
            let key = metric.name + "\u{0}" + (metric.slice ?? "")
            if let place = places[key] {
                if (metric.step ?? .min) >= (kept[place].step ?? .min) { kept[place] = metric }
            } else {
                places[key] = kept.count
                kept.append(metric)
            }
        }
        let order = Dictionary(definition.metrics.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        return kept.enumerated().sorted { left, right in
            let a = (order[left.element.name] ?? .max, left.element.slice == nil ? 0 : 1, left.offset)
            let b = (order[right.element.name] ?? .max, right.element.slice == nil ? 0 : 1, right.offset)
            return a < b
        }.map(\.element)
    }

    /// Which threshold the value passed, in words.
    static func remark(_ value: Double?, _ metric: MetricDefinition) -> String? {
        guard let value else { return nil }
        let bounds: [(Double?, Bool, String)] = [
            (metric.holdAbove, true, "above the limit of"), (metric.holdBelow, false, "below the limit of"),
            (metric.warnAbove, true, "above the warning level of"), (metric.warnBelow, false, "below the warning level of"),
        ]
        for case (let bound?, let above, let words) in bounds where above ? value > bound : value < bound {
            return "\(words) \(NumberText.measure(bound, unit: metric.unit))"
        }
        return nil
    }
}

/// A step of the way through a job's pages.
struct Tab: TemplateModel, Hashable {
    let title: String
    let address: String
    let isCurrent: Bool

    static let table = FieldTable<Tab>(
        .text("title") { $0.title },
        .text("address") { $0.address },
        .flag("isCurrent") { $0.isCurrent })

    /// The pages of a job; `current` is one of report, editions, card, runs.
    static func all(job: String, current: String, mayRun: Bool) -> [Tab] {
        var tabs = [
            Tab(title: "Report", address: "/reports/\(job)", isCurrent: current == "report"),
            Tab(title: "Editions", address: "/reports/\(job)/editions", isCurrent: current == "editions"),
            Tab(title: "About the model", address: "/reports/\(job)/card", isCurrent: current == "card"),
        ]
        if mayRun { tabs.append(Tab(title: "Runs", address: "/runs?job=\(job)", isCurrent: current == "runs")) }
        return tabs
    }
}
