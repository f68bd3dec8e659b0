// Dotted names in double braces: `{{metric.mape}}`.

enum Placeholders {
    /// The text with each `{{dotted.name}}` replaced by its value; formulas between dollar signs and unknown names stay as they are.
    static func fill(_ text: String, value: (String) -> String?, unknown: (String) -> Void) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "{")) else { return text }
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "$"), let end = formulaEnd(bytes, from: index) {
                out += bytes[index..<end]
                index = end
            } else if let (name, end) = placeholder(bytes, at: index) {
                if let value = value(name) { out += value.utf8 } else {
                    unknown(name)
                    out += bytes[index..<end]
                }
                index = end
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The end of a formula that begins here, by Pandoc's rule: no blank just inside the signs, no digit after the closing one.
    private static func formulaEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        let isDisplay = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "$")
        let width = isDisplay ? 2 : 1
        let first = start + width
        guard first < bytes.count, isDisplay || bytes[first] > 32 else { return nil }
        var index = first + 1
        while index + width <= bytes.count {
            if bytes[index] == UInt8(ascii: "$"), isDisplay ? bytes[index + 1] == UInt8(ascii: "$") : bytes[index - 1] > 32,
                isDisplay || index + 1 == bytes.count || !(48...57).contains(bytes[index + 1]) { return index + width }
            index += 1
        }
        return nil
    }

    private static func placeholder(_ bytes: [UInt8], at start: Int) -> (name: String, end: Int)? {
        guard start + 4 < bytes.count, bytes[start] == UInt8(ascii: "{"), bytes[start + 1] == UInt8(ascii: "{") else { return nil }
        var index = start + 2
        while index < bytes.count, bytes[index] == 32 { index += 1 }
        let first = index
        while index < bytes.count, AllowList.isAlphanumeric(bytes[index]) || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(bytes[index]) {
            index += 1
        }
        let name = bytes[first..<index]
        while index < bytes.count, bytes[index] == 32 { index += 1 }
        guard name.contains(UInt8(ascii: ".")), name.first != UInt8(ascii: "."), index + 1 < bytes.count, bytes[index] == UInt8(ascii: "}"),
            bytes[index + 1] == UInt8(ascii: "}")
        else { return nil }
        return (String(decoding: name, as: UTF8.self), index + 2)
    }
}
