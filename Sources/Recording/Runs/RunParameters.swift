// Parameters of runs: a row each, with its kind, so that 3 and 3.0 stay what they were.
import Vocabulary

extension Connection {
    func addParameters(_ parameters: [String: ParameterValue], run: RunID) throws {
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            let (kind, text): (String, String) =
                switch value {
                case .integer(let integer): ("integer", String(integer))
                case .number(let number): ("number", String(number))
                case .boolean(let boolean): ("boolean", boolean ? "true" : "false")
                case .string(let string): ("string", string)
                }
            try execute("INSERT INTO run_parameter (run_id, name, kind, content) VALUES (?, ?, ?, ?)", [run, name, kind, text])
        }
    }

    func parameters(run: RunID) throws -> [String: ParameterValue] {
        let pairs = try all("SELECT p.name, p.kind, p.content FROM run_parameter p WHERE p.run_id = ?", [run]) { row in
            let (name, kind, text): (String, String, String) = (try row.next(), try row.next(), try row.next())
            let value: ParameterValue? =
                switch kind {
                case "integer": Int64(text).map { .integer($0) }
                case "number": Double(text).map { .number($0) }
                case "boolean": .boolean(text == "true")
                default: .string(text)
                }
            guard let value else { throw RecordingError(.schema, subject: "parameter \(name)", detail: "the record holds no \(kind)") }
            return (name, value)
        }
        return Dictionary(pairs) { _, last in last }
    }
}
