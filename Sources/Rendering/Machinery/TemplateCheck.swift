// Compares what templates name with what models declare.
import Vocabulary

/// Walks templates with the tables of their models.
struct TemplateCheck {
    private(set) var diagnostics: [Diagnostic] = []
    /// Model and name of everything that some template used: `ReportPage.title`.
    private(set) var used: Set<String> = []
    private let partials: [String: (file: String, tags: [TemplateTag])]

    /// What a name is looked up in, innermost last.
    private struct Scope {
        var models: [any TemplateModel.Type]
        /// What `{{.}}` shows: only inside a text or a list of texts.
        var hasDot = false
    }

    /// A check with these partials at hand, by name.
    init(partials: [String: (file: String, tags: [TemplateTag])]) { self.partials = partials }

    /// Compares a template with its models, innermost last.
    mutating func check(_ tags: [TemplateTag], file: String, models: [any TemplateModel.Type]) {
        walk(tags, file: file, scope: Scope(models: models), through: [])
    }

    private mutating func walk(_ tags: [TemplateTag], file: String, scope: Scope, through open: [String]) {
        for tag in tags {
            switch tag {
            case .variable(".", let raw, let line):
                if raw { complain(file, line, "{{{.}}} would show a text without escaping it", "write {{.}}") }
                else if !scope.hasDot { complain(file, line, "{{.}} stands outside a text or a list of texts", "name what you mean") }
            case .variable(let name, let raw, let line): variable(name, raw: raw, file: file, line: line, scope: scope)
            case .section(let name, let inverted, let inside, let line):
                guard let kind = find(name, file: file, line: line, scope: scope) else { continue }
                var inner = scope
                inner.hasDot = false
                if !inverted {
                    switch kind {
                    case .one(let model), .many(let model): inner.models.append(model)
                    case .text, .texts: inner.hasDot = true
                    case .flag: inner.hasDot = scope.hasDot
                    case .html: break
                    }
                }
                walk(inside, file: file, scope: inner, through: open)
            case .partial(let name, let line):
                guard let partial = partials[name] else {
                    complain(file, line, "there is no partial \(name)", "write one of \(partials.keys.sorted().joined(separator: ", "))")
                    continue
                }
                guard !open.contains(name) else {
                    complain(file, line, "the partial \(name) contains itself", "take the inner one out")
                    continue
                }
                walk(partial.tags, file: partial.file, scope: scope, through: open + [name])
            }
        }
    }

    private mutating func variable(_ name: String, raw: Bool, file: String, line: Int, scope: Scope) {
        guard let kind = find(name, file: file, line: line, scope: scope) else { return }
        switch kind {
        case .text: if raw { complain(file, line, "{{{\(name)}}} would show a text without escaping it", "write {{\(name)}}") }
        case .html: if !raw { complain(file, line, "{{\(name)}} would show markup as text", "write {{{\(name)}}}") }
        case .flag, .one, .many, .texts: complain(file, line, "{{\(name)}} is not a text", "write a section: {{#\(name)}}…{{/\(name)}}")
        }
    }

    private mutating func find(_ name: String, file: String, line: Int, scope: Scope) -> FieldKind? {
        if name == "." || name.contains(".") {
            complain(file, line, "{{\(name)}} has a dot", "open a section and name what stands inside")
            return nil
        }
        for model in scope.models.reversed() {
            for (own, kind) in model.names {
                if own == name {
                    used.insert("\(model).\(name)")
                    return kind
                }
                if name.hasSuffix("?"), own == name.dropLast() {
                    switch kind {
                    case .many, .texts: return .flag
                    case .text, .html, .flag, .one: break
                    }
                }
            }
        }
        let known = scope.models.last.map { $0.names.map(\.name).joined(separator: ", ") } ?? ""
        complain(file, line, "there is no {{\(name)}} here", "write one of \(known)")
        return nil
    }

    private mutating func complain(_ file: String, _ line: Int, _ message: String, _ suggestion: String) {
        let diagnostic = Diagnostic(file: file, line: line, message, suggestion: suggestion)
        if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }
}

/// Everything that a model and the models inside it declare: `ReportPage.title`.
func declaredNames(of model: any TemplateModel.Type) -> Set<String> {
    var found: Set<String> = []
    for (name, kind) in model.names {
        found.insert("\(model).\(name)")
        switch kind {
        case .one(let part), .many(let part): found.formUnion(declaredNames(of: part))
        case .text, .html, .flag, .texts: break
        }
    }
    return found
}
