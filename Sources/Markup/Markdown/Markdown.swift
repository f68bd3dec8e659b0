// Markdown (GitHub's flavour) to safe HTML, with its headings and its plain text.

/// A heading of a rendered text, for a table of contents.
package struct Heading: Hashable, Sendable {
    /// 1 to 6, as it stands in the HTML.
    package let level: Int
    package let id: String
    package let text: String
}

/// A fenced code block that something else may take the place of.
package struct Fence: Hashable, Sendable {
    /// The first word after the fence: `chart` of ```` ```chart ````; empty when there is none.
    package let language: String
    /// What stands between the fences.
    package let text: String
    /// Line of the opening fence, from 1.
    package let line: Int
}

/// Markdown after rendering.
package struct RenderedMarkdown: Sendable {
    package let html: SafeHTML
    package let headings: [Heading]
    /// The text without any markup, a line for each block; for search and summaries.
    package let plainText: String
    /// What the allow-list took out.
    package let removed: [RemovedHTML]
    /// Names in `{{…}}` that nothing is known by; they stand in the text as they were written.
    package let unknownValues: [UnknownValue]
}

/// A `{{name}}` that has no value.
package struct UnknownValue: Hashable, Sendable {
    package let name: String
    /// From 1.
    package let line: Int
}

/// Renders Markdown.
package enum Markdown {
    /// What the caller decides about a text.
    package struct Options {
        /// The level of a `#` heading: 2 where the page's title is the h1.
        package var firstHeadingLevel = 1
        /// Comes before every id, so that none is one of the page's own.
        package var idPrefix = "text-"
        /// The number of the source's first line, for files whose front matter was cut off.
        package var firstLine = 1
        /// The address for a relative link as written, or nil to leave only its words.
        package var relativeLink: (String) -> String? = { $0 }
        /// The address for a relative image as written, or nil to leave only its words.
        package var relativeImage: (String) -> String? = { $0 }
        /// HTML of our own in place of a code fence, or nil to show the code.
        package var fence: (Fence) -> SafeHTML? = { _ in nil }
        /// The text for a dotted name in `{{…}}`, or nil when there is no such name. Not asked in code and formulas; nil leaves braces alone.
        package var value: ((String) -> String?)?

        /// The usual: links and images as written, no values, code fences as code.
        package init() {}
    }

    /// Renders a text with tables, strikethrough, autolinks, task lists and footnotes; raw HTML passes the allow-list. Throws `tooLarge` above 4 MiB.
    package static func render(_ text: String, options: Options = Options()) throws(MarkupError) -> RenderedMarkdown {
        try MarkupError.check(text, subject: "Markdown")
        let tree = try MarkdownTree(text)
        let changes = tree.rewrite(source: text, options: options)
        let html = try tree.html()
        try MarkupError.check(html, subject: "Markdown", limit: MarkupError.longest * 4)
        var cleaner = Cleaner(idPrefix: options.idPrefix, relativeLink: options.relativeLink, relativeImage: options.relativeImage)
        cleaner.headingShift = max(0, options.firstHeadingLevel - 1)
        cleaner.slots = (changes.slotElement, changes.slots)
        cleaner.hasLineMarks = true
        cleaner.clean(try HTMLTree(html))
        let removed = cleaner.removed.map { RemovedHTML(line: $0.line.map { $0 + options.firstLine - 1 }, what: $0.what) }
        var plain = cleaner.plain
        while let last = plain.last, last <= 32 { plain.removeLast() }
        return RenderedMarkdown(
            html: SafeHTML(trusted: cleaner.html()), headings: cleaner.headings, plainText: String(decoding: plain, as: UTF8.self), removed: removed,
            unknownValues: changes.unknown)
    }
}
