// Which addresses a link may have.

/// An address as a browser would understand it.
enum Address: Equatable {
    /// http, https or mailto.
    case external(String)
    /// `#part`, without the sign.
    case fragment(String)
    case relative(String)
    case refused

    /// Reads an address the way browsers do (WHATWG URL, "basic URL parser"): blanks around it and line ends inside it do not count.
    init(_ text: String) {
        var bytes: [UInt8] = []
        for byte in text.utf8 where byte != 9 && byte != 10 && byte != 13 { bytes.append(byte) }
        while let last = bytes.last, last <= 32 { bytes.removeLast() }
        bytes.removeFirst(bytes.prefix { $0 <= 32 }.count)
        guard !bytes.contains(where: { $0 < 32 || $0 == 127 }), bytes.count <= 4096 else { self = .refused; return }
        let address = String(decoding: bytes, as: UTF8.self)
        if bytes.first == UInt8(ascii: "#") { self = .fragment(String(address.dropFirst())); return }
        let stop = bytes.firstIndex { [UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\")].contains($0) }
        if let stop, bytes[stop] == UInt8(ascii: ":") {
            let rest = bytes[(stop + 1)...]
            switch String(decoding: bytes[..<stop], as: UTF8.self).lowercased() {
            case "http", "https": self = rest.starts(with: "//".utf8) && rest.count > 2 ? .external(address) : .refused
            case "mailto": self = rest.isEmpty ? .refused : .external(address)
            default: self = .refused
            }
        } else if bytes.contains(UInt8(ascii: "\\")) {
            // Browsers read a backslash as a slash, so `/\host` leaves the site.
            self = .refused
        } else if bytes[..<(stop ?? bytes.count)].contains(UInt8(ascii: "&")) {
            // libxml2 does not know HTML 5's `&colon;`; what reads our output once more might.
            self = .refused
        } else if bytes.starts(with: "//".utf8) {
            self = bytes.count > 2 ? .external("https:" + address) : .refused
        } else {
            self = .relative(address)
        }
    }
}
