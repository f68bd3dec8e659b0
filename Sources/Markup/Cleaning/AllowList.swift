// The elements and attributes that structure text: what is not here does not reach a page.

enum AllowList {
    enum Attribute {
        case text
        case number(ClosedRange<Int>)
        case words(Set<String>)
        case flag
        case link
        case image
        /// `language-…` on code, and the classes of footnotes.
        case markdownClass
        case id
    }

    struct Element {
        var isVoid = false
        var isBlock = false
        /// Holds text and inline elements only.
        var isPhrasing = false
        /// The elements that it may stand in; empty for any.
        var parents: Set<String> = []
        var attributes: [String: Attribute] = [:]
    }

    static let everywhere: [String: Attribute] = ["title": .text, "lang": .text, "dir": .words(["ltr", "rtl", "auto"]), "id": .id, "class": .markdownClass]

    /// Removed with everything inside: what they hold is not text of the page.
    static let withContent: Set<String> = [
        "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math", "textarea", "select", "option", "optgroup",
        "datalist", "title", "xmp", "noembed", "noframes", "plaintext", "frameset", "frame", "audio", "video", "canvas", "map", "area", "portal",
        "link", "meta", "base", "basefont", "bgsound", "param", "source", "track", "keygen", "isindex", "image", "dialog", "slot", "fencedframe",
    ]

    /// Carry no meaning of their own: their content takes their place, and nobody needs to hear of it.
    static let transparent: Set<String> = ["html", "body"]

    static let elements: [String: Element] = {
        var list: [String: Element] = [:]
        for name in ["em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "small", "mark", "abbr", "cite", "q", "dfn", "kbd", "samp", "var", "code",
            "span", "bdi", "bdo", "time", "ruby", "rt", "rp", "strike", "tt"] { list[name] = Element() }
        for name in ["div", "section", "article", "aside", "blockquote", "figure", "figcaption", "details", "address", "dl", "ul"] {
            list[name] = Element(isBlock: true)
        }
        for name in ["p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"] { list[name] = Element(isBlock: true, isPhrasing: true) }
        list["summary"] = Element(isBlock: true, isPhrasing: true, parents: ["details"])
        list["br"] = Element(isVoid: true)
        list["wbr"] = Element(isVoid: true)
        list["hr"] = Element(isVoid: true, isBlock: true)
        list["ol"] = Element(isBlock: true, attributes: ["start": .number(0...1_000_000), "reversed": .flag, "type": .words(["1", "a", "A", "i", "I"])])
        list["li"] = Element(isBlock: true, parents: ["ul", "ol"], attributes: ["value": .number(0...1_000_000)])
        list["dt"] = Element(isBlock: true, isPhrasing: true, parents: ["dl"])
        list["dd"] = Element(isBlock: true, parents: ["dl"])
        list["time"] = Element(attributes: ["datetime": .text])
        list["del"] = Element(attributes: ["datetime": .text])
        list["ins"] = Element(attributes: ["datetime": .text])
        list["details"]?.attributes = ["open": .flag]
        list["a"] = Element(attributes: ["href": .link, "aria-label": .text])
        list["img"] = Element(isVoid: true, attributes: ["src": .image, "alt": .text, "width": .number(1...10_000), "height": .number(1...10_000)])
        list["table"] = Element(isBlock: true)
        list["caption"] = Element(isBlock: true, parents: ["table"])
        list["colgroup"] = Element(isBlock: true, parents: ["table"], attributes: ["span": .number(1...1000)])
        list["col"] = Element(isVoid: true, isBlock: true, parents: ["colgroup", "table"], attributes: ["span": .number(1...1000)])
        for name in ["thead", "tbody", "tfoot"] { list[name] = Element(isBlock: true, parents: ["table"]) }
        list["tr"] = Element(isBlock: true, parents: ["table", "thead", "tbody", "tfoot"])
        let cell: [String: Attribute] = [
            "colspan": .number(1...1000), "rowspan": .number(1...1000), "align": .words(["left", "center", "right"]), "abbr": .text,
            "scope": .words(["row", "col", "rowgroup", "colgroup"]),
        ]
        for name in ["td", "th"] { list[name] = Element(isBlock: true, parents: ["tr"], attributes: cell) }
        return list
    }()

    /// Elements in which text has no place; a browser would move it out.
    static let withoutText: Set<String> = ["table", "thead", "tbody", "tfoot", "tr", "colgroup"]
    /// Elements whose blocks are their own items only.
    static let lists: Set<String> = ["ul", "ol", "dl"]

    /// The classes among these words that Markdown itself writes.
    static func markdownClass(_ value: String, of element: String) -> String? {
        switch (element, value) {
        case ("section", "footnotes"), ("sup", "footnote-ref"), ("a", "footnote-backref"): return value
        case ("code", _):
            guard value.hasPrefix("language-"), (10...49).contains(value.utf8.count) else { return nil }
            let others: Set<UInt8> = [43, 35, 46, 45, 95]
            return value.utf8.allSatisfy { isAlphanumeric($0) || others.contains($0) } ? value : nil
        default: return nil
        }
    }

    /// An id that can be linked to: letters, digits, `-`, `_`, `.` and `:`.
    static func isID(_ value: String) -> Bool {
        (1...200).contains(value.utf8.count) && value.utf8.allSatisfy { isAlphanumeric($0) || $0 >= 128 || $0 == 45 || $0 == 95 || $0 == 46 || $0 == 58 }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) }
}
