// The decision about a job, or a run, before anything of it is opened.
import Access
import HTTPTypes
import HummingbirdCore
import Recording
import Vocabulary

/// A visit to a job that the reader may see, with all they may do to it.
struct JobVisit: Sendable {
    var visit: Visit
    let resource: JobResource
    let allowed: Set<Action>

    enum Outcome: Sendable {
        case allowed(JobVisit)
        /// The job has another name now: the same address with that.
        case moved(String)
    }

    /// Decides about the job at `{job}`: missing and not for this reader are one error; a reader who may see it but not do this is told so.
    static func decide(_ visit: Visit, _ action: Action) async throws -> Outcome {
        let name = visit.capture("job")
        guard Names.isJob(name) else { throw ServingError.notFound }
        guard let resource = try await visit.site.store.resource(jobNamed: name) else { return try await decideFormer(visit, name) }
        let allowed = actions(visit.actor, resource)
        guard allowed.contains(.view) else { throw ServingError.notFound }
        guard allowed.contains(action) else {
            if case .anonymous = visit.actor { throw ServingError(.signInRequired) }
            throw ServingError(.forbidden, subject: name, detail: Access.decide(visit.actor, action, on: resource).reason)
        }
        return .allowed(JobVisit(visit: visit, resource: resource, allowed: allowed))
    }

    private static func decideFormer(_ visit: Visit, _ name: String) async throws -> Outcome {
        let method = visit.request.method
        guard method == .get || method == .head, let present = try await visit.site.store.presentName(ofFormer: name),
            let resource = try await visit.site.store.resource(jobNamed: present), actions(visit.actor, resource).contains(.view)
        else { throw ServingError.notFound }
        var segments = visit.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        // By its place: a job may once have been called `v1`.
        let index = visit.isAPI ? 4 : 2
        guard segments.indices.contains(index), segments[index] == name else { throw ServingError.notFound }
        segments[index] = present
        return .moved(segments.joined(separator: "/") + (visit.rawQuery.map { "?" + $0 } ?? ""))
    }

    /// Everything that the actor may do to the job.
    static func actions(_ actor: Actor, _ resource: JobResource) -> Set<Action> {
        Set(Action.allCases.filter { Access.decide(actor, $0, on: resource).isAllowed })
    }

    func verified() async throws -> JobVisit {
        var copy = self
        copy.visit = try await visit.verified()
        return copy
    }
}

/// A visit to a run whose page the reader may see.
struct RunVisit: Sendable {
    var visit: Visit
    let detail: RunDetail
    let resource: JobResource
    /// What the reader may do to the run's job.
    let allowed: Set<Action>

    static func decide(_ visit: Visit) async throws -> RunVisit {
        guard let id = RunID(visit.capture("run")), let run = try await visit.site.store.run(id),
            let resource = try await visit.site.store.resource(job: run.jobID),
            decideRunPage(visit.actor, job: resource, requestedBy: run.requestedBy).isAllowed,
            let detail = try await visit.site.store.runDetail(id)
        else { throw ServingError.notFound }
        return RunVisit(visit: visit, detail: detail, resource: resource, allowed: JobVisit.actions(visit.actor, resource))
    }

    /// Whether the reader asked for this run, with a credential that may run at all.
    var isOwnRun: Bool {
        guard case .user(let user) = visit.actor, detail.run.requestedBy == user.id else { return false }
        return user.scope == nil || user.scope == .run || user.scope == .all
    }

    func verified() async throws -> RunVisit {
        var copy = self
        copy.visit = try await visit.verified()
        return copy
    }
}
