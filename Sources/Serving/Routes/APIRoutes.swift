// The JSON surface: jobs, runs and editions, as the command line prints them.
import Access
import Hummingbird
import Recording
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /api/v1/jobs | signedIn (those the reader may view) |
/// | GET | /api/v1/jobs/{job} | job(view) |
/// | GET | /api/v1/jobs/{job}/editions | job(view) |
/// | GET | /api/v1/editions?job= | signedIn, and then job(view) |
/// | GET | /api/v1/runs | signedIn (those whose pages the reader may see) |
/// | GET | /api/v1/runs/{run} | runPage |
enum APIRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountSignedIn(.get, "/api/v1/jobs") { visit, _ in
            let page = max(1, min(visit.query.text("page").flatMap { Int($0) } ?? 1, 100_000))
            let (entries, total) = try await visit.site.store.catalogue(
                visibleTo: visit.actor, team: visit.query.text("team"), search: visit.query.text("q"), offset: (page - 1) * 100, limit: 100)
            return Answers.json(.object([("jobs", .array(entries.map(APIShapes.entry))), ("total", .integer(Int64(total)))]))
        }
        table.mountJob(.view, .get, "/api/v1/jobs/{job}") { visit in
            let job = try await visit.job()
            var current: EditionRecord?
            if let id = job.currentEditionID { current = try await visit.visit.site.store.edition(id) }
            return Answers.json(APIShapes.job(job, current: current))
        }
        table.mountJob(.view, .get, "/api/v1/jobs/{job}/editions", editions)
        table.mountSignedIn(.get, "/api/v1/editions") { visit, _ in
            guard let name = visit.query.text("job") else { throw ServingError(.badRequest, detail: "Name the job: /api/v1/editions?job=NAME") }
            var visit = visit
            visit.captures["job"] = name
            guard case .allowed(let job) = try await JobVisit.decide(visit, .view) else { throw ServingError.notFound }
            return try await editions(job)
        }
        table.mountSignedIn(.get, "/api/v1/runs") { visit, _ in
            let runs = try await visit.site.store.runs(RunRoutes.filter(visit), visibleTo: visit.actor)
            return Answers.json(APIShapes.runs(runs))
        }
        table.mountRunPage(.get, "/api/v1/runs/{run}") { visit in Answers.json(APIShapes.detail(visit.detail)) }
    }

    private static func editions(_ visit: JobVisit) async throws -> Response {
        let before = visit.visit.query.text("before").flatMap { Int($0) }
        let all = try await visit.visit.site.store.editions(job: visit.resource.id, before: before, limit: 100)
        let seen = all.filter { $0.state == .published || visit.allowed.contains(.publish) }
        return Answers.json(.object([("editions", .array(seen.map { APIShapes.edition($0, job: visit.resource.name) }))]))
    }
}
