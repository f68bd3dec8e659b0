// HTML parsed into libxml2's tree.
import CLibXML2

/// A parsed document, freed with this value. libxml2 is told not to touch the network, and its HTML parser knows no entities but HTML's own.
final class HTMLTree {
    /// What stands before the fragment, so that nothing of it is taken for a head.
    private static let opening = "<!DOCTYPE html><html><body>"
    private static let isReady: Bool = {
        xmlInitParser()
        return true
    }()

    private let document: htmlDocPtr
    /// The parser gave up, so the end of the fragment is missing.
    let isCutShort: Bool

    init(_ html: String) throws(MarkupError) {
        guard HTMLTree.isReady, let context = htmlNewParserCtxt() else { throw HTMLTree.unreadable }
        defer { htmlFreeParserCtxt(context) }
        // A NUL ends libxml2's input; a browser reads it as U+FFFD.
        var bytes = Array(HTMLTree.opening.utf8)
        for byte in html.utf8 { if byte == 0 { bytes += "\u{FFFD}".utf8 } else { bytes.append(byte) } }
        let options = Int32(HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NODEFDTD.rawValue | HTML_PARSE_NOERROR.rawValue
            | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOIMPLIED.rawValue | HTML_PARSE_IGNORE_ENC.rawValue)
        context.pointee.linenumbers = 1
        let parsed = bytes.withUnsafeMutableBytes { buffer in
            htmlCtxtReadMemory(context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, "UTF-8", options)
        }
        guard let parsed else { throw HTMLTree.unreadable }
        document = parsed
        isCutShort = context.pointee.disableSAX != 0
    }

    deinit { xmlFreeDoc(document) }

    var first: xmlNodePtr? { document.pointee.children }

    private static var unreadable: MarkupError { MarkupError(.unreadable, subject: "HTML", detail: "the HTML could not be parsed") }

    static func name(_ node: xmlNodePtr) -> String { node.pointee.name.map { String(cString: $0) } ?? "" }

    /// The bytes of a text or comment node.
    static func content(_ node: xmlNodePtr) -> UnsafeBufferPointer<UInt8> {
        guard let start = node.pointee.content else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: start, count: Int(xmlStrlen(start)))
    }

    /// Names and values of an element's attributes, entities resolved, in the order written.
    static func attributes(_ node: xmlNodePtr) -> [(name: String, value: String)] {
        var list: [(name: String, value: String)] = []
        var next = node.pointee.properties
        while let attribute = next {
            var value = ""
            var child = attribute.pointee.children
            while let part = child {
                value += String(decoding: content(part), as: UTF8.self)
                child = part.pointee.next
            }
            list.append((attribute.pointee.name.map { String(cString: $0) } ?? "", value))
            next = attribute.pointee.next
        }
        return list
    }
}
