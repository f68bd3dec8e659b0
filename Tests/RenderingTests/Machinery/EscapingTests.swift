// What people and jobs typed stays text.
import Markup
import Recording
@testable import Rendering
import Testing
import Vocabulary

@Suite struct EscapingTests {
    private let hostile = "<script>alert(1)</script>\"' onload=x & {{title}} {{{article}}}"

    private func expectHarmless(_ html: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
        #expect(!html.contains("<script>"), sourceLocation: sourceLocation)
        #expect(!html.contains("\"' onload"), sourceLocation: sourceLocation)
        #expect(html.contains("&lt;script&gt;"), sourceLocation: sourceLocation)
        #expect(html.contains("{{title}} {{{article}}}"), sourceLocation: sourceLocation)
    }

    private var hostileDefinition: JobDefinition {
        var definition = Samples.definition
        definition.title = hostile
        definition.summary = hostile
        definition.owner = hostile
        definition.team = hostile
        definition.parameters[0].label = hostile
        definition.outputs[0].title = hostile
        definition.outputs[0].description = hostile
        definition.outputs[0].columns[0].description = hostile
        definition.metrics[0].title = hostile
        definition.metrics[0].unit = hostile
        return definition
    }

    @Test func `A hostile title is text in the catalogue`() throws {
        let page = CataloguePage(
            entries: [Samples.entry(title: hostile, summary: hostile, team: hostile, definition: hostileDefinition)], total: 1, actor: Samples.ann,
            team: hostile, search: hostile, pageNumber: 1, clock: Samples.clock)
        expectHarmless(try builtIn().article(page))
    }

    @Test func `A hostile definition is text on the report`() throws {
        let job = Samples.job(hostileDefinition, diagnostics: [Diagnostic(file: hostile, hostile)])
        let page = ReportPage(
            job: job, edition: Samples.edition(heldBecause: hostile), current: Samples.edition(), newest: nil, runs: [],
            detail: Samples.detail(job: job), previous: nil, article: Samples.article, allowed: Set(Action.allCases), clock: Samples.clock)
        expectHarmless(try builtIn().article(page))
    }

    @Test func `A hostile log and message are text on the run`() throws {
        let run = Samples.run(status: .failed, reason: .exitCode, message: hostile, edition: nil)
        let page = RunPage(
            detail: Samples.detail(run), allowed: [.run], logTail: Array(hostile.utf8), logBytes: Int64(hostile.utf8.count), clock: Samples.clock)
        expectHarmless(try builtIn().article(page))
    }

    @Test func `A hostile name is text in the frame and on the forms`() throws {
        let assets = try Assets(folders: [Tree.assets])
        let frame = Frame(
            siteTitle: hostile, actorName: hostile, path: "/x?y=\"><script>", formToken: hostile, banners: [Banner(.note, hostile)], assets: assets)
        let html = try builtIn().page(LoginPage(next: hostile, userName: hostile, problem: hostile), frame: frame)
        #expect(!html.contains("<script>"))
        #expect(!html.contains("\"' onload"))
        #expect(html.contains("&lt;script&gt;"))
    }

    @Test func `No page carries a style attribute, an inline script or an address of another host`() throws {
        for (name, html) in try PageCases.all(builtIn()) {
            #expect(!html.contains(" style="), "\(name)")
            #expect(!html.contains("<script>"), "\(name)")
            #expect(!html.contains(" onclick="), "\(name)")
            #expect(!html.contains("=\"http"), "\(name)")
        }
    }

    @Test func `Terminal colours and control characters of a log are dropped`() {
        let log = LogText(Array("\u{1b}[31mred\u{1b}[0m\u{7}\u{1b}]0;title\u{7} plain\ttab\r\n".utf8), of: 40)
        #expect(log.text == "red plain\ttab\n")
    }

    @Test func `A log that was cut begins with a whole line and says so`() {
        let log = LogText(Array("half\nwhole\n".utf8), of: 5_000)
        #expect(log.text == "whole\n")
        #expect(log.note != nil)
        #expect(log.end == 5_000)
    }
}
