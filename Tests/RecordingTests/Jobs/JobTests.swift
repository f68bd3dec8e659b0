// Registration: versions, names, schedules, access rows and diagnostics of jobs.
import Access
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct JobTests {
    @Test func `new files are a new version, the same files are not`() async throws {
        try await withTemporaryStore { store in
            let manifest = Manifest.sample("one")
            let first = try await store.register(
                job: "passengers", definition: .sample(), manifest: manifest, manifestDigest: .sample(manifest.text), at: .sample())
            #expect(first.isNew && first.version.number == 1 && first.version.manifest == manifest)
            let again = try await store.register(
                job: "passengers", definition: .sample(), manifest: manifest, manifestDigest: .sample(manifest.text), at: .sample(9))
            #expect(!again.isNew && again.version == first.version)
            let second = try await store.registerSample("passengers", files: "two")
            #expect(second.number == 2)
            let back = try await store.registerSample("passengers", files: "one")
            #expect(back == first.version)
            let job = try #require(try await store.job(named: "passengers"))
            #expect(job.versionNumber == 1 && job.versionID == first.version.id && job.definition == .sample())
            #expect(try await store.job(job.id) == job)
            #expect(try await store.jobVersion(second.id) == second)
        }
    }

    @Test func `registering what the record holds already writes nothing`() async throws {
        try await withTemporaryStore { store in
            let spy = SpyDatabase(store.database)
            let watched = Store(spy)
            for _ in 0..<3 { try await watched.registerSample("passengers", .sample(access: AccessKeys(view: ["planning"]), schedules: [.sample()])) }
            #expect(spy.writeCount == 1)
        }
    }

    @Test func `files that mean more to a newer program are their old version with the newer definition`() async throws {
        try await withTemporaryStore { store in
            let first = try await store.registerSample("passengers")
            let second = try await store.registerSample("passengers", .sample(title: "Passengers by month"))
            #expect(second.id == first.id && second.definition.title == "Passengers by month")
        }
    }

    @Test func `a renamed job keeps its history and its old name leads to it`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers")
            let id = try #require(try await store.job(named: "passengers")?.id)
            try await store.markRemoved(job: "passengers", at: .sample(1))
            try await store.registerSample("airline-passengers", .sample(formerNames: ["passengers", "flyers"]), files: "two", at: .sample(2))
            let job = try #require(try await store.job(named: "airline-passengers"))
            #expect(job.id == id && job.versionNumber == 2 && job.removedAt == nil)
            #expect(try await store.job(named: "passengers") == nil)
            #expect(try await store.presentName(ofFormer: "passengers") == "airline-passengers")
            #expect(try await store.presentName(ofFormer: "flyers") == "airline-passengers")
            #expect(try await store.presentName(ofFormer: "airline-passengers") == nil)
            // A job of its own that takes the old name ends the redirection.
            try await store.registerSample("passengers", files: "three", at: .sample(3))
            #expect(try await store.presentName(ofFormer: "passengers") == nil)
            #expect(try await store.jobs().map(\.name) == ["airline-passengers", "passengers"])
        }
    }

    @Test func `a changed schedule begins now, an unchanged one goes on, and a job that comes back begins anew`() async throws {
        try await withTemporaryStore { store in
            let weekly = ScheduleDefinition(name: "weekly", cron: "0 7 * * 1", timezone: "UTC")
            try await store.registerSample("passengers", .sample(schedules: [.sample(), weekly]))
            let first = try await store.schedulesInForce()
            #expect(first.map(\.name) == ["main", "weekly"])
            #expect(first.map(\.effectiveFrom) == [.sample(), .sample()])
            #expect(first[1].definition == weekly && first[1].jobName == "passengers" && !first[1].paused)

            try await store.registerSample("passengers", .sample(schedules: [.sample(cron: "0 8 * * *"), weekly]), files: "two", at: .sample(60))
            let second = try await store.schedulesInForce()
            #expect(second.map(\.effectiveFrom) == [.sample(60), .sample()])
            #expect(second[0].revision != first[0].revision && second[1].revision == first[1].revision)

            try await store.markRemoved(job: "passengers", at: .sample(70))
            #expect(try await store.schedulesInForce() == [])
            #expect(try await store.job(named: "passengers")?.removedAt == .sample(70))
            try await store.registerSample("passengers", .sample(schedules: [.sample()]), at: .sample(80))
            #expect(try await store.schedulesInForce().map(\.effectiveFrom) == [.sample(80)])
            #expect(try await store.job(named: "passengers")?.removedAt == nil)
        }
    }

    @Test func `access keys are grants that follow the file`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers", .sample(access: AccessKeys(view: ["planning", "everyone", "planning"], own: ["leads"])))
            let grants = try await store.grants(job: "passengers")
            #expect(Set(grants.map { "\($0.role.rawValue) \($0.principal)" }) == ["viewer group:planning", "viewer everyone", "owner group:leads"])
            let all = grants.allSatisfy { $0.fromDefinition && $0.scope == .job(name: "passengers") }
            #expect(all)
            let epoch = try await store.accessEpoch()
            try await store.registerSample("passengers", .sample(access: AccessKeys(run: ["planning"])), files: "two")
            #expect(try await store.accessEpoch() > epoch)
            let resource = try #require(try await store.resource(jobNamed: "passengers"))
            #expect(resource.reaches == [.init(role: .analyst, principal: .group("planning"), source: "access: run in job.yaml")])
            #expect(resource.team == "planning")
            await #expect(throws: RecordingError.self) { try await store.removeGrant(try await store.grants()[0].id) }
        }
    }

    @Test func `a broken edit shows its diagnostics beside the last good version`() async throws {
        try await withTemporaryStore { store in
            let diagnostics = [Diagnostic(file: "Jobs/passengers/job.yaml", line: 3, column: 1, "unknown key tsaks", suggestion: "write tasks")]
            try await store.recordDiagnostics(diagnostics, job: "passengers", at: .sample())
            #expect(try await store.jobs() == [])
            try await store.registerSample("passengers")
            try await store.recordDiagnostics(diagnostics, job: "passengers", at: .sample())
            #expect(try await store.job(named: "passengers")?.diagnostics == diagnostics)
            #expect(try await store.job(named: "passengers")?.versionNumber == 1)
            #expect(try await store.catalogue(visibleTo: .operatorAtConsole).entries.first?.hasDiagnostics == true)
            try await store.registerSample("passengers", files: "two")
            #expect(try await store.job(named: "passengers")?.diagnostics == [])
        }
    }

    @Test func `pausing is for jobs that are there`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers", .sample(schedules: [.sample()]))
            try await store.setPaused(true, job: "passengers", at: .sample())
            #expect(try await store.schedulesInForce().map(\.paused) == [true])
            let error = await #expect(throws: RecordingError.self) { try await store.setPaused(true, job: "nobody", at: .sample()) }
            #expect(error?.code == .notFound)
        }
    }
}
