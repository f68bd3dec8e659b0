// The soak: run after run, and the server is afterwards what it was before.
import Foundation
import Testing
import TestSupport

extension `Under fire` {
    @Suite struct `The soak` {
        /// What the server may grow by between its hundredth run and its last, in bytes. Caches fill for a while; a leak of a KiB in each of a thousand runs
        /// would still fit, one of 64 KiB would not.
        private static let growth = 24 << 20

        private static let job = [
            "Jobs/noop/job.yaml": "contract: 1\ntitle: Nothing\ntasks:\n  score: { run: go.sh }\n", "Jobs/noop/go.sh": "#!/bin/sh\nexec /bin/true\n",
        ]

        /// What a server holds.
        private struct Holding {
            let descriptors: Int
            let residentBytes: Int
            let zombies: Int

            init(_ server: Server) {
                descriptors = ProcessTable.descriptors(of: server.pid)
                residentBytes = ProcessTable.entry(server.pid)?.residentBytes ?? 0
                zombies = ProcessTable.look().descendants(of: server.pid).count { $0.state == "Z" }
            }
        }

        @Test func `run after run leaves no zombie, no descriptor, no folder and no memory behind`() async throws {
            let count = max(DrillSettings.soakRuns, 40)
            let place = try Workplace(Self.job)
            let server = try await place.serve(variables: ["ALMANAC_LOG_LEVEL": "warning"])
            let record = Record(path: place.folder.path + "/data/record.sqlite")
            let socket = place.folder.path + "/data/control.sock"
            #expect(await Program.eventually { ask(socket) })
            // The first runs fill caches and pools.
            let warm = min(100, count / 2)
            try await reach(warm, asked: 1, record, socket)
            try await settle(server)
            let before = Holding(server)
            let begun = ContinuousClock.now
            try await reach(count, asked: warm, record, socket)
            let seconds = begun.elapsed
            try await settle(server)
            let after = Holding(server)
            let perSecond = Double(count - warm) / seconds
            print("soak: \(count) runs, \(rounded(perSecond)) runs/s; descriptors \(before.descriptors) → \(after.descriptors), RSS \(before.residentBytes >> 20) → \(after.residentBytes >> 20) MiB, zombies \(after.zombies)")
            #expect(before.zombies == 0)
            #expect(after.zombies == 0)
            #expect(after.descriptors <= before.descriptors)
            #expect(after.residentBytes - before.residentBytes <= Self.growth)
            let runs = place.folder.path + "/data/runs"
            #expect(try await Program.eventually(within: 10) { try FileManager.default.contentsOfDirectory(atPath: runs).isEmpty })
            #expect(try record.rows("SELECT count(*) FROM run WHERE status <> 'succeeded'") == [["0"]])
            #expect(try record.rows("SELECT count(*), max(number) FROM edition") == [["\(count)", "\(count)"]])
            #expect(try groupsLeft(record).isEmpty)
            #expect(server.end() == 0)
            #expect(ProcessTable.look().holding(runs).isEmpty)
        }

        /// Queues a run; false while the job is not registered.
        private func ask(_ socket: String) -> Bool {
            let answer = Wire.control(socket, Data("{\"run\":{\"_0\":{\"job\":\"noop\",\"parameters\":{}}}}".utf8))
            return answer?.text.contains("\"run\"") == true
        }

        /// Queues runs until there are `count`, never more than a few ahead of the server, and waits for the last.
        private func reach(_ count: Int, asked: Int, _ record: Record, _ socket: String) async throws {
            var asked = asked
            let ended = { try record.rows("SELECT count(*) FROM run WHERE ended_at IS NOT NULL").first.flatMap { Int($0[0]) } ?? 0 }
            let done = try await Program.eventually(within: Double(count) + 30) {
                let now = try ended()
                while asked < min(count, now + 50) {
                    guard await Wire.aside({ self.ask(socket) }) else { throw Workplace.Failure(description: "a run was refused") }
                    asked += 1
                }
                return now >= count
            }
            #expect(done, "not \(count) runs ended")
        }

        /// Waits until the server has closed what its last runs needed.
        private func settle(_ server: Server) async throws {
            var last = -1
            _ = await Program.eventually(within: 10) {
                let now = ProcessTable.descriptors(of: server.pid)
                defer { last = now }
                return now == last
            }
            try await Task.sleep(for: .milliseconds(300))
        }

        /// Control groups that are named for an attempt of this record.
        private func groupsLeft(_ record: Record) throws -> [String] {
            let attempts = Set(try record.rows("SELECT id FROM attempt").map { $0[0] })
            guard let walker = FileManager.default.enumerator(atPath: "/sys/fs/cgroup") else { return [] }
            return walker.compactMap { $0 as? String }.filter { path in attempts.contains { path.contains($0) } }
        }
    }
}
