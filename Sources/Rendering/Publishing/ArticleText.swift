// Markdown under a page's title.
import Markup

/// Texts that stand below an h1.
enum ArticleText {
    /// Renders a text so that its highest headings are h2: those with one `#` where it has any, else those with two.
    static func render(_ text: String, options: Markdown.Options) throws(MarkupError) -> RenderedMarkdown {
        let rendered = try Markdown.render(text, options: options)
        guard rendered.headings.contains(where: { $0.level == 1 }) else { return rendered }
        var lowered = options
        lowered.firstHeadingLevel = 2
        return try Markdown.render(text, options: lowered)
    }
}
