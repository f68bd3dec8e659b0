// Templates and models name the same things, and a broken template is a diagnostic.
import Foundation
@testable import Rendering
import Testing
import Vocabulary

@Suite struct TemplateContractTests {
    @Test func `The built-in templates name only what their models declare`() {
        #expect(Renderer.check([Tree.templates]) == [])
    }

    @Test func `Every name that a model declares is used by its template`() {
        #expect(unusedNames(templates: Tree.templates) == [])
    }

    @Test func `Every page has a template of its stem and every template a page`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Tree.templates + "/pages").filter { $0.hasSuffix(".mustache") }
        #expect(files.map { String($0.dropLast(9)) }.sorted() == allPages.map { $0.stem }.sorted())
    }

    @Test(arguments: [
        ("<p>{{titel}}</p>", "there is no {{titel}} here"),
        ("<p>{{{reason}}}</p>", "would show a text without escaping it"),
        ("{{>nowhere}}", "there is no partial nowhere"),
        ("{{#reason}}<p>", "is never closed"),
        ("<p>{{reason</p>", "never closed"),
        ("{{/reason}}", "closes a section that is not open"),
        ("{{=<% %>=}}", "is not a name"),
        ("{{<layout}}{{/layout}}", "is not used here"),
        ("{{.}}", "outside a text"),
        ("{{reason.count}}", "has a dot"),
    ])
    func `A mistake in a template of the workspace is a diagnostic and the built-in one is used`(template: String, words: String) throws {
        try withTemporaryFolder { folder in
            try write("<i>one</i>\n" + template, to: folder + "/pages/refused.mustache")
            let renderer = try Renderer(templates: [folder, Tree.templates])
            let diagnostic = try #require(renderer.diagnostics.first)
            #expect(diagnostic.file == "Templates/pages/refused.mustache")
            #expect(diagnostic.line == 2)
            #expect(diagnostic.message.contains(words))
            #expect(renderer.article(RefusedPage(reason: "Because.")).contains("You cannot do this"))
        }
    }

    @Test func `A good template of the workspace goes before the built-in one`() throws {
        try withTemporaryFolder { folder in
            try write("<h1>No: {{reason}}</h1>{{#back}}<a href=\"{{back}}\">back</a>{{/back}}", to: folder + "/pages/refused.mustache")
            let renderer = try Renderer(templates: [folder, Tree.templates])
            #expect(renderer.diagnostics == [])
            #expect(renderer.article(RefusedPage(reason: "a < b")) == "<h1>No: a &lt; b</h1>")
        }
    }

    @Test func `A template that no page uses is a warning`() throws {
        try withTemporaryFolder { folder in
            try write("<p></p>", to: folder + "/pages/catalog.mustache")
            let diagnostics = Renderer.check([folder, Tree.templates])
            #expect(diagnostics.map(\.file) == ["Templates/pages/catalog.mustache"])
            #expect(diagnostics.first?.severity == .warning)
        }
    }

    @Test func `Missing built-in templates are an error of the installation`() throws {
        try withTemporaryFolder { folder in
            _ = #expect(throws: RenderingError.self) { _ = try Renderer(templates: [folder]) }
        }
    }

    @Test func `A partial that contains itself is a diagnostic`() throws {
        try withTemporaryFolder { folder in
            try write("{{>banner}}", to: folder + "/partials/banner.mustache")
            #expect(Renderer.check([folder, Tree.templates]).contains { $0.message.contains("contains itself") })
        }
    }
}
