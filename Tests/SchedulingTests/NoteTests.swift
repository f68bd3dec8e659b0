// What people are told where the clocks change.
import Scheduling
import Testing
import Vocabulary

@Suite struct NoteTests {
    private func first(
        _ cron: String, _ zone: String, _ from: String, gap: ScheduleDefinition.Gap = .runAfter, overlap: ScheduleDefinition.Overlap = .first
    ) throws -> Occurrence {
        try #require(try Zones.timetable(cron, zone, gap: gap, overlap: overlap).next(after: at(from)))
    }

    @Test func `A gap is told with what does not exist and when it runs`() throws {
        let run = try first("30 2 * * *", "America/New_York", "2026-03-07T00:00Z")
        #expect(run.note == nil, "the evening before is an ordinary day")
        let found = try first("30 2 * * *", "America/New_York", "2026-03-08T06:30Z")
        #expect(found.note == "clocks go forward: 02:30 does not exist, runs at 03:00")
        #expect(found.local == LocalTime("2026-03-08T03:00:00"))
        #expect(found.offset == -4 * 3600)
        let several = try first("*/15 2 * * *", "America/New_York", "2026-03-08T06:30Z")
        #expect(several.note == "clocks go forward: 02:00 to 02:45 do not exist, runs once at 03:00")
    }

    @Test func `A skipped time is told, and stands before the first instant after the gap`() throws {
        let found = try first("30 2 * * *", "America/New_York", "2026-03-08T06:30Z", gap: .skip)
        #expect(found.note == "clocks go forward: 02:30 does not exist, skipped")
        #expect(found.due == nil && found.local == nil)
        #expect(found.at == at("2026-03-08T07:00Z").adding(milliseconds: -1))
    }

    @Test func `A day that is missing is told with its dates`() throws {
        #expect(
            try first("0 6 30 12 *", "Pacific/Apia", "2011-12-01T00:00Z").note
                == "clocks go forward: 2011-12-30 06:00 does not exist, runs at 2011-12-31 00:00")
    }

    @Test func `A time that comes twice is told with which one it is`() throws {
        #expect(
            try first("30 1 * * *", "America/New_York", "2026-11-01T00:00Z").note == "clocks go back: 01:30 comes twice, this is the first")
        #expect(
            try first("30 1 * * *", "America/New_York", "2026-11-01T00:00Z", overlap: .second).note
                == "clocks go back: 01:30 comes twice, this is the second")
        #expect(
            try first("*/30 * * * *", "America/New_York", "2026-11-01T06:00Z").note == "clocks go back: 01:30 comes twice, this is the second")
    }

    @Test func `Ordinary times have no note`() throws {
        #expect(try first("0 6 * * *", "Europe/Berlin", "2026-06-01T00:00Z").note == nil)
    }
}
