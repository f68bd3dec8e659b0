// What a file of the house looks like: its opening, its length, its names, and what it never holds.
import Testing

@Suite struct `Files` {
    @Test func `each opens with one sentence saying what it is`() {
        for file in Repository.sources + Repository.tests {
            let first = file.lines.first ?? ""
            #expect(first.hasPrefix("// ") && first.count > 12, "\(file) begins with: \(first)")
        }
    }

    @Test func `sources have at most 400 lines, tests 600`() {
        for file in Repository.sources where !file.path.contains("/Migrations/") { #expect(file.lines.count <= 400, "\(file): \(file.lines.count)") }
        for file in Repository.tests { #expect(file.lines.count <= 600, "\(file): \(file.lines.count)") }
    }

    @Test func `types do not hide behind empty words`() {
        let refused = ["Manager", "Helper", "Helpers", "Util", "Utils", "Controller", "Impl", "Base", "Info", "Common", "Core"]
        let kinds = ["struct", "class", "enum", "actor", "protocol", "typealias"]
        for file in Repository.sources {
            for line in file.code {
                let words = line.text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
                for (kind, name) in zip(words, words.dropFirst()) where kinds.contains(String(kind)) && name.first?.isUppercase == true {
                    #expect(!refused.contains { name.hasSuffix($0) }, "\(file):\(line.number): \(name)")
                }
            }
        }
    }

    @Test func `nothing escapes the compiler's checks or ends the process`() {
        let refused = ["@unchecked Sendable", "@MainActor", "try!", "fatalError(", "Thread.sleep", "as! "]
        for file in Repository.sources {
            for line in file.code {
                for word in refused { #expect(!line.text.contains(word), "\(file):\(line.number): \(word)") }
            }
        }
    }

    @Test func `every package type and function says what it is`() {
        let kinds = ["package struct ", "package enum ", "package protocol ", "package final class ", "package actor ", "package func ", "package static func ", "package mutating func "]
        // What a protocol of the house promises is said there, not again where it is kept.
        let promises = Repository.sources.filter { $0.lines.contains { $0.hasPrefix("package protocol ") } }
        let promised = promises.flatMap(\.lines).filter { $0.hasPrefix("    func ") }.map { line in
            "package " + line.drop { $0 == " " }.split(separator: "(")[0] + "("
        }
        for file in Repository.sources {
            for (index, line) in file.lines.enumerated() {
                let text = line.drop { $0 == " " }
                guard kinds.contains(where: { text.hasPrefix($0) }), !promised.contains(where: { text.hasPrefix($0) }), !text.contains(" == (left"), !text.contains(" < (left"), !text.contains("func encode(to") else { continue }
                var above = index - 1
                while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
                let comment = above >= 0 ? file.lines[above].drop { $0 == " " } : ""
                #expect(comment.hasPrefix("///"), "\(file):\(index + 1): \(text)")
            }
        }
    }

    @Test func `nothing unfinished is left in the sources`() {
        for file in Repository.sources {
            for (index, line) in file.lines.enumerated() {
                for word in ["TODO", "FIXME", "XXX"] { #expect(!line.contains(word), "\(file):\(index + 1)") }
            }
        }
    }
}
