// What publishing makes of report.md, of results without one, and of mistakes in either.
import Artifacts
import Markup
@testable import Rendering
import Testing
import Vocabulary

@Suite struct ReportArticleTests {
    private static let csv = """
        month,expected,low,high,year
        1961-01-01,450.25,430,470.5,1961
        1961-02-01,425.5,402,450,1961
        1961-03-01,1480,1400.5,1500,1961

        """
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]

    private func render(
        _ report: String?, csv: String = csv, files: [String: [UInt8]] = [:], outputs extra: [(OutputDefinition, [UInt8])] = [],
        metrics: [Metric] = Samples.metrics, change: (inout JobDefinition) -> Void = { _ in }
    ) async throws -> RenderedArticle {
        var artifacts = MemoryArtifacts()
        var definition = Samples.definition
        definition.outputs += extra.map(\.0)
        change(&definition)
        var manifest: [Manifest.File] = []
        for (path, bytes) in files { manifest.append(.init(path: path, sha256: artifacts.keep(bytes), bytes: Int64(bytes.count), executable: false)) }
        if let report { manifest.append(.init(path: "report.md", sha256: artifacts.keep(Array(report.utf8)), bytes: Int64(report.utf8.count), executable: false)) }
        let header = csv.split(separator: "\n").first.map { $0.split(separator: ",").map(String.init) } ?? []
        var outputs = [
            Output(name: "forecast", path: "forecast.csv", declared: true, sha256: artifacts.keep(Array(csv.utf8)), bytes: Int64(csv.utf8.count), rows: 3, columns: header)
        ]
        for (output, bytes) in extra {
            outputs.append(Output(name: output.name, path: output.path, declared: true, sha256: artifacts.keep(bytes), bytes: Int64(bytes.count)))
        }
        let material = ArticleMaterial(
            jobName: "airline-passengers", definition: definition, manifest: Manifest(files: manifest), metrics: metrics,
            parameters: ["horizon": .integer(12)], outputs: outputs)
        return try await ReportArticle.render(material, from: artifacts, clock: Samples.clock)
    }

    @Test func `A chart and a table of a file with semicolons, decimal commas and Latin-1 are those of the plain file`() async throws {
        let report = """
            ```chart
            data: figures
            type: line
            x: day
            y: value
            ```

            ```table
            data: figures
            ```

            {{output.figures.value.mean}} in {{output.figures.town.first}}
            """
        let plain = Array("day,value,town\n2026-01-31,1234.5,Zürich\n2026-02-28,-0.25,Köln\n".utf8)
        let local = "day;value;town\r\n31.01.2026;1.234,5;Zürich\r\n28.02.2026;-0,25;Köln\r\n".unicodeScalars.map { UInt8($0.value) }
        var pages: [String] = []
        for bytes in [plain, local] {
            let article = try await render(report, outputs: [(OutputDefinition(name: "figures", path: "figures.csv"), bytes)])
            #expect(article.diagnostics.isEmpty)
            pages.append("\(article.html)")
        }
        #expect(pages[0] == pages[1] && pages[0].contains("1,234.50") && pages[0].contains("Zürich") && pages[0].contains("<svg"))
    }

    @Test func `A column of days that may be months is said to the writer`() async throws {
        let bytes = Array("day,value\n01/02/2026,1\n03/04/2026,2\n".utf8)
        let article = try await render("```table\ndata: figures\n```\n", outputs: [(OutputDefinition(name: "figures", path: "figures.csv"), bytes)])
        #expect(article.diagnostics.map(\.message).contains { $0.contains("the column day is read as text") && $0.contains("2026-03-08") })
    }

    @Test func `A report with every kind of block is what its golden file says`() async throws {
        let article = try await render("""
            **Plan for {{output.forecast.expected.first}} thousand in {{output.forecast.month.first}}**, edition {{edition.number}} of {{edition.date}}.
            The next {{parameter.horizon}} months; error {{metric.mape}} %; {{output.forecast.rows}} rows; `{{metric.mape}}` stays in code.

            # Outlook

            ```chart
            data: forecast
            type: line
            x: month
            y: expected
            band: [low, high]
            title: Expected passengers
            ```

            ```metric
            name: mape
            ```

            ```table
            data: forecast
            columns: [month, expected, year]
            rows: 2
            sort: -expected
            title: The busiest months
            ```
            """)
        #expect(article.diagnostics == [])
        #expect(article.headline == "Typical error 3.142%")
        try expectGolden(article.html.html, "article/blocks")
    }

    @Test func `Without report.md the results make the page`() async throws {
        let article = try await render(nil)
        #expect(article.diagnostics == [])
        try expectGolden(article.html.html, "article/default")
    }

    @Test func `An unknown value is a note in the text and a diagnostic with its line`() async throws {
        let article = try await render("Fine.\n\nIt is {{metric.mapee}} and {{output.forecast.expcted.last}}.\n")
        #expect(article.html.html.contains("[no value: metric.mapee]"))
        #expect(article.html.html.contains("[no value: output.forecast.expcted.last]"))
        #expect(article.diagnostics.map(\.line) == [3, 3])
        #expect(article.diagnostics.allSatisfy { $0.file == "Jobs/airline-passengers/report.md" })
    }

    @Test func `A value that the run did not report is a note too`() async throws {
        let article = try await render("{{metric.mape}}", metrics: [])
        #expect(article.html.html.contains("[no value: metric.mape]"))
        #expect(article.headline == nil)
    }

    @Test(arguments: [
        ("```chart\ndata: forecast\ntype: line\nx: month\ny: nothing\n```", "This chart cannot be shown"),
        ("```table\ndata: nowhere\n```", "This table cannot be shown"),
        ("```metric\nname: speed\n```", "This measure cannot be shown"),
        ("```chart\ndata: [\n```", "This chart cannot be shown"),
    ])
    func `A block with a mistake is a note in its place and a diagnostic`(block: String, words: String) async throws {
        let article = try await render("Before.\n\n\(block)\n\nAfter.\n")
        #expect(article.html.html.contains(words))
        #expect(article.html.html.contains("After."))
        #expect(!article.diagnostics.isEmpty)
    }

    @Test func `HTML and formulas in a job's data stay text`() async throws {
        let csv = "name,value\n<script>alert(1)</script>,3\n\"\"\"><img src=x onerror=y>\",4\n"
        let article = try await render(nil, csv: csv) {
            $0.outputs[0].title = "<b>x</b> **y** [z](javascript:q)"
            $0.outputs[0].columns = []
        }
        #expect(!article.html.html.contains("<script>"))
        #expect(!article.html.html.contains("<img src=x"))
        #expect(!article.html.html.contains("<b>x"))
        #expect(!article.html.html.contains("javascript:q\""))
        #expect(article.html.html.contains("&lt;script&gt;"))
    }

    @Test func `Raw HTML that may not stand is left out with a diagnostic`() async throws {
        let article = try await render("Hello <script>alert(1)</script> <b onclick=\"x\">there</b>\n")
        #expect(!article.html.html.contains("script"))
        #expect(!article.html.html.contains("onclick"))
        #expect(!article.diagnostics.isEmpty)
    }

    @Test func `A small picture of the job stands in the page, a large or a false one is left out with a diagnostic`() async throws {
        let article = try await render(
            "![small](figures/a.png)\n\n![large](big.png)\n\n![false](no.png)\n\n![gone](gone.png)\n",
            files: ["figures/a.png": Self.png, "big.png": Self.png + Array(repeating: 0, count: 300_000), "no.png": [1, 2, 3]])
        #expect(article.html.html.contains("src=\"data:image/png;base64,iVBORw0KGgoBAgM=\""))
        #expect(!article.html.html.contains("big.png"))
        #expect(!article.html.html.contains("/~image/"))
        #expect(article.diagnostics.count { $0.message.contains("200 KiB") } == 1)
        #expect(article.diagnostics.count { $0.message.contains("neither PNG nor JPEG") } == 1)
        #expect(article.diagnostics.contains { $0.line == 7 })
    }

    @Test func `A picture among the outputs is a file of the edition`() async throws {
        let plot = OutputDefinition(name: "plot", path: "figures/plot.png", title: "Plot")
        let article = try await render("![The plot](figures/plot.png)\n", outputs: [(plot, Self.png)])
        #expect(article.html.html.contains("src=\"/~files/plot.png\""))
        let placed = StoredArticle.placed(Array(article.html.html.utf8), filesFolder: "/reports/x/editions/3/files", number: "3")
        #expect(placed.html.contains("src=\"/reports/x/editions/3/files/plot.png\""))
    }

    @Test func `A placed article knows its edition`() {
        let stored = "<p>Edition \(StoredArticle.numberMark)</p><a href=\"/~files/f.csv\">f</a> /~files/ in prose"
        let placed = StoredArticle.placed(Array(stored.utf8), filesFolder: "/reports/x/editions/14/files", number: "14")
        #expect(placed.html == "<p>Edition 14</p><a href=\"/reports/x/editions/14/files/f.csv\">f</a> /~files/ in prose")
    }

    @Test func `A column whose values make the series is one line for each`() async throws {
        let article = try await render(
            "```chart\ndata: forecast\ntype: line\nx: year\ny: value\nseries: lake\ntitle: Lakes\n```\n",
            csv: "year,lake,value\n2001,Huron,3\n2001,Erie,4\n2002,Huron,5\n2002,Erie,6\n") { $0.outputs[0].columns = [] }
        #expect(article.diagnostics == [])
        #expect(article.html.html.contains(">Huron<"))
        #expect(article.html.html.contains(">Erie<"))
        #expect(article.html.html.contains(">2001<"))
    }

    @Test func `Values in text have the decimals of the file, months stay months`() async throws {
        let article = try await render(
            "{{output.forecast.level.max}} {{output.forecast.level.min}} {{output.forecast.level.mean}} in {{output.forecast.month.first}}\n\n```table\ndata: forecast\n```\n",
            csv: "month,level\n1961-01,579.96\n1961-02,579.00\n") { $0.outputs[0].columns = [] }
        #expect(article.html.html.contains("579.96 579.00 579.480 in January 1961"))
        #expect(article.html.html.contains("<th scope=\"row\" class=\"short\">February 1961</th><td class=\"number\">579.00</td>"))
    }

    @Test func `A long file is summed in full, and its blocks say which part they show`() async throws {
        let count = OutputTables.mostRows + 5
        let csv = "n,lake,value\n" + (1...count).map { "\($0),\($0 % 2 == 0 ? "Huron" : "Erie"),1" }.joined(separator: "\n")
        let article = try await render("""
            {{output.forecast.value.sum}} {{output.forecast.n.last}}

            ```chart
            data: forecast
            type: line
            x: n
            y: value
            series: lake
            ```

            ```table
            data: forecast
            rows: 2
            sort: -n
            ```

            ```table
            data: forecast
            rows: 3
            ```
            """, csv: csv) { $0.outputs[0].columns = [] }
        #expect(article.diagnostics == [])
        #expect(article.html.html.contains("<p>50,005 50,005</p>"))
        #expect(article.html.html.contains("Drawn from the first 50,000 of 50,005 rows."))
        #expect(article.html.html.contains("2 rows, found among the first 50,000 of 50,005 rows."))
        #expect(article.html.html.contains("The first 3 of 50,005 rows."))
        #expect(!article.html.html.contains("chart-narrow"))
        #expect(article.html.html.contains("<div class=\"chart-box chart-scrolls\" role=\"region\" aria-label=\"Chart: Value\" tabindex=\"0\">"))
    }

    @Test func `The same results make the same bytes`() async throws {
        let (first, second) = (try await render(nil), try await render(nil))
        #expect(first.html == second.html)
    }
}
