// A job's report, its card, and "Run now".
import Access
import HTTPTypes
import Hummingbird
import Recording
import Rendering
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /reports/{job} | job(view) |
/// | GET | /reports/{job}/card | job(view) |
/// | POST | /reports/{job}/run | job(run) |
enum ReportRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountJob(.view, .get, "/reports/{job}") { visit in
            let store = visit.visit.site.store
            let job = try await visit.job()
            var edition: EditionRecord?
            if let id = job.currentEditionID { edition = try await store.edition(id) }
            return visit.visit.page(
                try await ReportPage.load(
                    from: store, artifacts: visit.visit.site.artifacts, job: job, edition: edition, allowed: visit.allowed, clock: visit.visit.clock))
        }
        table.mountJob(.view, .get, "/reports/{job}/card") { visit in
            let page = try await CardPage.load(
                from: visit.visit.site.store, artifacts: visit.visit.site.artifacts, job: try await visit.job(), allowed: visit.allowed,
                clock: visit.visit.clock)
            return visit.visit.page(page)
        }
        table.mountJob(.run, .post, "/reports/{job}/run", runNow)
    }

    /// Queues a run with the job's usual parameters; the runner finds it there.
    private static func runNow(_ visit: JobVisit) async throws -> Response {
        let job = try await visit.job()
        guard job.removedAt == nil else {
            throw ServingError(.conflict, subject: job.name, detail: "The folder of this job was removed, so it cannot run. Its pages stay.")
        }
        guard job.definition.task(TaskDefinition.publishing) != nil else {
            throw ServingError(.conflict, subject: job.name, detail: "This job has no task named score, so there is nothing to run from here.")
        }
        let parameters = job.definition.usualParameters(task: TaskDefinition.publishing)
        if let missing = job.definition.parameters.first(where: { parameters[$0.name] == nil }) {
            throw ServingError(
                .conflict, subject: job.name,
                detail: """
                    This job needs a value for “\(missing.label ?? missing.name)”, which has no default, so it cannot be started from here. Ask who \
                    looks after the job to give it a default, or to start the run at the console: \
                    almanac run \(job.name) --parameter \(missing.name)=VALUE
                    """)
        }
        let run = NewRun(
            jobID: job.id, task: TaskDefinition.publishing, trigger: .manual, scheduledFor: visit.visit.now, parameters: parameters,
            requestedBy: visit.visit.actor.userID)
        let id = try await visit.visit.site.store.queue(run, at: visit.visit.now)
        return Answers.redirect("/runs/\(id)")
    }
}

extension JobVisit {
    /// The job's row. Throws `notFound` when it went between the decision and now.
    func job() async throws -> JobRecord {
        guard let job = try await visit.site.store.job(resource.id) else { throw ServingError.notFound }
        return job
    }
}
