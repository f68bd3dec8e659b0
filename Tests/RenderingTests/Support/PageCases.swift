// A page per state: what the golden files hold and what other tests walk through.
import Markup
import Recording
@testable import Rendering
import Vocabulary

/// The pages of the golden files.
enum PageCases {
    /// Name of the golden file and the rendered page.
    static func all(_ renderer: Renderer) throws -> [(String, String)] {
        var rendered: [(String, String)] = []
        for (name, page) in pages { rendered.append((name, renderer.article(page))) }
        return rendered
    }

    static var pages: [(String, any Page)] {
        catalogue + reports + runs + others
    }

    static let everything = Set(Action.allCases)
    static let reading: Set<Action> = [.view, .download]

    private static var catalogue: [(String, any Page)] {
        let failed = Samples.entry(
            "flight-delays", title: "Late arrivals out of New York", summary: "How likely a flight is to arrive late.", team: "operations",
            current: Samples.edition(3, at: "2026-11-03T06:00:00Z"), last: .failed, lastEnded: "2026-11-23T06:00:00Z", number: 2)
        let empty = Samples.entry("lake-levels", title: "Level of Lake Huron", summary: nil, team: nil, current: nil, last: nil, number: 3)
        let entries = [Samples.entry(), failed, empty]
        let trends = [Samples.jobID: [3.6, 3.4, 3.5, 3.2, 3.14]]
        return [
            ("catalogue/planner", CataloguePage(
                entries: entries, total: 3, trends: trends, actor: Samples.ann, team: nil, search: nil, pageNumber: 1, clock: Samples.clock)),
            ("catalogue/administrator", CataloguePage(
                entries: [Samples.entry(diagnostics: true)], total: 130, actor: Samples.root, team: "planning", search: nil, pageNumber: 2,
                clock: Samples.clock)),
            ("catalogue/nothing-found", CataloguePage(
                entries: [], total: 0, actor: Samples.ann, team: nil, search: "whales & <b>", pageNumber: 1, clock: Samples.clock)),
            ("catalogue/signed-out", CataloguePage(
                entries: [], total: 0, actor: .anonymous, team: nil, search: nil, pageNumber: 1, clock: Samples.clock)),
        ]
    }

    private static func report(
        edition: EditionRecord?, current: EditionRecord?, newest: EditionRecord?, runs: [RunRecord], job: JobRecord = Samples.job(),
        allowed: Set<Action>
    ) -> ReportPage {
        ReportPage(
            job: job, edition: edition, current: current, newest: newest, runs: runs, detail: edition.map { _ in Samples.detail(job: job) },
            previous: edition.map { _ in
                ([Metric(name: "mape", value: 3.4)], [Output(name: "forecast", path: "forecast.csv", declared: true, sha256: Samples.digest(4), bytes: 9, rows: 11)], 13)
            }, article: edition.map { _ in Samples.article }, allowed: allowed, clock: Samples.clock)
    }

    private static var reports: [(String, any Page)] {
        let current = Samples.edition()
        let held = Samples.edition(15, state: .held, current: false, at: "2026-11-23T08:00:00Z", heldBecause: "Typical error is 55%, above the limit of 40%.")
        let failed = Samples.run(status: .failed, reason: .exitCode, message: "exit code 1", edition: nil, at: "2026-11-23T07:00:00Z")
        let broken = Samples.job(diagnostics: [Diagnostic(file: "Jobs/airline-passengers/job.yaml", line: 12, column: 9, "unknown key “titel”", suggestion: "write title")])
        return [
            ("report/current", report(edition: current, current: current, newest: current, runs: [Samples.run()], allowed: reading)),
            ("report/owner", report(edition: current, current: current, newest: held, runs: [failed, Samples.run()], job: broken, allowed: everything)),
            ("report/older-edition", report(
                edition: Samples.edition(12, current: false), current: current, newest: current, runs: [Samples.run()], allowed: reading)),
            ("report/nothing-yet", report(
                edition: nil, current: nil, newest: nil, runs: [], job: Samples.job(current: nil), allowed: reading)),
            ("editions/owner", EditionsPage(
                job: Samples.job(), editions: [held, current, Samples.edition(13, state: .withheld, current: false, at: "2026-11-22T05:00:00Z")],
                moves: [PointerMove(from: 13, to: 12, at: Samples.now, by: "olga", reason: "The input was of the wrong year.")],
                allowed: everything, clock: Samples.clock)),
            ("editions/none", EditionsPage(job: Samples.job(), editions: [], moves: [], allowed: reading, clock: Samples.clock)),
            ("card/full", CardPage(
                job: Samples.job(), version: Samples.version,
                facts: [("license", "CC-BY-4.0"), ("pipeline_tag", "time-series-forecasting"), ("datasets", "AirPassengers")], text: Samples.article,
                missing: ["Limitations"], metrics: Samples.metrics, runs: [Samples.run()], allowed: everything, clock: Samples.clock)),
            ("card/none", CardPage(
                job: Samples.job(), version: Samples.version, facts: [], text: nil, missing: [], metrics: [], runs: [], allowed: reading,
                clock: Samples.clock)),
        ]
    }

