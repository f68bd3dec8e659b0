// The course of a run: its stretches of time, and why it waits, in words that the record supports.
import Recording
@testable import Rendering
import Testing
import Vocabulary

@Suite struct RunCourseTests {
    private static let start = Samples.instant("2026-11-23T05:00:00Z")

    private static func event(_ seconds: Int64, _ kind: String, _ detail: String? = nil) -> RunEventRecord {
        RunEventRecord(at: start.adding(seconds: seconds), kind: kind, detail: detail)
    }

    /// A run whose first attempt failed, whose second was lost, and whose third succeeded.
    private static let eventful = [
        event(0, "queued"), event(2, "claimed", "attempt 1"), event(3, "launched"), event(13, "retried", "exit code 1"), event(73, "claimed", "attempt 2"),
        event(74, "launched"), event(80, "attemptLost", "the machine was restarted"), event(80, "retried"), event(81, "claimed", "attempt 3"),
        event(82, "launched"), event(92, "succeeded"), event(92, "published"),
    ]

    private static func detail(_ run: RunRecord, _ events: [RunEventRecord]) -> RunDetail {
        let whole = Samples.detail(run, attempts: [])
        return RunDetail(
            run: run, job: whole.job, version: whole.version, requestedByName: nil, attempts: [], events: events, parameters: [:], snapshots: [], metrics: [],
            outputs: [])
    }

    private static func page(
        _ run: RunRecord, _ events: [RunEventRecord], wait: RunWait? = nil, signs: EngineSigns = EngineSigns(), allowed: Set<Action> = [.view, .run]
    ) -> RunPage {
        RunPage(detail: detail(run, events), allowed: allowed, logTail: [], logBytes: 0, wait: wait, signs: signs, clock: Samples.clock)
    }

    @Test func `Every attempt and every wait has a stretch of its own`() {
        let rows = Self.page(Samples.run(), Self.eventful).phases
        #expect(rows.map(\.label) == [
            "Waited", "Attempt 1: started", "Attempt 1: ran and failed", "Waited for another attempt", "Attempt 2: started", "Attempt 2: ran until it was lost",
            "Waited for another attempt", "Attempt 3: started", "Attempt 3: ran and succeeded",
        ])
        #expect(rows[2].note == "exit code 1" && rows[2].length == "10 seconds" && rows[2].begins == "06:00:03")
        #expect(rows[5].note == "the machine was restarted" && rows[5].tone == "lost")
        #expect(rows[3].length == "1 minute")
    }

    @Test func `The bars follow each other on one axis and stay on it`() throws {
        for events in [Self.eventful, Array(Self.eventful.prefix(5)), Array(Self.eventful.prefix(1))] {
            for row in Self.page(Samples.run(status: .running, edition: nil), events).phases {
                let (left, width) = (try #require(Double(row.left)), try #require(Double(row.width)))
                #expect(left >= 0 && width >= 0.8 && left + width <= 100.05, "\(row)")
            }
        }
    }

    @Test func `A stretch that goes on is measured until now and says so`() {
        let rows = Self.page(Samples.run(215, status: .running, edition: nil, at: "2026-11-23T09:29:00Z"), [
            RunEventRecord(at: Samples.now.adding(seconds: -60), kind: "queued", detail: nil),
            RunEventRecord(at: Samples.now.adding(seconds: -59), kind: "claimed", detail: "attempt 1"),
            RunEventRecord(at: Samples.now.adding(seconds: -58), kind: "launched", detail: nil),
        ]).phases
        #expect(rows.last?.label == "Runs" && rows.last?.length == "58 seconds so far")
    }

    @Test func `A queued run says why it waits, and the first reason that holds`() {
        let run = Samples.run(217, status: .queued, edition: nil, at: "2026-11-23T09:00:00Z")
        func words(_ wait: RunWait, _ signs: EngineSigns = EngineSigns(places: 2)) -> String { Self.page(run, [], wait: wait, signs: signs).waitNote?.reason ?? "" }
        let other = Samples.id(300, RunID.self)
        #expect(words(RunWait(jobIsRemoved: true, follows: other)).hasPrefix("The job’s folder is gone."))
        #expect(words(RunWait(follows: other), EngineSigns(runnerProblem: "the disk is full")) == "No run is started at the moment: the disk is full.")
        #expect(words(RunWait(notBefore: Samples.now.adding(seconds: 300))) == "The last attempt failed. The next one starts on 23 November 2026, 10:35 Berlin time.")
        #expect(words(RunWait(notBefore: Samples.now.adding(seconds: -1), follows: other)).hasPrefix("Another run of this job is going on."))
        #expect(words(RunWait(activeAttempts: 2)) == "All 2 places of this server are taken by other runs.")
        #expect(words(RunWait(activeAttempts: 1)).contains("when its turn comes"))
        #expect(Self.page(run, [], wait: RunWait(follows: other)).waitNote?.address == "/runs/\(other)")
        #expect(Self.page(run, [], wait: RunWait(follows: other), allowed: [.view]).waitNote?.address == nil, "no address for who may not run the job")
        #expect(Self.page(Samples.run(), [], wait: nil).waitNote == nil)
    }

    @Test func `A cancelled run says who ended it`() {
        let run = Samples.run(218, status: .cancelled, edition: nil)
        #expect(Self.page(run, [Self.event(0, "queued"), Self.event(3, "cancelRequested", "by olga"), Self.event(4, "cancelled")]).cancelledBy == "cancelled by olga")
        #expect(Self.page(run, [Self.event(0, "queued"), Self.event(4, "cancelled")]).cancelledBy == "cancelled from the command line")
        #expect(Self.page(Samples.run(), Self.eventful).cancelledBy == nil)
    }
}
