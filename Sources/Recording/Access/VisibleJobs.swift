// The rule of Access as a SQL condition, so that lists and counts hold exactly what the decision allows.
import Access
import Vocabulary

/// A condition on the jobs `j` of a statement.
struct VisibleJobs: Sendable {
    let condition: String
    let arguments: [any Storable]

    private static let all = VisibleJobs(condition: "1 = 1", arguments: [])
    private static let none = VisibleJobs(condition: "1 = 0", arguments: [])

    /// Jobs that the actor may view: `decide(actor, .view, on:)`.
    static func viewable(by actor: Actor) -> VisibleJobs {
        switch actor {
        case .operatorAtConsole: return all
        case .anonymous: return reached(by: actor, for: .view)
        case .user(let user):
            if let scope = user.scope, !scope.allows(.view) { return none }
            return user.administrator || user.auditor ? all : reached(by: actor, for: .view)
        }
    }

    /// Jobs of which the actor may see every run's page: `decideRunPage` without regard to who asked for the run.
    static func withVisibleRuns(for actor: Actor) -> VisibleJobs {
        switch actor {
        case .operatorAtConsole: return all
        case .anonymous: return reached(by: actor, for: .run)
        case .user(let user):
            if user.auditor { return all }
            if let scope = user.scope, !scope.allows(.run) { return none }
            return user.administrator ? all : reached(by: actor, for: .run)
        }
    }

    /// Jobs on which a grant to one of the actor's principals gives a role that allows the action.
    private static func reached(by actor: Actor, for action: Action) -> VisibleJobs {
        let principals = actor.principals
        let roles = Role.allCases.filter { $0.actions.contains(action) }
        guard !principals.isEmpty, !roles.isEmpty else { return none }
        let reach = "g.principal IN (\(Dialect.marks(principals.count))) AND g.role IN (\(Dialect.marks(roles.count)))"
        let arguments = principals.map { $0 as any Storable } + roles.map { $0 as any Storable }
        return VisibleJobs(
            condition: """
                (j.id IN (SELECT g.job_id FROM role_grant g WHERE \(reach) AND g.job_id IS NOT NULL)
                OR j.team IN (SELECT g.team FROM role_grant g WHERE \(reach) AND g.team IS NOT NULL))
                """,
            arguments: arguments + arguments)
    }
}
