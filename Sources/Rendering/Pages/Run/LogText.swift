// The end of a log as text that is safe to show.

/// A part of a log for a page.
struct LogText: Sendable {
    /// Whole lines, without terminal colours and control characters.
    let text: String
    /// What is not shown, or nil.
    let note: String?
    /// Offset in the whole log at which the text ends: where a live reader goes on.
    let end: Int64

    /// The last bytes of a log that is `total` bytes long.
    init(_ tail: [UInt8], of total: Int64) {
        end = max(total, Int64(tail.count))
        let hidden = total - Int64(tail.count)
        var bytes = tail[...]
        if hidden > 0, let newline = tail.firstIndex(of: 10), newline + 1 < tail.count { bytes = tail[(newline + 1)...] }
        text = Self.readable(bytes)
        note = hidden > 0 ? "Only the last lines are shown." : nil
    }

    /// The bytes as text: invalid UTF-8 is replaced, escape sequences (ECMA-48 CSI and OSC) and control characters but tab and newline go.
    static func readable(_ bytes: ArraySlice<UInt8>) -> String {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == 27, index < bytes.endIndex {
                if bytes[index] == UInt8(ascii: "[") {
                    index += 1
                    while index < bytes.endIndex, !(64...126).contains(bytes[index]), bytes[index] != 10 { index += 1 }
                    if index < bytes.endIndex, bytes[index] != 10 { index += 1 }
                } else if bytes[index] == UInt8(ascii: "]") {
                    while index < bytes.endIndex, bytes[index] != 7, bytes[index] != 10, bytes[index] != 27 { index += 1 }
                    if index < bytes.endIndex, bytes[index] == 7 { index += 1 }
                }
            } else if byte >= 32 && byte != 127 || byte == 9 || byte == 10 {
                kept.append(byte)
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
