// Cleans HTML that others wrote.

/// Something that was taken out of HTML.
package struct RemovedHTML: Hashable, Sendable {
    /// Line of the source from 1, where it is known.
    package let line: Int?
    /// What it was, for people: `<script>`, `onclick of <a>`, `href of <a>`.
    package let what: String
}

/// HTML that others wrote, on its way through the allow-list.
package enum HTMLFragment {
    /// The same structure and text from allowed elements and attributes only, rebuilt from a parsed tree; everything else is reported. Cleaning what
    /// is clean changes nothing. `idPrefix` comes before every id. Throws `tooLarge` above 8 MiB.
    package static func sanitise(
        _ html: String, idPrefix: String = "text-", relativeLink: @escaping (String) -> String? = { $0 },
        relativeImage: @escaping (String) -> String? = { $0 }
    ) throws(MarkupError) -> (html: SafeHTML, removed: [RemovedHTML]) {
        try MarkupError.check(html, subject: "HTML", limit: MarkupError.longest * 2)
        let tree = try HTMLTree(html)
        var cleaner = Cleaner(idPrefix: idPrefix, relativeLink: relativeLink, relativeImage: relativeImage)
        cleaner.clean(tree)
        return (SafeHTML(trusted: cleaner.html()), cleaner.removed)
    }
}
