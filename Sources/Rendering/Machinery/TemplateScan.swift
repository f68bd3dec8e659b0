// Reads the tags of a template: the part of Mustache that Almanac's templates use, with the line of each.
import Vocabulary

/// A tag that asks for something.
indirect enum TemplateTag: Sendable {
    case variable(String, raw: Bool, line: Int)
    case section(String, inverted: Bool, [TemplateTag], line: Int)
    case partial(String, line: Int)
}

/// The tags of one template, or what is wrong with it.
struct TemplateScan {
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var tags: [TemplateTag] = []
    private let file: String

    /// Scans a template's text; `file` stands in the diagnostics.
    init(_ text: String, file: String) {
        self.file = file
        let bytes = Array(text.utf8)
        var open: [(name: String, inverted: Bool, line: Int, tags: [TemplateTag])] = [("", false, 0, [])]
        var index = 0
        var line = 1
        while index < bytes.count {
            if bytes[index] == 10 { line += 1 }
            guard bytes[index] == 123, index + 1 < bytes.count, bytes[index + 1] == 123 else {
                index += 1
                continue
            }
            guard let end = Self.end(of: bytes, from: index + 2) else {
                complain(line, "a tag is opened by {{ and never closed", "write }} after the name")
                break
            }
            var inside = bytes[(index + 2)..<end]
            let start = line
            line += inside.count { $0 == 10 }
            index = end + 2
            let sign = inside.first ?? 0
            if sign == 123 {
                inside = inside.dropFirst()
                if index < bytes.count, bytes[index] == 125 { index += 1 } else { complain(start, "{{{ is closed by }}", "write }}}") }
            } else if Self.signs.contains(sign) {
                inside = inside.dropFirst()
            }
            let name = Self.trimmed(inside)
            if sign == UInt8(ascii: "!") { continue }
            guard Self.isName(name) else {
                complain(start, "{{\(name)}} is not a name", "use letters, digits, dots or a question mark")
                continue
            }
            switch sign {
            case UInt8(ascii: "#"), UInt8(ascii: "^"): open.append((name, sign == UInt8(ascii: "^"), start, []))
            case UInt8(ascii: "/"):
                guard open.count > 1, let section = open.last, section.name == name else {
                    complain(start, "{{/\(name)}} closes a section that is not open", "close the section that was opened last")
                    continue
                }
                open.removeLast()
                open[open.count - 1].tags.append(.section(name, inverted: section.inverted, section.tags, line: section.line))
            case UInt8(ascii: ">"): open[open.count - 1].tags.append(.partial(name, line: start))
            case 123, UInt8(ascii: "&"): open[open.count - 1].tags.append(.variable(name, raw: true, line: start))
            case UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: "<"), UInt8(ascii: "$"), UInt8(ascii: "*"):
                complain(start, "the tag {{\(Character(UnicodeScalar(sign)))\(name)}} is not used here", "use variables, sections, partials and comments")
            default: open[open.count - 1].tags.append(.variable(name, raw: false, line: start))
            }
        }
        for section in open.dropFirst() { complain(section.line, "the section {{#\(section.name)}} is never closed", "write {{/\(section.name)}}") }
        tags = open[0].tags
    }

    private mutating func complain(_ line: Int, _ message: String, _ suggestion: String) {
        diagnostics.append(Diagnostic(file: file, line: line, message, suggestion: suggestion))
    }

    private static let signs = Set("#^/>&!=%<$*".utf8)

    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + 1 < bytes.count {
            if bytes[index] == 125, bytes[index + 1] == 125 { return index }
            index += 1
        }
        return nil
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }
        let front = bytes.drop(while: isSpace)
        let rest = front.reversed().drop(while: isSpace).reversed()
        return String(decoding: Array(rest), as: UTF8.self)
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 46 || $0 == 45 || $0 == 95 || $0 == 63
            }
    }
}
