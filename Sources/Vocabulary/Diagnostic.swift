// What somebody wrote wrongly: where it stands and what to write instead.

/// One thing that a person wrote wrongly or that needs their attention.
package struct Diagnostic: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Whether it stops the job or only deserves attention.
    package enum Severity: String, Sendable, Codable { case error, warning }

    package let severity: Severity
    /// Path as a person would open it, relative to the workspace: `Jobs/x/job.yaml`.
    package let file: String
    /// From 1; nil when the whole file is meant.
    package let line: Int?
    /// From 1, in characters.
    package let column: Int?
    /// What is wrong, as a sentence without a full stop at its end.
    package let message: String
    /// What to write instead, or nil when the message says it all.
    package let suggestion: String?

    package init(
        _ severity: Severity = .error, file: String, line: Int? = nil, column: Int? = nil, _ message: String, suggestion: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.suggestion = suggestion
    }

    /// `Jobs/x/job.yaml:12:9: error: message; suggestion`.
    package var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if line != nil, let column { text += ":\(column)" }
        text += ": \(severity.rawValue): \(message)"
        if let suggestion { text += "; \(suggestion)" }
        return text
    }
}
