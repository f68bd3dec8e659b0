// Reading a typed parameter from what a person typed.

extension ParameterDefinition {
    /// The value that a text means for this parameter, or a sentence that says what is wrong with it (without repeating the text).
    package func value(from text: String) -> Result<ParameterValue, ParameterProblem> {
        switch kind {
        case .integer:
            guard let value = Int64(text) else { return .failure(.init("\(name) must be a whole number")) }
            return checkRange(Double(value)).map { .failure($0) } ?? .success(.integer(value))
        case .number:
            guard let value = Double(text), value.isFinite else { return .failure(.init("\(name) must be a number, with a point for decimals")) }
            return checkRange(value).map { .failure($0) } ?? .success(.number(value))
        case .boolean:
            guard text == "true" || text == "false" else { return .failure(.init("\(name) must be true or false")) }
            return .success(.boolean(text == "true"))
        case .date:
            guard LocalDate(text) != nil else { return .failure(.init("\(name) must be a date of the form 2026-03-08")) }
            return .success(.string(text))
        case .choice:
            guard choices.contains(text) else { return .failure(.init("\(name) must be one of: \(choices.joined(separator: ", "))")) }
            return .success(.string(text))
        case .string:
            guard text.utf8.count <= 10_000 else { return .failure(.init("\(name) must be shorter than 10,000 bytes")) }
            guard !text.utf8.contains(0) else { return .failure(.init("\(name) must not hold a NUL character")) }
            return .success(.string(text))
        }
    }

    private func checkRange(_ value: Double) -> ParameterProblem? {
        if let min, value < min { return .init("\(name) must be at least \(ParameterValue.number(min).text)") }
        if let max, value > max { return .init("\(name) must be at most \(ParameterValue.number(max).text)") }
        return nil
    }
}

/// Why a typed value does not fit a parameter.
package struct ParameterProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
