// The nearest double to a decimal number, exactly rounded.

/// From digits and a power of ten to a double, after Lemire, "Number parsing at a gigabyte per second" (Software: Practice and Experience 51, 2021),
/// for the powers -27 to 55, for which one product of 64 by 128 bits always decides.
enum DoubleRounding {
    /// Written out, so that the compiler lays them down and no reader asks whether they are there.
    private static let tens: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
    private static let powers = -27...55

    /// The 128 leading bits of each power of five, cut off for those that are longer, rounded up for inverses.
    private static let fives: [UInt128] = powers.map { power in
        if power >= 0 {
            let value = (0..<power).reduce(UInt128(1)) { value, _ in value * 5 }
            return value << UInt128(value.leadingZeroBitCount)
        }
        // 2^(bits + 127) / 5^n + 1, where 2^bits is the next power of two: long division of 128 bits by 64.
        let divisor = (0..<(-power)).reduce(UInt64(1)) { value, _ in value * 5 }
        let bits = 64 - (divisor - 1).leadingZeroBitCount
        let (high, rest) = divisor.dividingFullWidth((UInt64(1) << UInt64(bits - 1), 0))
        let (low, _) = divisor.dividingFullWidth((rest, 0))
        return (UInt128(high) << 64 | UInt128(low)) + 1
    }

    /// `digits` × 10^`power`, or nil where this method does not reach.
    @inline(__always)
    static func value(_ digits: UInt64, _ power: Int) -> Double? {
        if digits == 0 { return 0 }
        // Exact when both are exact doubles (Clinger, PLDI 1990).
        if digits <= 1 << 53, power >= -22, power <= 22 {
            return tens.withUnsafeBufferPointer { power < 0 ? Double(digits) / $0[0 &- power] : Double(digits) * $0[power] }
        }
        return rounded(digits, power)
    }

    @inline(never)
    private static func rounded(_ digits: UInt64, _ power: Int) -> Double? {
        guard powers.contains(power) else { return nil }
        let five = fives[power - powers.lowerBound]
        let zeros = digits.leadingZeroBitCount
        let wide = digits << UInt64(zeros)
        var (high, low) = wide.multipliedFullWidth(by: UInt64(truncatingIfNeeded: five >> 64))
        if high & 0x1FF == 0x1FF {
            let more = wide.multipliedFullWidth(by: UInt64(truncatingIfNeeded: five)).high
            let (sum, carries) = low.addingReportingOverflow(more)
            low = sum
            if carries { high &+= 1 }
        }
        let upper = Int(high >> 63)
        let shift = UInt64(upper + 9)
        var mantissa = high >> shift
        var exponent = ((217_706 * power) >> 16) + 63 + upper - zeros + 1023
        // Half way between two doubles: to the even one.
        if low <= 1, (-4...23).contains(power), mantissa & 3 == 1, mantissa << shift == high { mantissa &= ~1 }
        mantissa = (mantissa + (mantissa & 1)) >> 1
        if mantissa >= 1 << 53 {
            mantissa = 1 << 52
            exponent += 1
        }
        return Double(bitPattern: UInt64(exponent) << 52 | mantissa & ~(1 << 52))
    }
}
