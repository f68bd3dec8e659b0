// Percent-encoding as in addresses and forms, over bytes.

enum PercentCoding {
    /// The text that the bytes encode, or nil when an escape is broken or the result is not UTF-8.
    static func decode(_ bytes: some Sequence<UInt8>, plusIsSpace: Bool) -> String? {
        var decoded: [UInt8] = []
        var pending: [UInt8] = []
        for byte in bytes {
            if !pending.isEmpty {
                pending.append(byte)
                guard pending.count == 3 else { continue }
                guard let high = digit(pending[1]), let low = digit(pending[2]) else { return nil }
                decoded.append(high << 4 | low)
                pending = []
            } else if byte == UInt8(ascii: "%") {
                pending = [byte]
            } else {
                decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? 32 : byte)
            }
        }
        guard pending.isEmpty else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }

    /// The text with everything but letters, digits and `-._~` (RFC 3986 section 2.3) and what `keeping` holds as escapes.
    static func encode(_ text: String, keeping: String = "") -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let kept = Set(keeping.utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: bytes.append(byte)
            case _ where kept.contains(byte): bytes.append(byte)
            default: bytes += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
