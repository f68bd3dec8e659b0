// The TZif file format, RFC 9636 section 3: the 64-bit block where there is one, and the footer.

/// What stands in a TZif file, as far as offsets need it.
struct ZoneFile {
    /// Seconds since the epoch, ascending.
    private(set) var transitions: [Int64] = []
    /// The offset in seconds from each transition on.
    private(set) var offsets: [Int] = []
    /// The offset in seconds before the first transition.
    private(set) var firstOffset = 0
    /// The POSIX TZ string for the time after the last transition; empty when there is none.
    private(set) var footer: [UInt8] = []

    private struct Header {
        static let size = 44
        let version: UInt8
        let utc, standard, leap, times, types, characters: Int

        init(_ bytes: ArraySlice<UInt8>) throws {
            guard bytes.count >= Header.size, bytes.starts(with: Array("TZif".utf8)) else {
                throw SchedulingError(.notZoneData, detail: "it does not begin as a TZif file does")
            }
            let start = bytes.startIndex
            version = bytes[start + 4]
            let counts = (0..<6).map { Int(ZoneFile.number(bytes, at: start + 20 + $0 * 4, size: 4)) }
            guard counts.allSatisfy({ $0 >= 0 }) else { throw ZoneFile.cutOff }
            (utc, standard, leap, times, types, characters) = (counts[0], counts[1], counts[2], counts[3], counts[4], counts[5])
        }

        /// Bytes of the block after the header when a time takes this many.
        func blockSize(timeSize: Int) -> Int { times * (timeSize + 1) + types * 6 + characters + leap * (timeSize + 4) + standard + utc }
    }

    init(_ bytes: [UInt8]) throws {
        var header = try Header(bytes[...])
        var start = Header.size
        var timeSize = 4
        if header.version >= UInt8(ascii: "2") {
            start += header.blockSize(timeSize: 4)
            guard start <= bytes.count else { throw ZoneFile.cutOff }
            header = try Header(bytes[start...])
            start += Header.size
            timeSize = 8
        }
        let end = start + header.blockSize(timeSize: timeSize)
        guard end <= bytes.count, header.types > 0 else { throw ZoneFile.cutOff }
        try readBlock(bytes, from: start, header, timeSize: timeSize)
        if timeSize == 8 { try readFooter(bytes[end...]) }
    }

    private mutating func readBlock(_ bytes: [UInt8], from start: Int, _ header: Header, timeSize: Int) throws {
        let kinds = start + header.times * timeSize
        let types = kinds + header.times
        var typeOffsets: [Int] = []
        for index in 0..<header.types {
            let offset = Int(ZoneFile.number(bytes[...], at: types + index * 6, size: 4))
            guard abs(offset) < Int(TimeZoneRules.largestOffset) else {
                throw SchedulingError(.damagedZoneData, detail: "an offset from UTC is larger than 26 hours")
            }
            typeOffsets.append(offset)
        }
        firstOffset = typeOffsets[0]
        for index in 0..<header.times {
            let second = ZoneFile.number(bytes[...], at: start + index * timeSize, size: timeSize)
            let kind = Int(bytes[kinds + index])
            // RFC 9636, section 3.2: no time lies further away than 2^59 seconds.
            guard kind < typeOffsets.count, abs(second / 2) <= 1 << 58, transitions.last.map({ $0 < second }) ?? true else {
                throw SchedulingError(.damagedZoneData, detail: "its transitions are not in order")
            }
            transitions.append(second)
            offsets.append(typeOffsets[kind])
        }
    }

    private mutating func readFooter(_ rest: ArraySlice<UInt8>) throws {
        let newline = UInt8(ascii: "\n")
        guard rest.first == newline, let end = rest.dropFirst().firstIndex(of: newline) else { throw ZoneFile.cutOff }
        footer = Array(rest[(rest.startIndex + 1)..<end])
    }

    /// A signed big-endian number.
    private static func number(_ bytes: ArraySlice<UInt8>, at index: Int, size: Int) -> Int64 {
        var value: Int64 = bytes[index] & 0x80 == 0 ? 0 : -1
        for byte in bytes[index..<(index + size)] { value = value << 8 | Int64(byte) }
        return value
    }

    private static var cutOff: SchedulingError { SchedulingError(.damagedZoneData, detail: "it ends before it should") }
}
