// `inputs` and `parameters`: what goes into a run.
internal import Vocabulary

extension JobFileReader {
    func readInputs() -> [InputDefinition] {
        reader.namedMappings("inputs", example: "sales: { path: data/sales.csv }").compactMap { name, place, input in
            let sources = ["path", "url", "run", "output"].filter(input.has)
            let expect = readExpectation(input)
            guard let key = sources.first, sources.count == 1 else {
                findings.error(
                    place, sources.isEmpty ? "the input \(quoted(name)) does not say where it comes from" : "the input \(quoted(name)) has several sources: \(listed(sources))",
                    sources.isEmpty ? "write `path: data/\(name).csv`" : "keep one of them")
                return nil
            }
            guard let text = input.text(key), let source = readSource(key, text, input) else { return nil }
            return InputDefinition(name: name, source: source, expect: expect)
        }
    }

    private func readSource(_ key: String, _ text: String, _ input: MappingReader) -> InputDefinition.Source? {
        switch key {
        case "path":
            checkInputPath(text, input)
            return .path(text)
        case "url":
            if !text.hasPrefix("https://"), !text.hasPrefix("http://") {
                input.error("url", "\(quoted(text)) is not an address of the web", "write it like `https://example.com/rates.csv`")
            }
            return .url(text)
        case "run":
            if let broken = Rules.insidePath(text) {
                input.error("run", broken.message, "name a file of this job folder")
            } else if surroundings.file(text) == .missing {
                input.error(
                    "run", "there is no file \(quoted(text)) in the job folder",
                    Nearest.word(to: text, among: surroundings.fileNames).map { "did you mean \(quoted($0))?" } ?? "write the file or mend its name")
            }
            return .run(text)
        default:
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, Rules.job(parts[0]) == nil, Names.isThing(parts[1]) else {
                input.error("output", "\(quoted(text)) does not name another job's output", "write it like `other-job/forecast`")
                return nil
            }
            return .output(job: parts[0], output: parts[1])
        }
    }

    private func checkInputPath(_ path: String, _ input: MappingReader) {
        if path.hasPrefix("/") || path.hasPrefix("~") {
            return input.error("path", "\(quoted(path)) is an absolute path", "write it relative to the job folder, inside the workspace")
        }
        switch surroundings.input(path) {
        case .file: break
        case .folder: input.error("path", "\(quoted(path)) is a folder", "name a file")
        case .missing: input.error("path", "there is no file \(quoted(path))", "put it there, or mend the path; it begins at the job folder")
        case .outside: input.error("path", "\(quoted(path)) leads out of the workspace", "put the file into the workspace")
        case .hidden: input.error("path", "\(quoted(path)) leads into a hidden folder", "put the file where it can be seen")
        }
    }

    private func readExpectation(_ input: MappingReader) -> InputDefinition.Expectation? {
        guard let expect = input.mapping("expect", example: "expect: { columns: { month: date }, min_rows: 100 }") else { return nil }
        var columns: [InputDefinition.Expectation.Column] = []
        if let node = expect.entry("columns")?.value {
            guard let entries = node.entries else {
                expect.error("columns", "`columns` must hold `column: type` pairs, not \(node.words)", "write `columns: { month: date, n: integer }`")
                return nil
            }
            for entry in entries {
                let words = ColumnType.allCases.map(\.rawValue)
                if let word = entry.value.scalar?.text, let type = ColumnType(rawValue: word) {
                    columns.append(.init(name: entry.key, type: type))
                } else {
                    let near = entry.value.scalar.flatMap { Nearest.word(to: $0.text, among: words) }
                    findings.error(
                        entry.value.place, "the column \(quoted(entry.key)) must have a type, not \(entry.value.words)",
                        near.map { "did you mean \(quoted($0))?" } ?? "write \(listed(words, last: "or"))")
                }
            }
        }
        return .init(columns: columns, minRows: expect.integer("min_rows", in: 0...Int64.max).map(Int.init))
    }

    func readParameters() -> [ParameterDefinition] {
        reader.namedMappings("parameters", example: "horizon: { type: integer, default: 12 }").map { name, _, item in
            if !item.has("type") { item.missing("type", write: "type: integer") }
            let kind = item.choice("type", ParameterDefinition.Kind.self)
            var parameter = ParameterDefinition(
                name: name, kind: kind ?? .string, min: item.number("min"), max: item.number("max"),
                choices: item.texts("choices", example: "choices: [low, high]").map(\.value), label: item.text("label"), help: item.text("help"))
            guard let kind else { return parameter }
            checkBounds(parameter, kind, item)
            guard let node = item.entry("default")?.value else { return parameter }
            switch ParameterNode.value(node, of: parameter) {
            case .success(let value): parameter.defaultValue = value
            case .failure(let broken): findings.error(node.place, broken.message, broken.suggestion)
            }
            return parameter
        }
    }

    private func checkBounds(_ parameter: ParameterDefinition, _ kind: ParameterDefinition.Kind, _ item: MappingReader) {
        if kind != .integer, kind != .number {
            for key in ["min", "max"] where item.has(key) {
                item.error(key, "`\(key)` belongs to numbers, and \(quoted(parameter.name)) is of the type \(quoted(kind.rawValue))", "remove it")
            }
        }
        if let min = parameter.min, let max = parameter.max, min > max { item.error("max", "`max` is below `min`", "exchange them") }
        if kind == .choice, !item.has("choices") { item.missing("choices", write: "choices: [low, high]") }
        if kind == .choice, item.entry("choices")?.value.items?.isEmpty == true {
            item.error("choices", "`choices` is empty", "write at least one choice")
        }
        if kind != .choice, item.has("choices") {
            item.error("choices", "`choices` belong to the type `choice`", "write `type: choice`, or remove them")
        }
    }
}
