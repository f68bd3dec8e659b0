// The other texts of a job folder: report.md, README.md and the lock file, held against the definition.
internal import Vocabulary

/// Checks what people wrote beside job.yaml.
enum JobTexts {
    /// Everything wrong in the texts of the job folder at `folder`, which diagnostics show as `shown`.
    static func check(folder: String, shown: String, definition: JobDefinition) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        func text(_ name: String) -> String? {
            let findings = Findings(file: shown + "/" + name)
            defer { diagnostics += findings.list }
            return TextFile.read(path: folder + "/" + name, into: findings)
        }
        if let report = text("report.md") {
            diagnostics += ReportSource.read(report, file: shown + "/report.md", definition: definition).diagnostics
        }
        if let card = text("README.md") {
            let (matter, wrong) = FrontMatter.read(card, file: shown + "/README.md")
            diagnostics += wrong
            diagnostics += DottedText.check(matter.body, firstLine: matter.bodyLine, file: shown + "/README.md", definition: definition)
        }
        if let environment = definition.environment, environment.kind == .requirements, let lock = text(environment.file) {
            let findings = Findings(file: shown + "/" + environment.file)
            Requirements.check(lock, into: findings)
            diagnostics += findings.list
        }
        return diagnostics
    }
}
