// Turns the bytes of a file into UTF-8, whatever it is written in.

/// Tells UTF-8 from Latin-1 and Windows-1252 at the first letter that is not ASCII, and turns the latter into the former. Keeps a few bytes.
///
/// Text that begins with a byte order mark, or in which a letter beyond ASCII is written as UTF-8 before anything that is not, is UTF-8, and a byte
/// that is not is a mistake in it. Text whose first such byte is no UTF-8 is Latin-1 or Windows-1252, in which every byte means a letter.
struct TextDecoder {
    private enum State { case start, ascii, deciding, utf8, single }
    /// The longest letter of UTF-8.
    private static let window = 4

    private var state = State.start
    private var waiting: [UInt8] = []
    private(set) var encoding = CSVDialect.Encoding.utf8
    private(set) var hasMark = false
    /// Whether anything beyond ASCII was seen that has to be UTF-8.
    var mustBeChecked: Bool { state == .utf8 }

    /// Adds what the next bytes mean to a text.
    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) {
        var rest = bytes
        if state == .start {
            waiting += rest
            guard waiting.count >= 3 else { return }
            return decodeWaiting(into: &text)
        }
        if state == .ascii {
            let plain = Self.plainPrefix(rest)
            text += UnsafeBufferPointer(rebasing: rest[..<plain])
            guard plain < rest.count else { return }
            rest = UnsafeBufferPointer(rebasing: rest[plain...])
            state = .deciding
        }
        switch state {
        case .deciding:
            waiting += rest
            if waiting.count >= Self.window { decide(into: &text) }
        case .single: append(rest, to: &text)
        default: text += rest
        }
    }

    /// Adds what was kept back, at the end of the file.
    mutating func finish(into text: inout [UInt8]) {
        if state == .start { decodeWaiting(into: &text) }
        if state == .deciding { decide(into: &text) }
    }

    private mutating func decodeWaiting(into text: inout [UInt8]) {
        var first: [UInt8] = []
        swap(&first, &waiting)
        hasMark = first.starts(with: [0xEF, 0xBB, 0xBF])
        state = hasMark ? .utf8 : .ascii
        first.withUnsafeBufferPointer { decode(hasMark ? UnsafeBufferPointer(rebasing: $0[3...]) : $0, into: &text) }
    }

    private mutating func decide(into text: inout [UInt8]) {
        var kept: [UInt8] = []
        swap(&kept, &waiting)
        kept.withUnsafeBufferPointer { bytes in
            let isUTF8 = UTF8Check.firstInvalid(bytes) != 0
            state = isUTF8 ? .utf8 : .single
            if isUTF8 {
                text += bytes
            } else {
                encoding = .latin1
                append(bytes, to: &text)
            }
        }
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        text.reserveCapacity(text.count + bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else if byte < 0xA0 {
                encoding = .windows1252
                Self.additions[Int(byte) - 0x80].withUTF8Buffer { text += $0 }
            } else {
                text.append(0xC0 | byte >> 6)
                text.append(0x80 | byte & 0x3F)
            }
        }
    }

    /// How many bytes at the beginning are ASCII.
    static func plainPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = 0
        let raw = UnsafeRawBufferPointer(bytes)
        while index + 8 <= raw.count, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { index += 8 }
        while index < raw.count, raw[index] < 0x80 { index += 1 }
        return index
    }

    /// What Windows-1252 has at 0x80 to 0x9F; the five bytes that it leaves out are controls (encoding.spec.whatwg.org, "index windows-1252").
    private static let additions: [StaticString] = [
        "\u{20AC}", "\u{81}", "\u{201A}", "\u{0192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}", "\u{02C6}", "\u{2030}", "\u{0160}",
        "\u{2039}", "\u{0152}", "\u{8D}", "\u{017D}", "\u{8F}", "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}",
        "\u{2013}", "\u{2014}", "\u{02DC}", "\u{2122}", "\u{0161}", "\u{203A}", "\u{0153}", "\u{9D}", "\u{017E}", "\u{0178}",
    ]
}
