// Pages read from a real record: a job is registered, run and published, and every page of it says so.
import Access
import Artifacts
import Foundation
import Markup
import Recording
@testable import Rendering
import Testing
import Vocabulary

@Suite struct PageQueryTests {
    /// A record with one job, one published run with its article and one queued run.
    private struct Scene {
        let store: Store
        let artifacts: MemoryArtifacts
        let job: JobRecord
        let run: RunID
        let waiting: RunID
        let planner: Actor
        let renderer: Renderer
        let clock = PageClock(now: Samples.instant("2026-11-23T05:01:00Z"), zones: Zones())
    }

    private func withScene(_ body: (Scene) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-pages-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try await Store.open(at: .dataFolder(folder), mode: .unsynced)
        var artifacts = MemoryArtifacts()
        let card = "---\nlicense: CC-BY-4.0\ntags: [a, b]\n---\n# Passengers\n\nWrong by {{metric.mape}} % in edition {{edition.number}}.\n"
        let files = [
            Manifest.File(path: "README.md", sha256: artifacts.keep(Array(card.utf8)), bytes: Int64(card.utf8.count), executable: false),
            Manifest.File(path: "job.yaml", sha256: Samples.digest(3), bytes: 9, executable: false),
        ]
        let start = Samples.instant("2026-11-23T05:00:00Z")
        let user = try await store.addUser(name: "ann", email: nil, passwordHash: nil, administrator: false, groups: ["planning"], at: start)
        _ = try await store.register(
            job: "airline-passengers", definition: Samples.definition, manifest: Manifest(files: files), manifestDigest: Samples.digest(8), at: start)
        var job = try #require(try await store.job(named: "airline-passengers"))
        let new = NewRun(jobID: job.id, task: "score", trigger: .manual, scheduledFor: start, parameters: ["horizon": .integer(12)], requestedBy: user)
        let run = try await store.queue(new, at: start)
        let claimed = try #require(try await store.claimRuns(limit: 1, at: start.adding(seconds: 1)).first)
        try await store.recordLaunch(
            attempt: claimed.attemptID, receipt: Receipt(launcher: "local", text: "1"), snapshots: [], environment: [:], at: start.adding(seconds: 1))
        let article = "<p>Edition \(StoredArticle.numberMark): <a href=\"/~files/forecast.csv\">file</a></p>"
        let outputs = [Samples.outputs[0]]
        try await store.finish(
            attempt: claimed.attemptID,
            end: AttemptEnd(
                status: .succeeded, endedAt: start.adding(seconds: 9), metrics: [Metric(name: "mape", value: 3.14)], outputs: outputs,
                edition: NewEdition(
                    state: .published, reportDigest: artifacts.keep(Array(article.utf8)), headline: "Typical error 3.14%", createdAt: start.adding(seconds: 9))),
            at: start.adding(seconds: 9))
        let waiting = try await store.queue(new, at: start.adding(seconds: 20))
        job = try #require(try await store.job(named: "airline-passengers"))
        let planner = try #require(try await store.user(user)).actor()
        try await body(Scene(
            store: store, artifacts: artifacts, job: job, run: run, waiting: waiting, planner: planner, renderer: try builtIn()))
        try store.close()
    }

    @Test func `The catalogue shows the report with its headline and light`() async throws {
        try await withScene { scene in
            let page = try await CataloguePage.load(from: scene.store, actor: scene.planner, team: nil, search: "PASSENGERS", pageNumber: 1, clock: scene.clock)
            let html = scene.renderer.article(page)
            #expect(html.contains("href=\"/reports/airline-passengers\""))
            #expect(html.contains("Typical error 3.14%"))
            #expect(html.contains("On time"))
            let nobody = try await CataloguePage.load(from: scene.store, actor: .anonymous, team: nil, search: nil, pageNumber: 1, clock: scene.clock)
            #expect(scene.renderer.article(nobody).contains("Sign in to see"))
        }
    }

