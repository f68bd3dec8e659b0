// The one decision about access: pure, with a reason.
package import Vocabulary

/// What the decision needs to know about a job.
package struct JobResource: Sendable, Hashable {
    /// A role that reaches somebody, and where it comes from.
    package struct Reach: Sendable, Hashable {
        package let role: Role
        package let principal: Principal
        /// Where it comes from, for people: `access: view in job.yaml`, `a grant on team planning`.
        package let source: String

        package init(role: Role, principal: Principal, source: String) {
            self.role = role
            self.principal = principal
            self.source = source
        }
    }

    package let id: JobID
    package let name: String
    package let team: String?
    package let reaches: [Reach]

    package init(id: JobID, name: String, team: String?, reaches: [Reach]) {
        self.id = id
        self.name = name
        self.team = team
        self.reaches = reaches
    }
}
