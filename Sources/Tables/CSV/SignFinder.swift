// Finds the few bytes of a text that mean something for its rows and cells, eight bytes at a time.

/// Goes from one delimiter, quotation mark or byte below 14 (line ends, NUL) to the next. The text ends with at least 64 zeros, so that there is always one.
struct SignFinder {
    private let bytes: UnsafeRawPointer
    private let delimiters: UInt64
    private var block: Int
    private var found: UInt64 = 0

    private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    private static let quotes: UInt64 = 0x2222_2222_2222_2222

    /// Begins at an offset of the text.
    @inline(__always)
    init(_ bytes: UnsafeRawPointer, from start: Int, delimiter: UInt8) {
        self.bytes = bytes
        delimiters = UInt64(delimiter) &* 0x0101_0101_0101_0101
        block = start
        found = load()
    }

    /// The place of the next one.
    @inline(__always)
    mutating func next() -> Int {
        while found == 0 {
            block &+= 64
            found = load()
        }
        let place = block &+ found.trailingZeroBitCount
        found &= found &- 1
        return place
    }

    /// One bit for each of 64 bytes.
    @inline(__always)
    private func load() -> UInt64 {
        var bits: UInt64 = 0
        for part in 0..<8 {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: block &+ part &* 8, as: UInt64.self))
            let (delimiter, quote) = (word ^ delimiters, word ^ SignFinder.quotes)
            // The highest bit of each byte that is not: no delimiter, no quotation mark, not below 14 (exact in each byte, no carry goes beyond it).
            let others = ((delimiter & SignFinder.low) &+ SignFinder.low | delimiter) & ((quote & SignFinder.low) &+ SignFinder.low | quote)
                & ((word & SignFinder.low) &+ 0x7272_7272_7272_7272 | word)
            let signs = (~others & 0x8080_8080_8080_8080) &>> 7
            bits |= ((signs &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(part &* 8)
        }
        return bits
    }
}
