// The rule about access, checked against a second reading of it over every combination.
import Access
import Testing
import Vocabulary

@Suite struct DecisionTests {
    static let ann = Samples.user(1)
    static let ben = Samples.user(2)

    /// One job with one reach for each role and principal, one without, and one with two reaches.
    static let jobs: [JobResource] = {
        var reaches: [[JobResource.Reach]] = [[]]
        let principals: [Principal] = [.public, .everyone, .user(ann), .user(ben), .group("planning"), .group("finance")]
        for role in Role.allCases {
            for principal in principals { reaches.append([.init(role: role, principal: principal, source: "a grant")]) }
        }
        for role in Role.allCases {
            reaches.append([
                .init(role: .viewer, principal: .public, source: "access: view in job.yaml"),
                .init(role: role, principal: .group("planning"), source: "a grant"),
            ])
        }
        return reaches.map { Samples.job($0) }
    }()

    static let actors: [Actor] = {
        var actors: [Actor] = [.anonymous, .operatorAtConsole]
        for groups in [[], ["planning"], ["planning", "finance"]] as [Set<String>] {
            for administrator in [false, true] {
                for auditor in [false, true] {
                    for scope in [nil] + TokenScope.allCases.map(Optional.some) {
                        actors.append(
                            .user(.init(id: ann, name: "ann", groups: groups, administrator: administrator, auditor: auditor, scope: scope)))
                    }
                }
            }
        }
        return actors
    }()

    /// The rule once more, written as a table of who reaches what.
    static func expected(_ actor: Actor, _ action: Action, _ job: JobResource) -> Bool {
        let rank: [Action: Int] = [.view: 1, .download: 1, .run: 2, .publish: 3, .administer: 4]
        let level: [Role: Int] = [.viewer: 1, .analyst: 2, .publisher: 3, .owner: 4]
        guard case .user(let user) = actor else {
            if actor == .operatorAtConsole { return true }
            return job.reaches.contains { $0.principal == .public && level[$0.role]! >= rank[action]! }
        }
        let cap = user.scope == .read ? 1 : user.scope == .run ? 2 : 4
        guard rank[action]! <= cap else { return false }
        if user.administrator || (user.auditor && rank[action]! == 1) { return true }
        return job.reaches.contains { reach in
            let reached =
                switch reach.principal {
                case .public, .everyone: true
                case .user(let id): id == user.id
                case .group(let name): user.groups.contains(name)
                }
            return reached && level[reach.role]! >= rank[action]!
        }
    }

    @Test func `Every combination of actor, action and job is decided by the rule`() {
        var allowed = 0
        var refused = 0
        for actor in Self.actors {
            for job in Self.jobs {
                for action in Action.allCases {
                    let decision = decide(actor, action, on: job)
                    // #expect on each of some ten thousand cases would take seconds.
                    if decision.isAllowed != Self.expected(actor, action, job) || decision.reason.isEmpty || decision.reason.hasSuffix(".") {
                        Issue.record("\(actor) \(action) \(job.reaches): \(decision)")
                    }
                    if decision.isAllowed { allowed += 1 } else { refused += 1 }
                }
            }
        }
        #expect(allowed > 1000 && refused > 1000)
    }

    @Test func `A run's page opens to whoever may run the job, who asked for the run, and auditors`() {
        for actor in Self.actors {
            for job in Self.jobs {
                for requestedBy in [nil, Self.ann, Self.ben] {
                    var may = Self.expected(actor, .run, job)
                    if case .user(let user) = actor { may = may || user.auditor || requestedBy == user.id }
                    if decideRunPage(actor, job: job, requestedBy: requestedBy).isAllowed != may {
                        Issue.record("\(actor) \(job.reaches) \(String(describing: requestedBy))")
                    }
                }
            }
        }
    }

    @Test func `Nobody who is signed out owns a run that nobody asked for`() {
        #expect(!decideRunPage(.anonymous, job: Samples.job([]), requestedBy: nil).isAllowed)
    }

    @Test func `More never takes away: a role, a group or the auditor's eye only adds`() {
        for job in Self.jobs {
            for action in Action.allCases {
                let plain = decide(.user(.init(id: Self.ann, name: "ann", groups: [], administrator: false)), action, on: job)
                let grouped = decide(.user(.init(id: Self.ann, name: "ann", groups: ["planning"], administrator: false)), action, on: job)
                let auditor = decide(
                    .user(.init(id: Self.ann, name: "ann", groups: [], administrator: false, auditor: true)), action, on: job)
                #expect(!plain.isAllowed || (grouped.isAllowed && auditor.isAllowed))
            }
        }
    }

    @Test func `An auditor changes nothing by being one`() {
        let auditor = Actor.user(.init(id: Self.ann, name: "ann", groups: [], administrator: false, auditor: true))
        let job = Samples.job([])
        #expect(Action.allCases.filter { decide(auditor, $0, on: job).isAllowed } == [.view, .download])
    }
}
