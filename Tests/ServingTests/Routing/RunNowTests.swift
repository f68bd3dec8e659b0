// "Run now" where it cannot be: a sentence that says why and what to do, and nothing in the queue.
import Credentials
import Recording
import Testing
import Vocabulary

@testable import Serving

struct RunNowTests {
    @Test func `A job whose parameter has no default is refused with the way to start it`() async throws {
        try await TestSite.with { test async throws in
            let definition = JobDefinition(
                title: "Needs a value", access: AccessKeys(run: ["analysts"]),
                tasks: [TaskDefinition(name: "score", file: "run.sh", language: .command)],
                parameters: [
                    ParameterDefinition(name: "rate", kind: .number, defaultValue: .number(0.5)),
                    ParameterDefinition(name: "horizon", kind: .integer, label: "Months <ahead>"),
                ])
            _ = try await test.store.register(
                job: "needy", definition: definition, manifest: Manifest(files: []), manifestDigest: Secret.digest(of: "needy"), at: test.clock.now)
            let answer = try await test.browser(as: "analyst").post("/reports/needy/run")
            #expect(answer.status == 409)
            #expect(answer.text.contains("This job needs a value for “Months &lt;ahead&gt;”, which has no default"))
            #expect(answer.text.contains("almanac run needy --parameter horizon=VALUE"))
            var program = Browser(site: test.site)
            program.token = try await test.token(of: "analyst", .run)
            let problem = try await program.post("/reports/needy/run")
            #expect(problem.status == 409 && problem.text.contains("--parameter horizon=VALUE"))
            #expect(try await test.store.queueDepth().queued == 0)
        }
    }
}
