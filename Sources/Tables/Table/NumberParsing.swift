// Numbers from bytes, without making a text of them where that is avoidable.

enum NumberParsing {
    /// A number, and how many decimals it is written with: 2 for `579.00`, 7 for `1.5e-6`, 0 for `1.5e3`.
    struct Reading {
        var value: Double
        var decimals: Int
    }

    /// The whole number that these bytes are, or nil; `007` is not one, for it is somebody's code.
    @inline(__always)
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>, _ form: NumberForm) -> Int64? {
        if let value = integer(bytes) { return value }
        return form.ungrouped(bytes)?.withUnsafeBufferPointer { integer($0) }
    }

    /// A whole number of digits only.
    @inline(__always)
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var index = 0
        var negative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            negative = sign == UInt8(ascii: "-")
            index = 1
        }
        let digits = bytes.count &- index
        guard digits >= 1, digits <= 19, digits == 1 || bytes[index] != 48 else { return nil }
        var value: UInt64 = 0
        while index < bytes.count {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ UInt64(digit)
            index &+= 1
        }
        if negative { return value <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- value) : nil }
        return Int64(exactly: value)
    }

    /// The finite number that these bytes are in this form, or nil. Digits with leading zeros (`0049`) are not a number.
    @inline(__always)
    static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ form: NumberForm) -> Reading? {
        if let reading = plain(bytes, decimal: form.decimal) { return reading }
        return form.ungrouped(bytes)?.withUnsafeBufferPointer { plain($0, decimal: form.decimal) }
    }

    @inline(__always)
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>, decimal: UInt8) -> Reading? {
        let count = bytes.count
        var index = 0
        var negative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            negative = sign == UInt8(ascii: "-")
            index = 1
        }
        let start = index
        // Up to 19 digits fit; what is longer is read another way.
        var mantissa: UInt64 = 0
        while index < count {
            let digit = bytes[index] &- 48
            guard digit < 10 else { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            index &+= 1
        }
        var digits = index &- start
        if digits > 1, bytes[start] == 48 { return nil }
        var scale = 0
        if index < count, bytes[index] == decimal {
            index &+= 1
            let first = index
            while index &+ 8 <= count, let eight = eightDigits(bytes, index) {
                mantissa = mantissa &* 100_000_000 &+ eight
                index &+= 8
            }
            while index < count {
                let digit = bytes[index] &- 48
                guard digit < 10 else { break }
                mantissa = mantissa &* 10 &+ UInt64(digit)
                index &+= 1
            }
            scale = first &- index
            digits &-= scale
        }
        guard digits > 0 else { return nil }
        if index < count {
            guard bytes[index] | 32 == UInt8(ascii: "e"), let exponent = exponent(bytes, from: index &+ 1) else { return nil }
            scale &+= exponent
        }
        let decimals = max(0, 0 &- scale)
        if digits <= 19 || significant(bytes, from: start) <= 19, let size = DoubleRounding.value(mantissa, scale) {
            return Reading(value: negative ? -size : size, decimals: decimals)
        }
        return standard(bytes, decimal: decimal).map { Reading(value: $0, decimals: decimals) }
    }

    /// The number that eight bytes are when all are digits, found from pairs, fours and eights at once (Lemire 2021, as for the rounding).
    @inline(__always)
    private static func eightDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt64? {
        let word = UInt64(littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let high: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        guard (word & high) | (((word &+ 0x0606_0606_0606_0606) & high) &>> 4) == 0x3333_3333_3333_3333 else { return nil }
        let pairs = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) &>> 8
        let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
        return ((fours & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
    }

    /// Digits without the zeros that lead.
    @inline(never)
    private static func significant(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var digits = 0
        for byte in bytes[start...] {
            if byte | 32 == UInt8(ascii: "e") { break }
            if byte &- 48 < 10, digits > 0 || byte != 48 { digits += 1 }
        }
        return digits
    }

    /// Reads what is long or far from 1 with the standard library, which rounds correctly too.
    @inline(never)
    private static func standard(_ bytes: UnsafeBufferPointer<UInt8>, decimal: UInt8) -> Double? {
        let text = String(decoding: bytes.map { $0 == decimal ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
        guard let value = Double(text), value.isFinite else { return nil }
        return value
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
