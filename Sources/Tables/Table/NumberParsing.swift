// Numbers from bytes, without making a text of them where that is avoidable.

enum NumberParsing {
    private static let powers: [Double] = (0...22).map { power in (0..<power).reduce(1.0) { value, _ in value * 10 } }

    /// The whole number that these bytes are, or nil; `007` is not one, for it is somebody's code.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var index = 0
        var negative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            negative = sign == UInt8(ascii: "-")
            index = 1
        }
        let digits = bytes.count - index
        guard digits >= 1, digits <= 19, digits == 1 || bytes[index] != 48 else { return nil }
        var value: UInt64 = 0
        while index < bytes.count {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + UInt64(digit)
            index += 1
        }
        if negative { return value <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- value) : nil }
        return Int64(exactly: value)
    }

    /// The finite number that these bytes are with this decimal sign, or nil. Digits with leading zeros (`0049`) are not a number.
    static func number(_ bytes: UnsafeBufferPointer<UInt8>, decimal: UInt8) -> Double? {
        var index = 0
        var negative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            negative = sign == UInt8(ascii: "-")
            index = 1
        }
        let start = index
        var mantissa: UInt64 = 0
        var significant = 0
        var digits = 0
        var scale = 0
        var point = false
        while index < bytes.count {
            let digit = bytes[index] &- 48
            if digit < 10 {
                digits += 1
                if significant > 0 || digit > 0 { significant += 1 }
                if significant <= 18 { mantissa = mantissa * 10 + UInt64(digit) }
                if point { scale -= 1 }
            } else if bytes[index] == decimal, !point {
                if index - start > 1, bytes[start] == 48 { return nil }
                point = true
            } else {
                break
            }
            index += 1
        }
        guard digits > 0 else { return nil }
        if !point, index - start > 1, bytes[start] == 48 { return nil }
        if index < bytes.count {
            guard bytes[index] | 32 == UInt8(ascii: "e"), let exponent = exponent(bytes, from: index + 1) else { return nil }
            scale += exponent
        }
        // Exact when both the digits and the power of ten are exact doubles (Clinger 1990); otherwise the standard library reads it.
        if significant <= 15, (-22...22).contains(scale) {
            let size = scale < 0 ? Double(mantissa) / powers[-scale] : Double(mantissa) * powers[scale]
            return negative ? -size : size
        }
        let text = String(decoding: bytes.map { $0 == decimal ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// How many decimals a number is written with: 2 for `579.00`, 7 for `1.5e-6`, 0 for `1.5e3`. The bytes are a number.
    static func decimals(_ bytes: UnsafeBufferPointer<UInt8>, decimal: UInt8) -> Int {
        guard let point = bytes.firstIndex(of: decimal) ?? bytes.firstIndex(where: { $0 | 32 == UInt8(ascii: "e") }) else { return 0 }
        var index = point
        if bytes[index] == decimal {
            index += 1
            while index < bytes.count, bytes[index] &- 48 < 10 { index += 1 }
        }
        let written = max(0, index - point - 1)
        guard index < bytes.count, let power = exponent(bytes, from: index + 1) else { return written }
        return max(0, written - power)
    }

    private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start
        var negative = false
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
            negative = bytes[index] == UInt8(ascii: "-")
            index += 1
        }
        guard index < bytes.count, bytes.count - index <= 5 else { return nil }
        var value = 0
        while index < bytes.count {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
            index += 1
        }
        return negative ? -value : value
    }
}
