// Pages of plain text: about, help, glossary.
import FoundationEssentials
package import Markup
import Vocabulary

/// `/about`, `/help` and `/glossary`: a Markdown file of the site.
package struct ContentPage: Page {
    package static let stem = "content"
    package let section: Section
    package let pageTitle: String
    let article: SafeHTML

    package init(section: Section, pageTitle: String, article: SafeHTML) {
        self.section = section
        self.pageTitle = pageTitle
        self.article = article
    }

    /// The page of `<name>.md` in the first of the content folders that has it, or nil. Its title is the file's first heading.
    package static func load(from folders: [String], name: String) -> ContentPage? {
        guard name.utf8.allSatisfy({ (97...122).contains($0) || $0 == 45 }) else { return nil }
        for folder in folders {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name).md") else { continue }
            guard let rendered = try? Markdown.render(String(decoding: data, as: UTF8.self)) else { return nil }
            return ContentPage(
                section: .help, pageTitle: rendered.headings.first?.text ?? name, article: rendered.html)
        }
        return nil
    }

    package static let table = FieldTable<ContentPage>(.html("article") { $0.article })
}
