// Reads the metrics that a job appended to its metrics file.
import Vocabulary

/// What is wrong with a metrics file: a sentence that names the line.
struct MetricsProblem: Error, Equatable {
    let text: String
}

/// Reads metrics: CSV lines `name,value[,step[,slice]]` (a header line is skipped) and JSON lines `{"name":…,"value":…,"step":…,"slice":…}`, mixed as
/// the job likes. NaN and Infinity as Python, R and Julia write them, and R's NA, become "no value" with the reason. At most 100,000 lines.
func readMetrics(_ bytes: [UInt8]) throws(MetricsProblem) -> [Metric] {
    var metrics: [Metric] = []
    var number = 0
    for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
        number += 1
        let text = trim(line)
        if text.isEmpty { continue }
        guard metrics.count < 100_000 else { throw MetricsProblem(text: "the metrics file has more than 100,000 lines") }
        do throws(MetricsProblem) {
            if text.first == UInt8(ascii: "{") {
                metrics.append(try jsonMetric(text))
            } else if let metric = try csvMetric(text, isFirst: number == 1) {
                metrics.append(metric)
            }
        } catch {
            throw MetricsProblem(text: "line \(number) of the metrics file \(error.text)")
        }
    }
    return metrics
}

private func trim(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 13 || byte == 9 }
    var rest = line.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest = rest.dropLast() }
    return rest
}

private func csvMetric(_ line: ArraySlice<UInt8>, isFirst: Bool) throws(MetricsProblem) -> Metric? {
    let fields = try csvFields(line)
    if isFirst, fields.count >= 2, fields[0].lowercased() == "name", fields[1].lowercased() == "value" { return nil }
    guard (2...4).contains(fields.count) else { throw MetricsProblem(text: "has \(fields.count) fields: write name,value or name,value,step,slice") }
    let step = fields.count > 2 && !fields[2].isEmpty ? fields[2] : nil
    let slice = fields.count > 3 && !fields[3].isEmpty ? fields[3] : nil
    return try metric(name: fields[0], value: fields[1], step: step, slice: slice)
}

/// Splits at commas; a field may be in double quotes, which are doubled inside it.
private func csvFields(_ line: ArraySlice<UInt8>) throws(MetricsProblem) -> [String] {
    var fields: [[UInt8]] = [[]]
    var isQuoted = false
    var at = line.startIndex
    while at < line.endIndex {
        let byte = line[at]
        let follows = at + 1 < line.endIndex ? line[at + 1] : nil
        if byte == UInt8(ascii: "\""), isQuoted, follows == byte {
            fields[fields.count - 1].append(byte)
            at += 1
        } else if byte == UInt8(ascii: "\"") {
            isQuoted.toggle()
        } else if byte == UInt8(ascii: ","), !isQuoted {
            fields.append([])
        } else {
            fields[fields.count - 1].append(byte)
        }
        at += 1
    }
    if isQuoted { throw MetricsProblem(text: "has a quotation mark that is not closed") }
    var texts: [String] = []
    for field in fields {
        guard let text = String(validating: trim(field[...]), as: UTF8.self) else { throw MetricsProblem(text: "is not UTF-8") }
        texts.append(text)
    }
    return texts
}

private func jsonMetric(_ line: ArraySlice<UInt8>) throws(MetricsProblem) -> Metric {
    var fields: [String: String] = [:]
    var scanner = JSONScanner(Array(line))
    do throws(JSONProblem) {
        try scanner.object { (name, scanner) throws(JSONProblem) in
            switch name {
            case "name", "slice":
                if scanner.isAtText { fields[name] = try scanner.string() } else { fields[name] = try scanner.scalar() }
            case "value", "step": fields[name] = scanner.isAtText ? try scanner.string() : try scanner.scalar()
            default: try scanner.value()
            }
        }
        try scanner.end()
    } catch {
        throw MetricsProblem(text: "is not JSON: \(error.text)")
    }
    guard let name = fields["name"], let value = fields["value"] else { throw MetricsProblem(text: "has no name or no value") }
    return try metric(
        name: name, value: value, step: fields["step"].flatMap { $0 == "null" ? nil : $0 },
        slice: fields["slice"].flatMap { $0 == "null" || $0.isEmpty ? nil : $0 })
}

private func metric(name: String, value: String, step: String?, slice: String?) throws(MetricsProblem) -> Metric {
    guard isName(name, longest: 128), slice.map({ isName($0, longest: 256) }) ?? true else {
        throw MetricsProblem(text: "has a name or slice that is empty, too long or not plain text")
    }
    var count: Int64?
    if let step {
        // R and Julia may write a whole step as 3.0.
        guard let whole = Int64(step) ?? Double(step).flatMap({ Int64(exactly: $0) }) else {
            throw MetricsProblem(text: "has a step that is not a whole number")
        }
        count = whole
    }
    if let reason = noValueReason(value) { return Metric(name: name, value: nil, noValueReason: reason, step: count, slice: slice) }
    guard let first = value.utf8.first, first == 45 || first == 43 || first == 46 || (48...57).contains(first), !value.lowercased().contains("x"),
        let number = Double(value)
    else { throw MetricsProblem(text: "has a value that is not a number") }
    // 1e999 is written as a number and is none that can be kept.
    guard number.isFinite else {
        return Metric(name: name, value: nil, noValueReason: number < 0 ? "-Infinity" : "Infinity", step: count, slice: slice)
    }
    return Metric(name: name, value: number, step: count, slice: slice)
}

private func isName(_ text: String, longest: Int) -> Bool {
    !text.isEmpty && text.utf8.count <= longest && text.utf8.allSatisfy { $0 >= 32 && $0 != 127 }
}

/// `NaN`, `Infinity`, `-Infinity` or `NA` for the words that languages write instead of a number.
private func noValueReason(_ value: String) -> String? {
    switch value.lowercased() {
    case "nan", "-nan", "+nan": "NaN"
    case "inf", "+inf", "infinity", "+infinity": "Infinity"
    case "-inf", "-infinity": "-Infinity"
    case "na", "null", "none": "NA"
    default: nil
    }
}
