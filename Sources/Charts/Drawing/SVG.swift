// Writes SVG: elements, attributes, escaped text.

struct SVG {
    static let fontSize = 13.0
    private(set) var text = ""

    mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        start(name, attributes)
        text += ">"
    }

    mutating func close(_ name: String) { text += "</\(name)>\n" }

    mutating func leaf(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        start(name, attributes)
        text += "/>\n"
    }

    mutating func write(_ words: String, in name: String, _ attributes: KeyValuePairs<String, String>) {
        open(name, attributes)
        text += SVG.escaped(words)
        close(name)
    }

    /// A label whose baseline begins, ends or is centred at a point.
    mutating func label(_ words: String, x: Double, y: Double, anchor: String = "start", kind: String) {
        write(words, in: "text", ["class": kind, "x": SVG.number(x), "y": SVG.number(y), "text-anchor": anchor])
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, kind: String) {
        leaf("line", ["class": kind, "x1": SVG.number(x1), "y1": SVG.number(y1), "x2": SVG.number(x2), "y2": SVG.number(y2)])
    }

    mutating func add(_ other: SVG) { text += other.text }

    private mutating func start(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        text += "<\(name)"
        for (key, value) in attributes { text += " \(key)=\"\(SVG.escaped(value))\"" }
    }

    /// A coordinate with at most one decimal.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let size = tenths.magnitude
        return (tenths < 0 ? "-" : "") + String(size / 10) + (size % 10 == 0 ? "" : ".\(size % 10)")
    }

    /// Text for content and quoted attributes; what XML does not allow is left out.
    static func escaped(_ words: String) -> String {
        var bytes: [UInt8] = []
        for byte in words.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case 0..<9, 11, 12, 14..<32: break
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
