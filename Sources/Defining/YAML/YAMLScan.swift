// A first look over a YAML text for what is refused before the parser may see it: anchors, aliases, tags, tabs, depth.
internal import Vocabulary

/// Finds what Almanac refuses in YAML, with its place. Aliases have to be found before parsing, because a few of them can stand for
/// more than any memory holds.
struct YAMLScan {
    struct Problem {
        let place: Place
        let message: String
        let suggestion: String
    }

    private static let deepest = 64
    private static let widest = 200

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var lineStart = 0
    private var flowDepth = 0
    private var nodeStart = true
    /// Column (from 0) of the token that began the current block node, and of the last key or dash.
    private var tokenColumn = 0
    private var blockColumn = -1
    private var plainIndent: Int?
    private var seenContent = false
    private var stopped = false
    private var problems: [Problem] = []

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// Everything refused in a text whose line breaks are `\n`; at most twenty problems.
    static func problems(in text: String) -> [Problem] {
        var scan = YAMLScan(text)
        scan.run()
        return scan.problems
    }

    private mutating func run() {
        while index < bytes.count, !stopped, problems.count < 20 {
            beginLine()
            while index < bytes.count, bytes[index] != 10, !stopped { token() }
            endLine()
        }
    }

    private mutating func endLine() {
        guard index < bytes.count else { return }
        index += 1
        line += 1
        lineStart = index
    }

    private func byte(_ offset: Int = 0) -> UInt8? { index + offset < bytes.count ? bytes[index + offset] : nil }
    private func isBlank(_ byte: UInt8?) -> Bool { byte == nil || byte == 32 || byte == 9 || byte == 10 }

    private mutating func problem(_ message: String, _ suggestion: String) {
        problems.append(Problem(place: Place(line: line, column: column + 1), message: message, suggestion: suggestion))
    }

    /// Characters of this line before the current one.
    private var column: Int { bytes[lineStart..<min(index, bytes.count)].count { $0 & 0xC0 != 0x80 } }

    private mutating func beginLine() {
        while byte() == 32 { index += 1 }
        let indent = index - lineStart
        if byte() == 9, flowDepth == 0 {
            var end = index
            while end < bytes.count, bytes[end] == 9 || bytes[end] == 32 { end += 1 }
            if end < bytes.count, bytes[end] != 10, bytes[end] != 35 {
                problem("a tab stands in the indentation", "indent with spaces")
                stopped = true
            }
            return
        }
        if indent == 0, bytes[index...].starts(with: [45, 45, 45]), isBlank(byte(3)) {
            if seenContent {
                problem("a second document begins here", "write one document in a file; remove this line and what follows")
                stopped = true
            }
            seenContent = true
            index += 3
            (nodeStart, plainIndent, blockColumn) = (true, nil, -1)
            return
        }
        if let plainIndent, flowDepth > 0 || indent > plainIndent {
            nodeStart = false
        } else if byte() != 10, byte() != 35 {
            (nodeStart, plainIndent) = (true, nil)
        }
        if nodeStart, flowDepth == 0 { blockColumn = indent - 1 }
    }

    private mutating func token() {
        guard let byte = byte() else { return }
        if byte == 32 || byte == 9 { index += 1; return }
        if byte == 35, index == lineStart || isBlank(bytes[index - 1]) { skipLine(); return }
        seenContent = true
        if flowDepth > 0, flowIndicator(byte) { return }
        if byte == 58, isBlank(self.byte(1)) || flowDepth > 0 && ends(self.byte(1)) {
            index += 1
            (nodeStart, plainIndent) = (true, nil)
            if flowDepth == 0 { blockColumn = tokenColumn }
            return
        }
        if nodeStart { startNode(byte) } else { index += 1 }
    }

    private func ends(_ byte: UInt8?) -> Bool { byte == 44 || byte == 91 || byte == 93 || byte == 123 || byte == 125 || byte == 34 || byte == 39 }

    private mutating func flowIndicator(_ byte: UInt8) -> Bool {
        switch byte {
        case 91, 123: open()
        case 93, 125: (flowDepth, nodeStart, plainIndent) = (flowDepth - 1, false, nil)
        case 44: (nodeStart, plainIndent) = (true, nil)
        default: return false
        }
        index += 1
        return true
    }

    private mutating func open() {
        flowDepth += 1
        (nodeStart, plainIndent) = (true, nil)
        if flowDepth > YAMLScan.deepest { tooDeep() }
    }

    private mutating func tooDeep() {
        problem("the text is nested too deeply", "use fewer levels")
        stopped = true
    }

    private mutating func startNode(_ byte: UInt8) {
        let column = index - lineStart
        if byte == 45 || byte == 63, flowDepth == 0, isBlank(self.byte(1)) {
            blockColumn = column
            index += 1
            if column > YAMLScan.widest { tooDeep() }
            return
        }
        if flowDepth == 0 {
            tokenColumn = column
            if column > YAMLScan.widest, bytes[lineStart..<index].allSatisfy({ $0 == 32 }) { tooDeep() }
        }
        nodeStart = false
        switch byte {
        case 91, 123:
            open()
            index += 1
        case 34, 39: skipQuoted(byte)
        case 124, 62: if flowDepth == 0 { skipBlockScalar() } else { index += 1 }
        case 38 where !isBlank(self.byte(1)): refuse("anchors (`&name`) are refused", "write the value out, or put a text that begins with `&` in quotes")
        case 42: refuse("aliases (`*name`) are refused", "put a text that begins with `*` in quotes, or write the value out")
        case 33: refuse("tags (`!name`) are refused", "leave the tag out, or put a text that begins with `!` in quotes")
        case 64, 96, 37:
            let sign = String(UnicodeScalar(byte))
            refuse(sign == "`" ? "a text cannot begin with a backtick" : "a text cannot begin with `\(sign)`", "put it in quotes")
        default:
            plainIndent = flowDepth > 0 ? -1 : indentOfLine
            index += 1
        }
    }

    private var indentOfLine: Int { bytes[lineStart...].prefix { $0 == 32 }.count }

    private mutating func refuse(_ message: String, _ suggestion: String) {
        problem(message, suggestion)
        // The rest of the token says nothing new.
        while let byte = byte(), byte != 10, flowDepth == 0 || !ends(byte) { index += 1 }
    }

    private mutating func skipLine() { while let byte = byte(), byte != 10 { index += 1 } }

    private mutating func skipQuoted(_ quote: UInt8) {
        index += 1
        while let byte = byte() {
            if byte == 10 { endLine(); continue }
            index += byte == 92 && quote == 34 && self.byte(1) != 10 ? 2 : 1
            if byte == quote {
                if quote == 39, self.byte() == 39 { index += 1; continue }
                return
            }
        }
        index = min(index, bytes.count)
    }

    private mutating func skipBlockScalar() {
        index += 1
        var content: Int?
        while let byte = byte(), byte != 10 {
            if content == nil, (49...57).contains(byte) { content = max(blockColumn, 0) + Int(byte - 48) }
            if byte == 35 { skipLine(); break }
            index += 1
        }
        while index < bytes.count {
            let start = index + 1
            var end = start
            while end < bytes.count, bytes[end] == 32 { end += 1 }
            let indent = end - start
            if end < bytes.count, bytes[end] != 10 {
                let needed = content ?? max(indent, blockColumn + 1)
                content = needed
                if indent < needed { return }
            }
            endLine()
            skipLine()
        }
    }
}
