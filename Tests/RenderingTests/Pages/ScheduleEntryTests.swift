// The schedule page: what it says of each due time, and what it keeps from whom.
import Recording
@testable import Rendering
import Testing
import Vocabulary

@Suite struct ScheduleEntryTests {
    private func entries(_ lane: ScheduleLane = Samples.lanes[0], clock: PageClock = Samples.clock) -> LaneEntries {
        LaneEntries(lane, clock: clock, horizon: clock.now.adding(seconds: 7 * 86_400))
    }

    @Test func `Every due time has a fate in words, late ones and reasons included`() {
        let past = entries().past
        #expect(past.map(\.words) == ["Succeeded", "Failed", "Succeeded", "Succeeded", "Skipped", "Missed"])
        #expect(past[1].notes == ["The program took longer than its time limit."])
        #expect(past[2].notes == ["started 42 minutes late"])
        #expect(past[3].notes == ["on request"])
        #expect(past[4].notes == ["the run before was still going on"])
        #expect(past[5].notes == ["no server was looking at the time"])
        #expect(entries().coming.count == 7)
    }

    @Test func `A due time that the scheduler has not acted on is late`() {
        let lane = ScheduleLane(
            jobID: Samples.jobID, jobName: "airline-passengers", definition: Samples.definition,
            schedules: [Samples.schedule(Samples.definition.schedules[0], lastDue: "2026-11-22T05:00:00Z")])
        #expect(entries(lane).past.map(\.tone) == [.late])
        #expect(entries(lane).past.map(\.at) == [Samples.instant("2026-11-23T05:00:00Z")])
        let punctual = PageClock(now: Samples.instant("2026-11-23T05:00:30Z"), zones: Zones())
        #expect(entries(lane, clock: punctual).past.isEmpty)
    }

    @Test func `What a paused job will not do is not promised`() {
        #expect(Set(entries(Samples.lanes[1]).coming.map(\.tone)) == [.paused])
        #expect(entries(Samples.lanes[1]).past.allSatisfy { $0.notes == ["the schedule was paused"] })
    }

    @Test func `Who may not run a job gets no address of its runs`() throws {
        let hidden = ScheduleLane(
            jobID: Samples.jobID, jobName: "airline-passengers", definition: Samples.definition, mayReadRuns: false,
            schedules: Samples.lanes[0].schedules, occurrences: Samples.lanes[0].occurrences, runs: Samples.laneRuns)
        let page = try builtIn().article(SchedulePage(lanes: [hidden], total: 1, clock: Samples.clock))
        #expect(page.contains("Failed") && !page.contains("/runs/"))
        #expect(try builtIn().article(SchedulePage(lanes: [Samples.lanes[0]], total: 1, clock: Samples.clock)).contains("/runs/"))
    }

    @Test func `The axis has fifteen days, also where one has 25 hours`() {
        let axis = ScheduleAxis(zone: "Europe/Berlin", clock: PageClock(now: Samples.instant("2026-10-26T09:30:00Z"), zones: Zones()))
        #expect(axis.starts.count == 16)
        #expect(axis.starts[7] - axis.starts[6] == 25 * 3_600_000)
        #expect(axis.place(axis.first) == "0" && axis.place(axis.end) == "100")
        let jump = ScheduleAxis(zone: "America/Santiago", clock: PageClock(now: Samples.instant("2026-09-06T12:00:00Z"), zones: Zones()))
        #expect(jump.starts[7] == Samples.instant("2026-09-06T04:00:00Z"), "the day begins after the clocks jumped over its midnight")
    }

    @Test func `A week of forty busy jobs stays small`() throws {
        let definition = JobDefinition(title: "Every quarter of an hour", tasks: Samples.definition.tasks, schedules: [ScheduleDefinition(cron: "*/15 * * * *", timezone: "UTC")])
        let start = Samples.now.adding(seconds: -2 * 86_400)
        let busy = (0..<40).map { number in
            ScheduleLane(
                jobID: Samples.id(number + 1, JobID.self), jobName: "job-\(number)", definition: definition,
                schedules: [Samples.schedule(definition.schedules[0], job: "job-\(number)")],
                occurrences: (0..<190).map { step in
                    let due = start.adding(seconds: Int64(step) * 900)
                    return Samples.occurrence(LocalTime(due, offset: 0).description, due: due.description, .skipped, reason: "whileRunning")
                })
        }
        let page = try builtIn().article(SchedulePage(lanes: busy, total: 40, clock: Samples.clock))
        #expect(page.utf8.count < 150_000, "\(page.utf8.count) bytes")
    }
}
