// HTML that may stand in a page as it is.

/// A piece of HTML that was made safe: the only way for HTML to get into a page unescaped.
package struct SafeHTML: Hashable, Sendable {
    /// Well-formed HTML, to be written into a page as it is.
    package let html: String

    /// Text, with everything escaped that HTML would read as markup; fit for element content and for quoted attribute values.
    package init(escaping text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        SafeHTML.escape(text.utf8, into: &bytes)
        html = String(decoding: bytes, as: UTF8.self)
    }

    /// HTML whose author is this program: a rendered template, or a chart's SVG. Never for anything that a job, a person or another host wrote.
    package init(trusted html: String) { self.html = html }

    /// Nothing.
    package static let empty = SafeHTML(trusted: "")

    /// Whether there is nothing in it.
    package var isEmpty: Bool { html.isEmpty }

    /// Both pieces, one after the other.
    package static func + (left: SafeHTML, right: SafeHTML) -> SafeHTML { SafeHTML(trusted: left.html + right.html) }

    static func escape(_ text: some Sequence<UInt8>, into bytes: inout [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            case UInt8(ascii: "`"): bytes += "&#96;".utf8
            default: bytes.append(byte)
            }
        }
    }
}

extension Sequence where Element == SafeHTML {
    /// The pieces one after another, with a trusted separator between them.
    package func joined(separator: SafeHTML = .empty) -> SafeHTML { SafeHTML(trusted: map(\.html).joined(separator: separator.html)) }
}
