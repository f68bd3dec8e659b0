// The repository's own files, as the house rules read them.
import FoundationEssentials

/// One Swift file of the repository.
struct SourceFile: Sendable, CustomStringConvertible {
    /// From the repository's root.
    let path: String
    let lines: [Substring]

    /// The target it belongs to: the second part of its path.
    var room: String { String(path.split(separator: "/")[1]) }
    var description: String { path }

    /// Modules that it imports.
    var imports: [String] {
        lines.compactMap { line in
            // An import stands at the beginning of its line; those of other languages stand inside strings.
            guard line.first != " " else { return nil }
            var words = line.split(separator: " ")[...]
            while let first = words.first, ["package", "public", "private", "internal", "fileprivate", "@testable", "@preconcurrency"].contains(first) {
                words = words.dropFirst()
            }
            guard words.first == "import", let module = words.dropFirst().first else { return nil }
            return ["struct", "class", "enum", "func", "protocol", "var", "let", "typealias"].contains(module)
                ? words.dropFirst(2).first.map { String($0.split(separator: ".")[0]) } : String(module.split(separator: ".")[0])
        }
    }

    /// Its lines without comments and without the contents of one-line strings.
    var code: [(number: Int, text: String)] {
        lines.enumerated().compactMap { index, line in
            let text = String(line)
            let trimmed = text.drop { $0 == " " }
            return trimmed.hasPrefix("//") ? nil : (index + 1, text)
        }
    }
}

/// Where the repository is.
enum Repository {
    static let root: String = {
        var parts = #filePath.split(separator: "/").map(String.init)
        parts.removeLast(3)
        return "/" + parts.joined(separator: "/")
    }()

    /// Every Swift file under a folder of the repository.
    static func swiftFiles(_ folder: String) -> [SourceFile] {
        guard let walker = try? FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder) else { return [] }
        return walker.sorted().filter { $0.hasSuffix(".swift") && !$0.contains("/Cases/") && !$0.contains("/Golden/") }.compactMap { path in
            guard let data = try? Data(contentsOf: URL(filePath: root + "/" + folder + "/" + path)) else { return nil }
            let text = String(decoding: data, as: UTF8.self)
            return SourceFile(path: folder + "/" + path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    static let sources = swiftFiles("Sources")
    static let tests = swiftFiles("Tests")
}
