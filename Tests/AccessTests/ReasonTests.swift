// The sentences in which decisions are explained.
import Access
import Testing
import Vocabulary

@Suite struct ReasonTests {
    static let reach = JobResource.Reach(role: .viewer, principal: .group("planning"), source: "access: view in job.yaml")
    static func ann(groups: Set<String> = ["planning"], administrator: Bool = false, auditor: Bool = false, scope: TokenScope? = nil) -> Actor {
        .user(.init(id: Samples.user(1), name: "ann", groups: groups, administrator: administrator, auditor: auditor, scope: scope))
    }

    static let cases: [(Actor, Action, [JobResource.Reach], String)] = [
        (ann(), .view, [reach], "ann is in group planning, which access: view in job.yaml makes a viewer"),
        (
            ann(), .run, [reach],
            "ann is in group planning, which access: view in job.yaml makes a viewer, and a viewer may not run it"
        ),
        (ann(groups: []), .view, [reach], "nothing gives ann a role on lake-levels"),
        (.anonymous, .view, [reach], "nothing gives somebody who is not signed in a role on lake-levels"),
        (
            .anonymous, .download, [.init(role: .viewer, principal: .public, source: "access: view in job.yaml")],
            "access: view in job.yaml makes everybody a viewer, signed in or not"
        ),
        (
            ann(), .run, [.init(role: .analyst, principal: .everyone, source: "a grant on team planning")],
            "a grant on team planning makes everyone who is signed in an analyst"
        ),
        (
            ann(), .publish, [reach, .init(role: .owner, principal: .user(Samples.user(1)), source: "a grant on this job")],
            "a grant on this job makes ann an owner"
        ),
        (ann(administrator: true), .administer, [], "ann is an administrator"),
        (ann(auditor: true), .download, [], "ann is an auditor, who reads everything"),
        (.operatorAtConsole, .administer, [], "the operator at the console may do everything"),
        (ann(administrator: true, scope: .read), .run, [], "the token's scope read does not allow ann to run this job"),
    ]

    @Test(arguments: cases) func `A decision gives its reason in a sentence`(
        actor: Actor, action: Action, reaches: [JobResource.Reach], reason: String
    ) {
        #expect(decide(actor, action, on: Samples.job(reaches)).reason == reason)
    }

    @Test func `Of two reaches the stronger is named`() {
        let strong = JobResource.Reach(role: .publisher, principal: .everyone, source: "a grant")
        #expect(Samples.job([Self.reach, strong]).strongestReach(for: Self.ann()) == strong)
        #expect(Samples.job([strong, Self.reach]).strongestReach(for: Self.ann()) == strong)
    }
}
