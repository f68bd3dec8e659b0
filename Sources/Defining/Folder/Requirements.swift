// requirements.txt: a look at whether each line pins its version.
internal import Vocabulary

/// Checks lock files of Python.
enum Requirements {
    /// Warns about each line that may mean another package tomorrow.
    static func check(_ text: String, into findings: Findings) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let code = withoutComment(line)
            guard let first = code.first, first != "-" else {
                // Options and hashes are pip's business; a file that is named by another one is not looked at.
                continue
            }
            let name = String(code.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." })
            let rest = code.dropFirst(name.count).filter { $0 != " " }
            let specifier = rest.hasPrefix("[") ? rest.drop { $0 != "]" }.dropFirst() : Substring(rest)
            let pinned = specifier.hasPrefix("==") && !specifier.prefix { $0 != ";" }.hasSuffix("*") || specifier.hasPrefix("@")
            if !pinned, !name.isEmpty {
                findings.warn(
                    Place(line: index + 1, column: 1), "\(quoted(name)) is not pinned, so a later build may run other code",
                    "write `\(name)==` and its version")
            }
        }
    }

    private static func withoutComment(_ line: Substring) -> String {
        var code = line
        if line.hasPrefix("#") { return "" }
        if let hash = line.indices.first(where: { line[$0] == "#" && $0 > line.startIndex && line[line.index(before: $0)] == " " }) { code = line[..<hash] }
        return String(code).trimmingBlanks()
    }
}
