// Site/site.yaml: the few words that a site says about itself.
package import Vocabulary

/// What stands on every page.
package struct SiteFile: Hashable, Sendable {
    /// Instead of `site.title` of almanac.yaml.
    package let title: String?
    /// One line at the foot of each page.
    package let footer: String?
    /// An e-mail address, or a web address, for questions.
    package let contact: String?

    /// The keys of site.yaml, for reading and for documentation.
    package static let keys = ["title", "footer", "contact"]

    /// Reads site.yaml. `file` is the path that diagnostics show.
    package static func read(_ text: String, file: String) -> (SiteFile, [Diagnostic]) {
        let findings = Findings(file: file)
        guard let root = YAMLText.read(SourceText.normalised(text), into: findings), !root.isNull,
            let reader = MappingReader(root, path: "", keys: KeyTable(keys), into: findings)
        else { return (SiteFile(title: nil, footer: nil, contact: nil), findings.sorted) }
        let site = SiteFile(title: reader.text("title"), footer: reader.text("footer"), contact: reader.text("contact", rule: contact))
        return (site, findings.sorted)
    }

    private static func contact(_ text: String) -> (message: String, suggestion: String?)? {
        if Rules.isEmail(text) || text.hasPrefix("https://") || text.hasPrefix("http://") { return nil }
        return ("\(quoted(text)) is neither an e-mail address nor a web address", "write it like `help@example.com`")
    }
}
