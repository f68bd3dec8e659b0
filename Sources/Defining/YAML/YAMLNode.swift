// What a YAML file says, as a tree in which everything knows its place.
internal import Vocabulary

/// One value of a YAML file.
struct YAMLNode {
    enum Content {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    let content: Content
    let place: Place

    var scalar: YAMLScalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
    var items: [YAMLNode]? { if case .sequence(let items) = content { items } else { nil } }
    var entries: [YAMLEntry]? { if case .mapping(let entries) = content { entries } else { nil } }
    var isNull: Bool { scalar?.value == .null }

    /// What stands there, in words: `a list`, `the number 5`.
    var words: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.value {
            case .null: "nothing"
            case .boolean, .integer, .number, .text: scalar.words
            }
        }
    }
}

/// One `key: value` of a mapping.
struct YAMLEntry {
    let key: String
    let place: Place
    let value: YAMLNode
}

/// A scalar with the way it was written, on which its reading depends.
struct YAMLScalar {
    enum Style { case plain, quoted, block }

    let text: String
    let style: Style

    /// What the scalar means: quoted and block scalars are text, plain ones follow the core schema of YAML 1.2.
    var value: ScalarValue { style == .plain ? ScalarValue(plain: text) : .text(text) }

    var words: String {
        switch value {
        case .null: "nothing"
        case .boolean: "\(quoted(text)), which is true or false"
        case .integer, .number: "the number \(quoted(text))"
        case .text: "the text \(quoted(text))"
        }
    }
}

/// The types of YAML 1.2's core schema.
enum ScalarValue: Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)

    /// Reads a plain scalar (YAML 1.2.2, section 10.3.2): `on`, `yes` and `no` are words, and there are no dates.
    init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .boolean(true)
        case "false", "False", "FALSE": self = .boolean(false)
        case ".nan", ".NaN", ".NAN": self = .number(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": self = .number(.infinity)
        case "-.inf", "-.Inf", "-.INF": self = .number(-.infinity)
        default: self = ScalarValue.number(in: text) ?? .text(text)
        }
    }

    private static func number(in text: String) -> ScalarValue? {
        let bytes = Array(text.utf8)
        if text.hasPrefix("0o"), let value = Int64(text.dropFirst(2), radix: 8), bytes[2] != 43, bytes[2] != 45 { return .integer(value) }
        if text.hasPrefix("0x"), let value = Int64(text.dropFirst(2), radix: 16), bytes[2] != 43, bytes[2] != 45 { return .integer(value) }
        var index = bytes.first == 43 || bytes.first == 45 ? 1 : 0
        let whole = digits(bytes, &index)
        if index == bytes.count, whole > 0 { return Int64(text).map { .integer($0) } ?? Double(text).map { .number($0) } }
        var fraction = 0
        if index < bytes.count, bytes[index] == 46 {
            index += 1
            fraction = digits(bytes, &index)
        }
        guard whole + fraction > 0 else { return nil }
        if index < bytes.count, bytes[index] == 69 || bytes[index] == 101 {
            index += 1
            if index < bytes.count, bytes[index] == 43 || bytes[index] == 45 { index += 1 }
            guard digits(bytes, &index) > 0 else { return nil }
        }
        guard index == bytes.count else { return nil }
        // Swift's Double reads neither `.5` nor `5.` everywhere alike, so the zero is put in.
        let padded = (whole == 0 ? text.replacingFirstDot("0.") : fraction == 0 ? text.replacingFirstDot(".0") : text)
        return Double(padded).map { .number($0) }
    }

    private static func digits(_ bytes: [UInt8], _ index: inout Int) -> Int {
        let start = index
        while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
        return index - start
    }
}

extension String {
    fileprivate func replacingFirstDot(_ other: String) -> String {
        guard let dot = firstIndex(of: ".") else { return self }
        return self[..<dot] + other + self[index(after: dot)...]
    }
}
