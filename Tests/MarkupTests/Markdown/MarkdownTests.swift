// GitHub-flavoured Markdown as it comes out.
@testable import Markup
import Testing

@Suite struct MarkdownTests {
    private func html(_ text: String, _ change: (inout Markdown.Options) -> Void = { _ in }) throws -> String {
        var options = Markdown.Options()
        change(&options)
        return try Markdown.render(text, options: options).html.html
    }

    @Test(arguments: [
        ("*a* **b** ~~c~~ `d<`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d&lt;</code></p>\n"),
        ("- [x] done\n- [ ] open", "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>\n"),
        ("https://example.org", "<p><a href=\"https://example.org\" rel=\"noopener noreferrer\">https://example.org</a></p>\n"),
        ("[x](mailto:a@b.example)", "<p><a href=\"mailto:a@b.example\">x</a></p>\n"),
        ("```r\nx <- 1\n```", "<pre><code class=\"language-r\">x &lt;- 1\n</code></pre>\n"),
        ("H<sub>2</sub>O<br>x", "<p>H<sub>2</sub>O<br>x</p>\n"),
        ("a & b &copy; \"q\"", "<p>a &amp; b © &quot;q&quot;</p>\n"),
        ("$a < b$ costs $5", "<p>$a &lt; b$ costs $5</p>\n"),
        ("", ""),
    ])
    func `usual Markdown becomes usual HTML`(text: String, expected: String) throws {
        #expect(try html(text) == expected)
    }

    @Test func `a table keeps its alignment`() throws {
        let html = try html("| a | b |\n|:--|--:|\n| 1 | 2 |")
        #expect(html.contains("<th align=\"left\">a</th>") && html.contains("<td align=\"right\">2</td>"))
        #expect(html.contains("<thead>") && html.contains("<tbody>"))
    }

    @Test func `footnotes link there and back within the text`() throws {
        let html = try html("Word[^1].\n\n[^1]: Note.")
        #expect(html.contains("<sup class=\"footnote-ref\"><a href=\"#text-fn-1\" id=\"text-fnref-1\">1</a></sup>"))
        #expect(html.contains("<section class=\"footnotes\">"))
        #expect(html.contains("<li id=\"text-fn-1\">"))
        #expect(html.contains("href=\"#text-fnref-1\" class=\"footnote-backref\""))
    }

    @Test func `headings have unique ids, levels and text, and links find them`() throws {
        var options = Markdown.Options()
        options.firstHeadingLevel = 2
        let page = try Markdown.render("# Über *uns*\n\n## Data\n\n## Data\n\n<h2 id=own>Mine</h2>\n\n[down](#data)\n\n###### deep", options: options)
        #expect(page.headings == [
            Heading(level: 2, id: "text-über-uns", text: "Über uns"), Heading(level: 3, id: "text-data", text: "Data"),
            Heading(level: 3, id: "text-data-2", text: "Data"), Heading(level: 3, id: "text-own", text: "Mine"), Heading(level: 6, id: "text-deep", text: "deep"),
        ])
        #expect(page.html.html.contains("<h3 id=\"text-data-2\">Data</h3>"))
        #expect(page.html.html.contains("<a href=\"#text-data\">down</a>"))
    }

    @Test func `plain text has a line for each block and no markup`() throws {
        #expect(try Markdown.render("# A\n\nb *c*\nd\n\n- e\n- f\n\n| g | h |\n|---|---|\n| i | j |\n\n<script>x</script>").plainText == "A\nb c d\ne\nf\ng\nh\ni\nj")
    }

    @Test func `relative links and images go where the caller says, or leave their words`() throws {
        let text = "[a](other.md) [b](gone.md) ![c](plot.png) ![d](gone.png)"
        let html = try html(text) {
            $0.relativeLink = { $0 == "other.md" ? "/reports/other" : nil }
            $0.relativeImage = { $0 == "plot.png" ? "/files/plot.png" : nil }
        }
        #expect(html.contains("<a href=\"/reports/other\">a</a>") && html.contains("</a> b <img"))
        #expect(html.contains("<img src=\"/files/plot.png\" alt=\"c\">") && html.contains(" d</p>"))
    }

    @Test func `images of other hosts become links`() throws {
        let page = try Markdown.render("![chart](https://example.org/a.png)")
        #expect(page.html.html == "<p><a href=\"https://example.org/a.png\" rel=\"noopener noreferrer\">chart</a></p>\n")
        #expect(page.removed.count == 1)
        #expect(try html("[![x](https://a.example/b.png)](https://c.example)") == "<p><a href=\"https://c.example\" rel=\"noopener noreferrer\">x</a></p>\n")
        #expect(try html("![x](data:image/png;base64,AA==)") == "<p>x</p>\n")
    }

    @Test func `values stand in text, and not in code or formulas`() throws {
        var options = Markdown.Options()
        options.value = { $0 == "metric.mape_x" ? "<3.2%" : nil }
        options.firstLine = 10
        let page = try Markdown.render("It is {{metric.mape_x}} or **{{ metric.mape_x }}** `{{metric.mape_x}}` $\\frac{{metric.mape_x}}{2}$\n\n{{metric.none}} {{plain}}", options: options)
        #expect(page.html.html.hasPrefix("<p>It is &lt;3.2% or <strong>&lt;3.2%</strong> <code>{{metric.mape_x}}</code> $\\frac{{metric.mape_x}}{2}$</p>"))
        #expect(page.unknownValues == [UnknownValue(name: "metric.none", line: 12)])
        #expect(page.html.html.contains("{{metric.none}} {{plain}}"))
    }

    @Test func `a fence can be replaced by HTML of ours, and nothing else can`() throws {
        var seen: [Fence] = []
        let html = try html("a\n\n```chart\ndata: x\n```\n\n```r\n1\n```\n\n<almanac-slot id=0></almanac-slot>") {
            $0.fence = { fence in
                seen.append(fence)
                return fence.language == "chart" ? SafeHTML(trusted: "<figure><svg></svg></figure>") : nil
            }
        }
        #expect(seen == [Fence(language: "chart", text: "data: x\n", line: 3), Fence(language: "r", text: "1\n", line: 7)])
        #expect(html.components("<svg>") == 2 && html.contains("language-r"))
    }

    @Test func `an unclosed element does not swallow our own HTML or reach out of the text`() throws {
        let html = try html("<div><b>\n\ntext\n\n</section></article></div></div>\n\nmore")
        #expect(complaint(about: html) == nil)
        #expect(html.contains("more"))
    }

    @Test func `tables of notebooks survive`() throws {
        let html = try HTMLFragment.sanitise("<div>\n<style scoped>x{}</style>\n<table border=\"1\" class=\"dataframe\"><thead><tr style=\"text-align: right;\"><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table></div>")
        #expect(html.html.html == "<div>\n\n<table><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table></div>")
        #expect(html.removed.map(\.what) == ["<style>", "border of <table>", "class of <table>", "style of <tr>"])
    }

    @Test func `escaping leaves nothing for a browser to read`() {
        #expect(SafeHTML(escaping: "<a b=\"c\" d='e'>&`").html == "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;&#96;")
        #expect([SafeHTML(escaping: "<"), SafeHTML(trusted: "<br>")].joined(separator: SafeHTML(trusted: " ")).html == "&lt; <br>")
    }
}

extension String {
    /// How many parts a separator makes of this text.
    func components(_ separator: String) -> Int { split(separator: separator, omittingEmptySubsequences: false).count }
}
