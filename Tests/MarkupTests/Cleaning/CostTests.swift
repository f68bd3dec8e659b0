// Hostile sizes: the work stays near the length of the text.
@testable import Markup
import Testing

@Suite struct CostTests {
    @Test(arguments: [
        ("<b>", "</i>"), ("<div>", "</span>"), ("<p>", "</b>"), ("<a href=x>", "</p>"), ("<table>", "<td>"), ("<", "<"), ("<!--", "-->"), ("&", "#"), ("<x a=", "b "),
        ("<ul><li>", "</ol>"), ("<h1>x", ""), ("<img src=https://a.example/b>", ""),
    ])
    func `a hundred kilobytes of tags is cleaned at once`(first: String, second: String) throws {
        let html = String(repeating: first, count: 60_000 / first.utf8.count) + (second.isEmpty ? "" : String(repeating: second, count: 60_000 / second.utf8.count))
        let clock = ContinuousClock()
        let time = try clock.measure { _ = try HTMLFragment.sanitise(html) }
        #expect(time < .seconds(5), "\(time)")
    }

    @Test(arguments: ["[", "![", "> ", "- ", "*a ", "`", "[a](", "<a ", "| a ", "https://a.", "~~a", "a@b.", "[^1]", "&a;"])
    func `sixty kilobytes of Markdown is rendered at once`(piece: String) throws {
        let text = String(repeating: piece, count: 60_000 / piece.utf8.count)
        let clock = ContinuousClock()
        let time = try clock.measure { _ = try Markdown.render(text) }
        #expect(time < .seconds(5), "\(time)")
    }
}
