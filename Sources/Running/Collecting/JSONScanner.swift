// Reads JSON as Python writes it: strict, but for NaN and Infinity.

/// What is wrong with a JSON text, and where.
struct JSONProblem: Error {
    /// A sentence without a full stop at its end.
    let text: String
    /// From 1.
    let line: Int
}

/// Walks over a JSON text (RFC 8259, with the words `NaN`, `Infinity` and `-Infinity` besides numbers), without building a tree.
struct JSONScanner {
    private let bytes: [UInt8]
    private var at = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark is not JSON, but every reader skips it.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private func problem(_ text: String) -> JSONProblem {
        JSONProblem(text: text, line: 1 + bytes[..<min(at, bytes.count)].count { $0 == 10 })
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { at += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        at += 1
        return true
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let fits = word.withUTF8Buffer { bytes[at...].starts(with: $0) }
        if fits { at += word.utf8CodeUnitCount }
        return fits
    }

    /// Goes over one whole text: a value and nothing after it.
    mutating func whole() throws(JSONProblem) {
        try value()
        try end()
    }

    /// Nothing but space follows.
    mutating func end() throws(JSONProblem) {
        skipSpace()
        if next != nil { throw problem("something follows the end of the value") }
    }

    /// Goes over the members of an object; `member` gets each name and must go over its value.
    mutating func object(_ member: (String, inout JSONScanner) throws(JSONProblem) -> Void) throws(JSONProblem) {
        skipSpace()
        guard take(UInt8(ascii: "{")) else { throw problem("an object was expected") }
        skipSpace()
        if take(UInt8(ascii: "}")) { return }
        while true {
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw problem("a colon is missing after a name") }
            try member(name, &self)
            skipSpace()
            if take(UInt8(ascii: "}")) { return }
            guard take(UInt8(ascii: ",")) else { throw problem("a comma or the end of an object is missing") }
        }
    }

    /// Goes over one value.
    mutating func value() throws(JSONProblem) {
        skipSpace()
        depth += 1
        defer { depth -= 1 }
        guard depth <= 256 else { throw problem("it is nested more than 256 levels deep") }
        switch next {
        case UInt8(ascii: "{"):
            try object { (_, scanner) throws(JSONProblem) in try scanner.value() }
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "\""): _ = try string()
        default: _ = try scalar()
        }
    }

    private mutating func array() throws(JSONProblem) {
        at += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return }
        while true {
            try value()
            skipSpace()
            if take(UInt8(ascii: "]")) { return }
            guard take(UInt8(ascii: ",")) else { throw problem("a comma or the end of a list is missing") }
        }
    }

    /// Whether a text in quotes comes next.
    var isAtText: Bool {
        mutating get {
            skipSpace()
            return next == UInt8(ascii: "\"")
        }
    }

    /// A number or one of the words, as it stands there.
    mutating func scalar() throws(JSONProblem) -> String {
        skipSpace()
        let start = at
        if take("null") || take("true") || take("false") || take("NaN") || take("Infinity") || take("-Infinity") { return text(from: start) }
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return text(from: start)
    }

    private func text(from start: Int) -> String { String(decoding: bytes[start..<at], as: UTF8.self) }

    private mutating func digits() throws(JSONProblem) {
        let start = at
        while let byte = next, (48...57).contains(byte) { at += 1 }
        if at == start { throw problem(next == nil ? "it ends in the middle of a value" : "a value was expected") }
    }

    /// A string with its escapes worked out.
    mutating func string() throws(JSONProblem) -> String {
        skipSpace()
        guard take(UInt8(ascii: "\"")) else { throw problem("a text in double quotes was expected") }
        var units: [UInt8] = []
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else { throw problem("a text is not UTF-8") }
                return text
            case UInt8(ascii: "\\"): try escape(into: &units)
            case 0..<32: throw problem("a control character stands in a text")
            default: units.append(byte)
            }
        }
        throw problem("a text is not closed")
    }

    private mutating func escape(into units: inout [UInt8]) throws(JSONProblem) {
        let plain: [UInt8: UInt8] = [34: 34, 92: 92, 47: 47, 98: 8, 102: 12, 110: 10, 114: 13, 116: 9]
        guard let byte = next else { throw problem("a text is not closed") }
        at += 1
        if let meant = plain[byte] {
            units.append(meant)
            return
        }
        guard byte == UInt8(ascii: "u") else { throw problem("an escape is not one of JSON's") }
        var code = try hexadecimal()
        if (0xD800..<0xDC00).contains(code), take("\\u") {
            let low = try hexadecimal()
            code = (0xDC00..<0xE000).contains(low) ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
        }
        // Half a surrogate pair, which JSON allows and Unicode does not, becomes the replacement character.
        units += Array(String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
    }

    private mutating func hexadecimal() throws(JSONProblem) -> UInt32 {
        guard at + 4 <= bytes.count, bytes[at..<at + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw problem("an escape is not one of JSON's") }
        at += 4
        return value
    }
}
