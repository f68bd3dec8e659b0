// Runs: the list, a run's page, its log and its private result, cancelling and publishing.
import Access
import HTTPTypes
import Hummingbird
import Recording
import Rendering
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /runs | signedIn (lists only runs whose pages the reader may see) |
/// | GET | /runs/{run} | runPage |
/// | GET | /runs/{run}/log | runPage |
/// | GET | /runs/{run}/report | runPage; a private run's: who asked for it, or job(administer) |
/// | GET | /runs/{run}/files/{file} | runPage; who asked for the run, or job(administer) |
/// | POST | /runs/{run}/cancel | runPage, with the `run` right or one's own run |
/// | POST | /runs/{run}/publish | runPage, with the `publish` right |
enum RunRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountSignedIn(.get, "/runs") { visit, _ in
            visit.page(try await RunsPage.load(from: visit.site.store, actor: visit.actor, filter: filter(visit), clock: visit.clock))
        }
        table.mountRunPage(.get, "/runs/{run}") { visit in
            let log = try await RunLog(visit).tail(64 * 1024)
            let site = visit.visit.site
            let wait = visit.detail.run.status == .queued ? try await site.store.wait(of: visit.detail.run.id) : nil
            return visit.visit.page(
                RunPage(
                    detail: visit.detail, allowed: visit.allowed, logTail: log.bytes, logBytes: log.total, wait: wait, signs: site.configuration.engine(),
                    clock: visit.visit.clock))
        }
        table.mountRunPage(.get, "/runs/{run}/log", log)
        table.mountRunPage(.get, "/runs/{run}/report", report)
        table.mountRunPage(.get, "/runs/{run}/files/{file}", file)
        table.mountRunPage(.post, "/runs/{run}/cancel") { visit in
            guard visit.allowed.contains(.run) || visit.isOwnRun else { throw ServingError(.forbidden, detail: "You may see this run, but not cancel it.") }
            try await visit.visit.site.store.requestCancel(run: visit.detail.run.id, by: visit.visit.actor.userID, at: visit.visit.now)
            return Answers.redirect("/runs/\(visit.detail.run.id)")
        }
        table.mountRunPage(.post, "/runs/{run}/publish") { visit in
            guard visit.allowed.contains(.publish) else { throw ServingError(.forbidden, detail: "You may see this run, but not publish it.") }
            let number = try await visit.visit.site.configuration.publish(visit.detail.run.id, visit.visit.actor.userID)
            return Answers.redirect("/reports/\(visit.resource.name)/editions/\(number)")
        }
    }

    /// The filter that a query asks for; what it does not understand it leaves out.
    static func filter(_ visit: Visit) -> RunFilter {
        RunFilter(
            jobName: visit.query.text("job").flatMap { Names.isJob($0) ? $0 : nil }, status: visit.query.text("status").flatMap { RunStatus(rawValue: $0) },
            before: visit.query.text("before").flatMap { RunID($0) },
            limit: visit.query.text("limit").flatMap { Int($0) }.map { min(max($0, 1), 500) } ?? 50)
    }

    /// The log as a page; with `from=N` the bytes from there as plain text, for the live tail; with `download=1` as a file.
    private static func log(_ visit: RunVisit) async throws -> Response {
        let log = RunLog(visit)
        if visit.visit.query["download"] == "1" { return try await log.download() }
        if let from = visit.visit.query["from"] {
            guard let offset = Int64(from), offset >= 0 else { throw ServingError(.badRequest, detail: "The offset is a number of bytes.") }
            return try await log.chunk(from: offset)
        }
        let tail = try await log.tail(256 * 1024)
        return visit.visit.page(
            RunLogPage(run: visit.detail.run, jobTitle: visit.detail.job.definition.title, log: tail.bytes, logBytes: tail.total))
    }

    private static func report(_ visit: RunVisit) async throws -> Response {
        let run = visit.detail.run
        if let number = run.editionNumber { return Answers.redirect("/reports/\(run.jobName)/editions/\(number)") }
        guard mayReadResult(visit) else { throw ServingError.notFound }
        return visit.visit.page(
            try await RunReportPage.load(from: visit.visit.site.artifacts, detail: visit.detail, clock: visit.visit.clock))
    }

    /// A file of a run that published nothing: name → row → digest → bytes, as for an edition's.
    private static func file(_ visit: RunVisit) async throws -> Response {
        guard mayReadResult(visit), let output = visit.detail.outputs.first(where: { $0.fileName == visit.visit.capture("file") }) else {
            throw ServingError.notFound
        }
        return try await Download(output, stem: "\(visit.resource.name)-", tail: "-run-\(visit.detail.run.id.short)", visit.visit).response(visit.visit)
    }

    /// A private result is for who asked for it, and for owners of the job.
    private static func mayReadResult(_ visit: RunVisit) -> Bool {
        let isOwn = visit.detail.run.requestedBy != nil && visit.detail.run.requestedBy == visit.visit.actor.userID
        return visit.detail.run.status == .succeeded && (isOwn || visit.allowed.contains(.administer))
    }
}
