// Rebuilds a tree from the allow-list: what is written is ours, byte for byte, never a piece of the input.
import CLibXML2

/// Walks a parsed tree and writes allowed elements, allowed attributes and escaped text.
struct Cleaner {
    static let deepest = 100
    private static let longestReport = 200

    let idPrefix: String
    let relativeLink: (String) -> String?
    let relativeImage: (String) -> String?
    /// Markdown's headings get ids and move down by this many levels; nil leaves headings alone.
    var headingShift: Int?
    /// HTML of our own that takes the place of elements with this name and a number as their id.
    var slots: (element: String, html: [SafeHTML])?
    /// Lines of the source are told by `data-sourcepos` and by comments `@line`, not by the HTML's own lines.
    var hasLineMarks = false

    private(set) var removed: [RemovedHTML] = []
    private(set) var headings: [Heading] = []
    private(set) var plain: [UInt8] = []
    private var reported: Set<RemovedHTML> = []
    var out: [UInt8] = []
    var ids: Set<String> = []
    /// What is written into `out` at an offset once it is known.
    private var insertions: [(offset: Int, text: String)] = []
    var open: [Open] = []
    private var mark: (line: Int, at: Int)?
    private var phrasing = 0
    var links = 0
    private var preformatted = 0

    struct Open {
        let node: xmlNodePtr
        /// Nil when the element's content took its place.
        let name: String?
        var heading: (level: Int, offset: Int, plain: Int, id: String?)?
    }

    init(idPrefix: String, relativeLink: @escaping (String) -> String?, relativeImage: @escaping (String) -> String?) {
        self.idPrefix = idPrefix
        self.relativeLink = relativeLink
        self.relativeImage = relativeImage
    }

    mutating func clean(_ tree: HTMLTree) {
        var node = tree.first
        while let current = node {
            if enter(current), let child = current.pointee.children {
                node = child
                continue
            }
            if open.last?.node == current { leave() }
            var place = current
            while place.pointee.next == nil, let parent = place.pointee.parent, open.last?.node == parent {
                leave()
                place = parent
            }
            node = place.pointee.next
        }
        if tree.isCutShort { report("the rest, because elements are nested too deeply", nil) }
    }

