// Who may do what to which job, decided in one place.
package import Vocabulary

/// Yes or no, and why.
package struct Decision: Sendable, Hashable {
    package let isAllowed: Bool
    /// A sentence for people: `ann is in group planning, which access: view in job.yaml makes a viewer`.
    package let reason: String

    package init(isAllowed: Bool, reason: String) {
        self.isAllowed = isAllowed
        self.reason = reason
    }
}

/// The rule of the house: default deny; administrators all; auditors view and read, never change; a role's actions to whom a grant reaches; a token at
/// most what its scope allows.
package func decide(_ actor: Actor, _ action: Action, on job: JobResource) -> Decision { fatalError() }

/// Whether the actor may see a run's page: the `run` action on the job, or ownership of the run.
package func decideRunPage(_ actor: Actor, job: JobResource, requestedBy: UserID?) -> Decision { fatalError() }
