// A Markdown text as cmark-gfm's tree.
import CCMarkGFM

/// A parsed text, freed with this value.
final class MarkdownTree {
    private static let isReady: Bool = {
        cmark_gfm_core_extensions_ensure_registered()
        return true
    }()
    private static let options = CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS | CMARK_OPT_VALIDATE_UTF8

    private let parser: OpaquePointer
    private let root: OpaquePointer

    /// What was changed in a tree before rendering.
    struct Changes {
        /// The name of the element that stands for a replaced fence; the source does not contain it.
        var slotElement = "almanac-slot"
        var slots: [SafeHTML] = []
        var unknown: [UnknownValue] = []
    }

    init(_ text: String) throws(MarkupError) {
        guard MarkdownTree.isReady, let parser = cmark_parser_new(MarkdownTree.options) else { throw MarkdownTree.unreadable }
        for name in ["table", "strikethrough", "autolink", "tasklist"] {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let root = cmark_parser_finish(parser) else {
            cmark_parser_free(parser)
            throw MarkdownTree.unreadable
        }
        cmark_consolidate_text_nodes(root)
        self.parser = parser
        self.root = root
    }

    deinit {
        cmark_node_free(root)
        cmark_parser_free(parser)
    }

    private static var unreadable: MarkupError { MarkupError(.unreadable, subject: "Markdown", detail: "the text could not be parsed") }

    /// Puts values in, replaces fences by slots, and marks raw HTML with its lines.
    func rewrite(source: String, options: Markdown.Options) -> Changes {
        var changes = Changes()
        // Bytes, for a combining mark after the name makes another Character of its last letter.
        while MarkdownTree.contains(source, changes.slotElement) { changes.slotElement += "-x" }
        guard let iterator = cmark_iter_new(root) else { return changes }
        defer { cmark_iter_free(iterator) }
        var replaced: [OpaquePointer] = []
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { break }
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
            let line = Int(cmark_node_get_start_line(node))
            switch cmark_node_get_type(node) {
            case CMARK_NODE_TEXT:
                guard let value = options.value else { break }
                let text = literal(node)
                let filled = Placeholders.fill(text, value: value) { changes.unknown.append(UnknownValue(name: $0, line: line + options.firstLine - 1)) }
                if filled != text { cmark_node_set_literal(node, filled) }
            case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE:
                cmark_node_set_literal(node, "<!--@\(line)-->" + literal(node))
            case CMARK_NODE_CODE_BLOCK:
                let words = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
                let language = String(words.prefix { $0 != " " && $0 != "\t" })
                guard let html = options.fence(Fence(language: language, text: literal(node), line: line + options.firstLine - 1)) else { break }
                guard let slot = cmark_node_new(CMARK_NODE_HTML_BLOCK) else { break }
                cmark_node_set_literal(slot, "<\(changes.slotElement) id=\"\(changes.slots.count)\"></\(changes.slotElement)>\n")
                changes.slots.append(html)
                cmark_node_insert_before(node, slot)
                replaced.append(node)
            default: break
            }
        }
        for node in replaced { cmark_node_free(node) }
        return changes
    }

    private static func contains(_ source: String, _ word: String) -> Bool {
        let bytes = Array(source.utf8)
        let word = Array(word.utf8)
        guard bytes.count >= word.count else { return false }
        return (0...(bytes.count - word.count)).contains { start in
            word.indices.allSatisfy { bytes[start + $0] == word[$0] || bytes[start + $0] | 32 == word[$0] }
        }
    }

    private func literal(_ node: OpaquePointer) -> String { cmark_node_get_literal(node).map { String(cString: $0) } ?? "" }

    /// The HTML, raw parts included: not safe before it is cleaned.
    func html() throws(MarkupError) -> String {
        guard let text = cmark_render_html(root, MarkdownTree.options, cmark_parser_get_syntax_extensions(parser)) else { throw MarkdownTree.unreadable }
        defer { cmark_get_default_mem_allocator().pointee.free(text) }
        return String(cString: text)
    }
}
