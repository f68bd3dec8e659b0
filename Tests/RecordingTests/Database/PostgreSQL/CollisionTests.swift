// Many writers on one PostgreSQL record, and connections that go away at the worst moment.
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Recording

private let isMissing = PostgreSQLServer.programs == nil

@Suite struct CollisionTests {
    @Test(.disabled(if: isMissing, "there is no PostgreSQL server program on this machine"))
    func `twenty claimers of four nodes start five hundred runs once each`() async throws {
        try await withRecordPlace(on: [.postgreSQL]) { place in
            var stores: [Store] = []
            for _ in 0..<4 { stores.append(try await place.open()) }
            for index in 0..<10 { try await stores[0].registerSample("job-\(index)", files: "\(index)") }
            let jobs = try await stores[0].jobs().map(\.id)
            for number in 0..<500 { _ = try await stores[0].queue(.sample(jobs[number % 10], isPrivate: number / 10 % 5 != 0), at: .sample(Int64(number))) }
            let ended = try await withThrowingTaskGroup(of: [RunID].self) { [stores] group in
                for worker in 0..<20 {
                    group.addTask {
                        let store = stores[worker % 4]
                        var done: [RunID] = []
                        while try await store.queueDepth().queued > 0 {
                            for run in try await store.claimRuns(limit: 5, at: .sample(1000)) {
                                try await store.finish(attempt: run.attemptID, end: .success(edition: run.run.isPrivate ? nil : .sample()), at: .sample(1001))
                                done.append(run.run.id)
                            }
                        }
                        return done
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(ended.count == 500 && Set(ended).count == 500)
            let attempts = try await stores[0].read { try $0.value("SELECT count(*) FROM attempt", as: Int.self) }
            #expect(attempts == 500)
            for job in jobs {
                let numbers = try await stores[1].editions(job: job).map(\.number)
                #expect(numbers == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
            }
            let collisions = stores.compactMap { ($0.database as? PostgreSQLDatabase)?.collisions }.reduce(0, +)
            // Some thousand writes: those that collided were not so many that they kept each other from getting done.
            #expect(collisions < 1000, "\(collisions) writes were run again")
            if ProcessInfo.processInfo.environment["ALMANAC_MEASURE"] != nil { print("\(collisions) of some 1,100 writes were run again") }
            let log = try await TestDatabases.shared.log()
            #expect(!log.contains("deadlock detected"))
            for store in stores { try store.close() }
        }
    }

    @Test(.disabled(if: isMissing, "there is no PostgreSQL server program on this machine"))
    func `connections that are ended during writes lose nothing that was answered and double nothing`() async throws {
        try await withRecordPlace(on: [.postgreSQL]) { place in
            let store = try await place.open()
            let (answered, ended) = await withTaskGroup(of: ([String], Int).self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        var (names, ended): ([String], Int) = ([], 0)
                        for number in 0..<40 {
                            let name = "user-\(worker)-\(number)"
                            do {
                                // In the middle of what the three others do.
                                if number % 8 == worker { ended += try await TestDatabases.shared.endConnections(of: place) }
                                _ = try await store.addUser(name: name, email: nil, passwordHash: nil, administrator: false, groups: ["all"], at: .sample())
                                names.append(name)
                            } catch {
                                #expect((error as? RecordingError)?.code == .unavailable, "\(error)")
                            }
                        }
                        return (names, ended)
                    }
                }
                return await group.reduce(into: ([], 0)) { $0 = ($0.0 + $1.0, $0.1 + $1.1) }
            }
            #expect(ended > 10, "only \(ended) connections were ended")
            #expect(answered.count > 100, "only \(answered.count) of 160 were answered")
            let recorded = try await store.users().map(\.name)
            #expect(Set(recorded).isSuperset(of: answered) && Set(recorded).count == recorded.count)
            try store.close()
        }
    }
}
