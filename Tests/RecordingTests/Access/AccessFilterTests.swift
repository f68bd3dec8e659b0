// The rule as a SQL filter and the rule as a decision agree, for random people, groups and grants.
import Access
import TestSupport
import Testing
import Vocabulary

@testable import Recording

/// A generator whose numbers are the same in every run (SplitMix64).
private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

@Suite struct AccessFilterTests {
    private let groups = ["planning", "finance", "analysts", "leads"]
    private let teams = ["north", "south", nil]

    private func fill(_ store: Store, _ random: inout Seeded) async throws {
        for index in 0..<12 {
            func some() -> [String] { (groups + ["everyone", "public"]).filter { _ in UInt64.random(in: 0..<7, using: &random) == 0 } }
            let access = AccessKeys(view: some(), run: some(), own: some())
            let definition = JobDefinition.sample(title: "Job \(index)", team: teams.randomElement(using: &random) ?? nil, access: access)
            try await store.registerSample("job-\(index)", definition, files: "\(index)")
        }
        for index in 0..<8 {
            _ = try await store.addUser(
                name: "user-\(index)", email: nil, passwordHash: nil, administrator: index == 0, auditor: index == 1,
                groups: groups.filter { _ in Bool.random(using: &random) && Bool.random(using: &random) }, at: .sample())
        }
        for _ in 0..<10 {
            let toUser = Bool.random(using: &random)
            _ = try await store.grant(
                Role.allCases.randomElement(using: &random) ?? .viewer,
                scope: Bool.random(using: &random) ? .job(name: "job-\(Int.random(in: 0..<12, using: &random))") : .team(Bool.random(using: &random) ? "north" : "south"),
                user: toUser ? "user-\(Int.random(in: 2..<8, using: &random))" : nil, group: toUser ? nil : groups.randomElement(using: &random), by: nil,
                at: .sample())
        }
        let users = try await store.users()
        for job in try await store.jobs() {
            for second in 0..<3 {
                _ = try await store.queue(.sample(job.id, by: second == 0 ? nil : users.randomElement(using: &random)?.id), at: .sample(Int64(second)))
            }
        }
    }

    @Test(arguments: 1...12) func `lists hold exactly what the decision allows`(seed: UInt64) async throws {
        try await withTemporaryStore(on: Driver.sampled(seed)) { store in
            var random = Seeded(state: seed)
            try await fill(store, &random)
            let resources = try await store.jobs().asyncMap { try await store.resource(job: $0.id) }.compactMap { $0 }
            let allRuns = try await store.runs(RunFilter(limit: 1000), visibleTo: .operatorAtConsole)
            #expect(resources.count == 12 && allRuns.count == 36)
            var actors: [Actor] = [.anonymous, .operatorAtConsole]
            for user in try await store.users() { actors += [user.actor()] + TokenScope.allCases.map { user.actor(scope: $0) } }
            var seen = 0
            for actor in actors {
                let catalogue = try await store.catalogue(visibleTo: actor, limit: 100)
                let allowed = Set(resources.filter { decide(actor, .view, on: $0).isAllowed }.map(\.id))
                #expect(Set(catalogue.entries.map(\.jobID)) == allowed && catalogue.total == allowed.count, "\(actor)")
                let teams = try await store.teams(visibleTo: actor)
                #expect(teams.reduce(0) { $0 + $1.jobs } == resources.count { allowed.contains($0.id) && $0.team != nil })
                let runs = Set(try await store.runs(RunFilter(limit: 1000), visibleTo: actor).map(\.id))
                let allowedRuns = allRuns.filter { run in
                    resources.contains { $0.id == run.jobID && decideRunPage(actor, job: $0, requestedBy: run.requestedBy).isAllowed }
                }
                #expect(runs == Set(allowedRuns.map(\.id)), "\(actor)")
                seen += allowed.count
            }
            // The sample is neither all nor nothing.
            #expect(seen > actors.count && seen < actors.count * resources.count)
        }
    }

    @Test func `the catalogue is sorted by team and title, cut into pages and searched without patterns`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("a", .sample(title: "zebras", team: "north", summary: "100% of them"), files: "a")
            try await store.registerSample("b", .sample(title: "Apples", team: "north", summary: nil), files: "b")
            try await store.registerSample("c", .sample(title: "Élan", team: nil), files: "c")
            try await store.registerSample("d", .sample(title: "Birds", team: "east"), files: "d")
            func names(team: String? = nil, search: String? = nil, offset: Int = 0, limit: Int = 60) async throws -> [String] {
                try await store.catalogue(visibleTo: .operatorAtConsole, team: team, search: search, offset: offset, limit: limit).entries.map(\.name)
            }
            #expect(try await names() == ["d", "b", "a", "c"])
            #expect(try await names(offset: 1, limit: 2) == ["b", "a"])
            #expect(try await store.catalogue(visibleTo: .operatorAtConsole, limit: 2).total == 4)
            #expect(try await names(team: "north") == ["b", "a"])
            #expect(try await names(search: "APPLE") == ["b"])
            #expect(try await names(search: "élan") == ["c"])
            #expect(try await names(search: "0% OF") == ["a"])
            #expect(try await names(search: "%") == ["a"])
            #expect(try await names(search: "") == ["d", "b", "a", "c"])
        }
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
