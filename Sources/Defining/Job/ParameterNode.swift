// A parameter's value as it stands in YAML, held to the parameter's type and bounds.
internal import Vocabulary

/// What is wrong with a value.
struct BrokenValue: Error {
    let message: String
    let suggestion: String?
}

/// Reads values of parameters.
enum ParameterNode {
    /// The value at `node`, or what is wrong with it.
    static func value(_ node: YAMLNode, of parameter: ParameterDefinition) -> Result<ParameterValue, BrokenValue> {
        let name = quoted(parameter.name)
        func broken(_ expected: String, _ suggestion: String? = nil) -> Result<ParameterValue, BrokenValue> {
            .failure(BrokenValue(message: "\(name) must be \(expected), not \(node.words)", suggestion: suggestion))
        }
        guard let scalar = node.scalar else { return broken(words(of: parameter.kind)) }
        switch (parameter.kind, scalar.value) {
        case (.integer, .integer(let value)): return bounded(.integer(value), Double(value), parameter)
        case (.number, .integer(let value)): return bounded(.number(Double(value)), Double(value), parameter)
        case (.number, .number(let value)) where value.isFinite: return bounded(.number(value), value, parameter)
        case (.boolean, .boolean(let value)): return .success(.boolean(value))
        case (.boolean, .text(let word)) where ["yes", "on", "y"].contains(word.lowercased()): return broken(words(of: .boolean), "write `true`")
        case (.boolean, .text(let word)) where ["no", "off", "n"].contains(word.lowercased()): return broken(words(of: .boolean), "write `false`")
        case (.string, .text(let text)): return .success(.string(text))
        case (.date, .text(let text)): return LocalDate(text) == nil ? broken(words(of: .date)) : .success(.string(text))
        case (.choice, .text(let text)):
            if parameter.choices.contains(text) || parameter.choices.isEmpty { return .success(.string(text)) }
            return .failure(BrokenValue(message: "\(quoted(text)) is not one of the choices of \(name)", suggestion: "write \(listed(parameter.choices, last: "or"))"))
        case (.string, .integer), (.string, .number), (.string, .boolean), (.choice, .integer), (.choice, .number), (.choice, .boolean):
            return broken(words(of: parameter.kind), "write `\"\(scalar.text)\"` with quotation marks")
        default: return broken(words(of: parameter.kind))
        }
    }

    static func words(of kind: ParameterDefinition.Kind) -> String {
        switch kind {
        case .integer: "a whole number"
        case .number: "a number"
        case .string, .choice: "text"
        case .boolean: "`true` or `false`"
        case .date: "a date like `2026-03-08`"
        }
    }

    private static func bounded(_ value: ParameterValue, _ number: Double, _ parameter: ParameterDefinition) -> Result<ParameterValue, BrokenValue> {
        func text(_ bound: Double) -> String { ParameterValue.number(bound).text }
        if let min = parameter.min, number < min {
            return .failure(BrokenValue(message: "\(quoted(parameter.name)) is \(value.text), below its `min` of \(text(min))", suggestion: "write \(text(min)) or more"))
        }
        if let max = parameter.max, number > max {
            return .failure(BrokenValue(message: "\(quoted(parameter.name)) is \(value.text), above its `max` of \(text(max))", suggestion: "write \(text(max)) or less"))
        }
        return .success(value)
    }
}
