// Who may do what to which job, decided in one place.
package import Vocabulary

/// Yes or no, and why.
package struct Decision: Sendable, Hashable {
    package let isAllowed: Bool
    /// A sentence for people, without a full stop: `ann is in group planning, which access: view in job.yaml makes a viewer`.
    package let reason: String

    package init(isAllowed: Bool, reason: String) {
        self.isAllowed = isAllowed
        self.reason = reason
    }
}

/// The rule of the house: default deny; administrators all; auditors view and download, and no more by that role; a role's actions to whom a grant
/// reaches; a token at most what its scope allows.
///
/// The rules add up: being an auditor takes nothing away that a grant gives. A token's scope caps everything, an administrator's token too.
package func decide(_ actor: Actor, _ action: Action, on job: JobResource) -> Decision {
    let who = Sentences.name(of: actor)
    if case .operatorAtConsole = actor { return Decision(isAllowed: true, reason: "\(who) may do everything") }
    if case .user(let user) = actor {
        if let scope = user.scope, !scope.allows(action) {
            return Decision(isAllowed: false, reason: "the token's scope \(scope.rawValue) does not allow \(who) to \(Sentences.verb(action)) this job")
        }
        if user.administrator { return Decision(isAllowed: true, reason: "\(who) is an administrator") }
        if user.auditor, action == .view || action == .download {
            return Decision(isAllowed: true, reason: "\(who) is an auditor, who reads everything")
        }
    }
    guard let reach = job.strongestReach(for: actor) else {
        return Decision(isAllowed: false, reason: "nothing gives \(who) a role on \(job.name)")
    }
    guard reach.role.actions.contains(action) else {
        return Decision(
            isAllowed: false, reason: "\(Sentences.why(reach, for: actor)), and \(Sentences.role(reach.role)) may not \(Sentences.verb(action)) it")
    }
    return Decision(isAllowed: true, reason: Sentences.why(reach, for: actor))
}

/// Whether the actor may see a run's page and log: the `run` action on the job, the asking for that run, or an auditor's reading of everything.
///
/// `requestedBy` is the user who asked for the run, nil for one that a schedule made.
package func decideRunPage(_ actor: Actor, job: JobResource, requestedBy: UserID?) -> Decision {
    if case .user(let user) = actor {
        if let requestedBy, requestedBy == user.id {
            return Decision(isAllowed: true, reason: "\(user.name) asked for this run")
        }
        if user.auditor { return Decision(isAllowed: true, reason: "\(user.name) is an auditor, who reads everything") }
    }
    return decide(actor, .run, on: job)
}

extension TokenScope {
    /// Whether a token of this scope may be used for the action at all.
    package func allows(_ action: Action) -> Bool {
        switch self {
        case .read: action == .view || action == .download
        case .run: action == .view || action == .download || action == .run
        case .all: true
        }
    }
}

extension JobResource {
    /// The strongest role that reaches the actor (of equals, the first), or nil; site-wide roles are not looked at.
    package func strongestReach(for actor: Actor) -> Reach? {
        let principals = Set(actor.principals)
        var strongest: Reach?
        for reach in reaches where principals.contains(reach.principal) {
            if let found = strongest, found.role >= reach.role { continue }
            strongest = reach
        }
        return strongest
    }
}