    @Test func `The report places its stored article in its edition`() async throws {
        try await withScene { scene in
            let edition = try #require(try await scene.store.edition(job: scene.job.id, number: 1))
            let page = try await ReportPage.load(
                from: scene.store, artifacts: scene.artifacts, job: scene.job, edition: edition, allowed: [.view, .download], clock: scene.clock)
            let html = scene.renderer.article(page)
            #expect(html.contains("<p>Edition 1: <a href=\"/reports/airline-passengers/editions/1/files/forecast.csv\">file</a></p>"))
            #expect(html.contains("SHA-256"))
            #expect(!html.contains("/runs/"))
            let none = try await ReportPage.load(
                from: scene.store, artifacts: scene.artifacts, job: scene.job, edition: nil, allowed: [.view], clock: scene.clock)
            #expect(scene.renderer.article(none).contains("nothing to read yet"))
        }
    }

    @Test func `A reader who may not download is offered no files`() async throws {
        try await withScene { scene in
            let edition = try #require(try await scene.store.edition(job: scene.job.id, number: 1))
            let page = try await ReportPage.load(
                from: scene.store, artifacts: scene.artifacts, job: scene.job, edition: edition, allowed: [.view], clock: scene.clock)
            #expect(!scene.renderer.article(page).contains("SHA-256"))
        }
    }

    @Test func `The card has its facts, its values and what is missing`() async throws {
        try await withScene { scene in
            let page = try await CardPage.load(
                from: scene.store, artifacts: scene.artifacts, job: scene.job, allowed: [.view, .run], clock: scene.clock)
            let html = scene.renderer.article(page)
            #expect(html.contains("CC-BY-4.0"))
            #expect(html.contains("a, b"))
            #expect(html.contains("<h2 id=\"text-passengers\">"))
            #expect(html.contains("Wrong by 3.14 % in edition 1."))
            #expect(html.contains("This card is not complete"))
        }
    }

    @Test func `The runs, the run, the editions and the schedule are read from the record`() async throws {
        try await withScene { scene in
            let runs = try await RunsPage.load(from: scene.store, actor: scene.planner, filter: RunFilter(), clock: scene.clock)
            #expect(scene.renderer.article(runs).contains(scene.waiting.text))
            let detail = try #require(try await scene.store.runDetail(scene.run))
            let run = RunPage(detail: detail, allowed: [.run], logTail: [], logBytes: 0, clock: scene.clock)
            #expect(scene.renderer.article(run).contains("See edition 1"))
            let editions = try await EditionsPage.load(from: scene.store, job: scene.job, allowed: [.view], clock: scene.clock)
            #expect(scene.renderer.article(editions).contains("Edition 1"))
            let schedule = try await SchedulePage.load(from: scene.store, actor: scene.planner, clock: scene.clock)
            #expect(scene.renderer.article(schedule).contains("0 6 * * *"))
            let closed = try await SchedulePage.load(from: scene.store, actor: .anonymous, clock: scene.clock)
            #expect(!scene.renderer.article(closed).contains("0 6 * * *"))
        }
    }

    @Test func `A private result is rendered when it is asked for`() async throws {
        try await withScene { scene in
            let detail = Samples.detail(Samples.run(isPrivate: true, edition: nil))
            var artifacts = scene.artifacts
            let csv = Array("month,expected\n1961-01-01,450\n1961-02-01,420\n".utf8)
            let output = Output(name: "forecast", path: "forecast.csv", declared: true, sha256: artifacts.keep(csv), bytes: Int64(csv.count), rows: 2, columns: ["month", "expected"])
            let mine = RunDetail(
                run: detail.run, job: detail.job, version: detail.version, requestedByName: "ann", attempts: [], events: [], parameters: [:],
                snapshots: [], metrics: [], outputs: [output])
            let page = try await RunReportPage.load(from: artifacts, detail: mine, clock: scene.clock)
            let html = scene.renderer.article(page)
            #expect(html.contains("private result"))
            #expect(html.contains("/runs/\(detail.run.id)/files/forecast.csv"))
        }
    }

    @Test func `The content pages of the site are all there`() throws {
        for name in ["about", "help", "glossary"] {
            let page = try #require(ContentPage.load(from: [Tree.content], name: name))
            #expect(try builtIn().article(page).contains("<h1"))
        }
        #expect(ContentPage.load(from: [Tree.content], name: "../site") == nil)
        #expect(ContentPage.load(from: [Tree.content], name: "nothing") == nil)
    }
}
