// What an article is made of, and what comes of it.
package import Markup
package import Recording
package import Vocabulary

/// The results of a run with the version of the job that made them.
package struct ArticleMaterial: Sendable {
    package let jobName: String
    package let definition: JobDefinition
    package let manifest: Manifest
    package let metrics: [Metric]
    package let parameters: [String: ParameterValue]
    package let outputs: [Output]

    package init(
        jobName: String, definition: JobDefinition, manifest: Manifest, metrics: [Metric], parameters: [String: ParameterValue], outputs: [Output]
    ) {
        self.jobName = jobName
        self.definition = definition
        self.manifest = manifest
        self.metrics = metrics
        self.parameters = parameters
        self.outputs = outputs
    }

    /// The material of a run that is recorded already.
    package init(_ detail: RunDetail) {
        self.init(
            jobName: detail.job.name, definition: detail.version.definition, manifest: detail.version.manifest, metrics: detail.metrics,
            parameters: detail.parameters, outputs: detail.outputs)
    }

    /// Path of a file of the job as a person would open it.
    func path(_ file: String) -> String { "Jobs/\(jobName)/\(file)" }

    /// The headers of the CSV outputs, by output.
    var knownColumns: [String: [String]] {
        Dictionary(outputs.compactMap { output in output.columns.map { (output.name, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    func output(_ name: String) -> Output? { outputs.first { $0.name == name && $0.declared } }
}

/// An article with its line for the catalogue and what its writer should mend.
package struct RenderedArticle: Sendable {
    package let html: SafeHTML
    /// `Typical error 3.1%`, or nil when the job has no measure.
    package let headline: String?
    package let diagnostics: [Diagnostic]
}