    /// The cleaned HTML.
    func html() -> String {
        if insertions.isEmpty { return String(decoding: out, as: UTF8.self) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(out.count + insertions.count * 32)
        var from = 0
        for insertion in insertions.sorted(by: { $0.offset < $1.offset }) {
            bytes += out[from..<insertion.offset]
            bytes += insertion.text.utf8
            from = insertion.offset
        }
        return String(decoding: bytes + out[from...], as: UTF8.self)
    }

    /// Handles a node; true when its children come next.
    private mutating func enter(_ node: xmlNodePtr) -> Bool {
        switch node.pointee.type {
        case XML_TEXT_NODE: write(Array(HTMLTree.content(node)), of: node)
        case XML_COMMENT_NODE: note(comment: node)
        case XML_ELEMENT_NODE: return enter(element: node)
        case XML_CDATA_SECTION_NODE, XML_PI_NODE: report("a processing instruction", node)
        default: break
        }
        return false
    }

    private mutating func enter(element node: xmlNodePtr) -> Bool {
        let name = HTMLTree.name(node)
        let attributes = HTMLTree.attributes(node)
        if hasLineMarks, let position = attributes.first(where: { $0.name == "data-sourcepos" })?.value, let line = Int(position.prefix { $0 != ":" }) {
            mark = (line, Int(xmlGetLineNo(node)))
        }
        if let slots, name == slots.element {
            if let number = attributes.first?.value, let index = Int(number), slots.html.indices.contains(index), phrasing == 0 {
                out += slots.html[index].html.utf8
                breakPlain()
            }
            return false
        }
        guard let element = AllowList.elements[name] else { return enter(unknown: name, node, attributes) }
        if name == "img" {
            write(image: node, attributes)
            return false
        }
        let parent = open.last { $0.name != nil }?.name
        let isMisplaced = !element.parents.isEmpty && !element.parents.contains(parent ?? "")
        let isForeign = element.parents.isEmpty
            && (AllowList.withoutText.contains(parent ?? "") || element.isBlock && AllowList.lists.contains(parent ?? ""))
        let isRefused = isMisplaced || isForeign || element.isBlock && phrasing > 0 || name == "a" && links > 0 || open.count >= Cleaner.deepest
        if isRefused {
            if element.isBlock { breakPlain() }
            if open.count >= Cleaner.deepest { report("<\(name)>, because elements are nested too deeply", node) }
            open.append(Open(node: node, name: nil))
            return true
        }
        write(start: name, element, node, attributes)
        // libxml2 knows HTML 4 only, and nests what follows a younger void element in it.
        if element.isVoid { open.append(Open(node: node, name: nil)) }
        return true
    }

    private mutating func enter(unknown name: String, _ node: xmlNodePtr, _ attributes: [(name: String, value: String)]) -> Bool {
        if name == "input", attributes.contains(where: { $0.name == "type" && $0.value == "checkbox" }) {
            // Markdown's task lists.
            let isDone = attributes.contains { $0.name == "checked" }
            write(Array((isDone ? "☑" : "☐").utf8), of: node)
            return false
        }
        if !AllowList.transparent.contains(name) {
            report("<\(Cleaner.shown(name))>", node)
        } else if let first = attributes.first {
            report("\(Cleaner.shown(first.name)) of <\(name)>", node)
        }
        if AllowList.withContent.contains(name) || name == "input" || name == "head" && node.pointee.children == nil { return false }
        open.append(Open(node: node, name: nil))
        return true
    }

    private mutating func leave() {
        let last = open.removeLast()
        guard let name = last.name, let element = AllowList.elements[name] else { return }
        if element.isPhrasing { phrasing -= 1 }
        if name == "a" { links -= 1 }
        if name == "pre" { preformatted -= 1 }
        var written = name
        if let heading = last.heading {
            written = "h\(heading.level)"
            end(heading)
        }
        out += "</\(written)>".utf8
        if element.isBlock { breakPlain() }
    }

    private mutating func end(_ heading: (level: Int, offset: Int, plain: Int, id: String?)) {
        let text = String(decoding: plain[min(heading.plain, plain.count)...], as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let id = heading.id ?? unique(Slug.make(text))
        if heading.id == nil { insertions.append((heading.offset, " id=\"\(SafeHTML(escaping: id).html)\"")) }
        headings.append(Heading(level: heading.level, id: id, text: text))
    }

    /// The id with our prefix, made different from those given before.
    private mutating func unique(_ slug: String) -> String {
        let wanted = idPrefix + slug
        var id = wanted
        var number = 1
        while !ids.insert(id).inserted {
            number += 1
            id = "\(wanted)-\(number)"
        }
        return id
    }

    private mutating func write(start name: String, _ element: AllowList.Element, _ node: xmlNodePtr, _ attributes: [(name: String, value: String)]) {
        if name == "a", let address = attributes.first(where: { $0.name == "href" })?.value, clean(address, by: .link, of: name) == nil {
            // Words that lead nowhere are not shown as a link.
            report("href of <a>", node)
            open.append(Open(node: node, name: nil))
            return
        }
        if element.isBlock || name == "br" { breakPlain() }
        var entry = Open(node: node, name: name)
        var written = name
        if let shift = headingShift, name.utf8.count == 2, name.hasPrefix("h"), let level = Int(name.dropFirst()) {
            let level = min(6, level + shift)
            written = "h\(level)"
            entry.heading = (level, 0, plain.count, nil)
        }
        out += "<\(written)".utf8
        let id = write(attributes, of: name, element, node)
        if entry.heading != nil {
            entry.heading?.offset = out.count
            entry.heading?.id = id
        }
        out.append(UInt8(ascii: ">"))
        guard !element.isVoid else { return }
        if element.isPhrasing { phrasing += 1 }
        if name == "a" { links += 1 }
        if name == "pre" { preformatted += 1 }
        open.append(entry)
    }

    private mutating func write(_ text: [UInt8], of node: xmlNodePtr) {
        if let parent = open.last(where: { $0.name != nil })?.name, AllowList.withoutText.contains(parent) {
            let isBlank = text.allSatisfy { $0 <= 32 }
            if isBlank { out += text } else { report("text between the parts of <\(parent)>", node) }
            return
        }
        write(text)
    }

    mutating func write(_ text: [UInt8]) {
        SafeHTML.escape(text, into: &out)
        if preformatted > 0 { plain += text; return }
        for byte in text {
            if byte > 32 { plain.append(byte) } else if let last = plain.last, last > 32 { plain.append(32) }
        }
    }

    private mutating func breakPlain() {
        while plain.last == 32 { plain.removeLast() }
        if let last = plain.last, last != 10 { plain.append(10) }
    }

    private mutating func note(comment node: xmlNodePtr) {
        let text = HTMLTree.content(node)
        guard hasLineMarks, text.first == UInt8(ascii: "@"), let line = Int(String(decoding: text.dropFirst(), as: UTF8.self)) else { return }
        mark = (line, Int(xmlGetLineNo(node)))
    }

    mutating func report(_ what: String, _ node: xmlNodePtr?) {
        var line: Int?
        if let node {
            let at = Int(xmlGetLineNo(node))
            line = hasLineMarks ? mark.map { $0.line + max(0, at - $0.at) } : at
        }
        let entry = RemovedHTML(line: line, what: what)
        if removed.count < Cleaner.longestReport, reported.insert(entry).inserted { removed.append(entry) }
    }
}
