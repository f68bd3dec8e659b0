// Whether the names that a report uses are those of the job.
internal import Vocabulary

/// The names that a text of the job may use.
struct ReportNames {
    let definition: JobDefinition
    /// Headers of the outputs that are known, by output.
    let knownColumns: [String: [String]]
    let findings: Findings

    /// The outputs that a publishing run leaves.
    var outputs: [OutputDefinition] { definition.task(TaskDefinition.publishing).map { definition.outputs(of: $0) } ?? definition.outputs }

    func metric(_ name: String, at place: Place) {
        known(name, among: definition.metrics.map(\.name), "metric", "metrics", at: place)
    }

    func parameter(_ name: String, at place: Place) {
        known(name, among: definition.parameters.map(\.name), "parameter", "parameters", at: place)
    }

    /// Whether `name` is an output that is a table.
    @discardableResult
    func table(_ name: String, at place: Place) -> Bool {
        guard known(name, among: outputs.map(\.name), "output", "outputs", at: place) else { return false }
        guard let output = outputs.first(where: { $0.name == name }), output.path.lowercased().hasSuffix(".csv") || output.path.isEmpty else {
            findings.error(place, "the output \(quoted(name)) is not a CSV file", "name an output whose path ends with .csv")
            return false
        }
        return true
    }

    /// Holds a column to the header when that is known. Descriptions in job.yaml need not name every column, so against those only a
    /// near miss is told.
    func column(_ name: String, of output: String, at place: Place) {
        if let header = knownColumns[output] {
            guard !header.contains(name) else { return }
            let near = Nearest.word(to: name, among: header)
            findings.error(
                place, "the output \(quoted(output)) has no column \(quoted(name))",
                near.map { "did you mean \(quoted($0))?" } ?? "its columns are \(listed(Array(header.prefix(20))))")
            return
        }
        let described = outputs.first { $0.name == output }?.columns.map(\.name) ?? []
        if !described.contains(name), let near = Nearest.word(to: name, among: described) {
            findings.warn(place, "job.yaml describes no column \(quoted(name)) of \(quoted(output))", "did you mean \(quoted(near))?")
        }
    }

    @discardableResult
    private func known(_ name: String, among names: [String], _ what: String, _ key: String, at place: Place) -> Bool {
        if names.contains(name) { return true }
        let near = Nearest.word(to: name, among: names)
        findings.error(
            place, "the job has no \(what) \(quoted(name))",
            near.map { "did you mean \(quoted($0))?" } ?? (names.isEmpty ? "define it under `\(key)` in job.yaml" : "its \(key) are \(listed(names))"))
        return false
    }
}