    private static var runs: [(String, any Page)] {
        let failed = Samples.run(212, status: .failed, reason: .exitCode, message: "exit code 1", edition: nil, at: "2026-11-22T05:00:00Z")
        let running = Samples.run(215, status: .running, edition: nil, at: "2026-11-23T09:29:00Z", trigger: .manual)
        let isPrivate = Samples.run(216, isPrivate: true, edition: nil, trigger: .manual)
        func page(_ run: RunRecord, _ allowed: Set<Action>) -> RunPage {
            RunPage(detail: Samples.detail(run), allowed: allowed, logTail: Samples.log, logBytes: Int64(Samples.log.count), clock: Samples.clock)
        }
        return [
            ("run/succeeded", page(Samples.run(), everything)),
            ("run/failed", page(failed, everything)),
            ("run/running", page(running, everything)),
            ("run/queued", RunPage(
                detail: Samples.detail(Samples.run(217, status: .queued, edition: nil)), allowed: [.view, .download, .run], logTail: [], logBytes: 0,
                clock: Samples.clock)),
            ("run/private", page(isPrivate, reading)),
            ("run/private-publisher", page(isPrivate, everything)),
            ("run-log/running", RunLogPage(run: running, jobTitle: Samples.definition.title, log: Samples.log, logBytes: 90_000)),
            ("run-report/private", RunReportPage(detail: Samples.detail(isPrivate), article: Samples.article, clock: Samples.clock)),
            ("runs/list", RunsPage(
                runs: [running, Samples.run(), failed, isPrivate], filter: RunFilter(jobName: "airline-passengers", limit: 4),
                zones: ["airline-passengers": "Europe/Berlin"], clock: Samples.clock)),
            ("runs/none", RunsPage(runs: [], filter: RunFilter(status: .failed), clock: Samples.clock)),
        ]
    }

    private static var others: [(String, any Page)] {
        let user = UserRecord(
            id: Samples.id(70, UserID.self), name: "ann", email: "ann@example.com", passwordHash: "x", administrator: false, auditor: false,
            disabledAt: nil, groups: ["planning", "finance"], createdAt: Samples.now)
        let token = TokenRecord(
            id: Samples.id(90, TokenID.self), userName: "ann", name: "spreadsheet", prefix: "alm_4fQ2", scope: .read, createdAt: Samples.now,
            expiresAt: Samples.now.adding(seconds: 90 * 86_400), lastUsedAt: nil, revokedAt: nil)
        let over = TokenRecord(
            id: Samples.id(91, TokenID.self), userName: "ann", name: "old", prefix: "alm_9aB1", scope: .all, createdAt: Samples.now,
            expiresAt: Samples.now, lastUsedAt: Samples.now, revokedAt: Samples.now)
        return [
            ("schedule/week", SchedulePage(lanes: Samples.lanes, total: 3, clock: Samples.clock)),
            ("schedule/clock-change", SchedulePage(
                lanes: [Samples.lanes[0]], total: 1, filter: ScheduleFilter(job: "airline-passengers"), signs: EngineSigns(schedulerProblem: "the clock is a year off"),
                clock: PageClock(now: Samples.instant("2026-10-26T09:30:00Z"), zones: Zones()))),
            ("schedule/none", SchedulePage(lanes: [], total: 0, clock: Samples.clock)),
            ("schedule/no-such", SchedulePage(lanes: [], total: 0, filter: ScheduleFilter(job: "nothing"), clock: Samples.clock)),
            ("account/person", AccountPage(user: user, tokens: [token, over], clock: Samples.clock)),
            ("account/new-token", AccountPage(user: user, tokens: [token], newToken: "alm_4fQ2example", notice: "The token was made.", clock: Samples.clock)),
            ("login/first", LoginPage(next: "/")),
            ("login/again", LoginPage(next: "/reports/x", userName: "ann", problem: "The user name or the password is not right.")),
            ("link/good", LinkPage(userName: "ann", secret: "abc123")),
            ("link/over", LinkPage(userName: nil, secret: nil)),
            ("not-found/any", NotFoundPage()),
            ("refused/any", RefusedPage(reason: "Your role on this report lets you read it, not run it.", back: "/reports/x")),
            ("failure/any", FailurePage(errorID: "e-7f3a91")),
            ("content/any", ContentPage(section: .help, pageTitle: "Help", article: Samples.article)),
        ]
    }
}
