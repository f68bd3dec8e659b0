// Lengths of time and days as people write them.
@testable import Rendering
import Testing
import Vocabulary

@Suite struct AmountTests {
    @Test(arguments: [
        (Int64(40), "less than 0.1 seconds"), (400, "0.4 seconds"), (1_000, "1 second"), (9_940, "9.9 seconds"), (12_140, "12 seconds"),
        (61_000, "1 minute 1 second"), (3_600_000, "1 hour"), (90_000_000, "1 day 1 hour"),
    ])
    func `A length of time has at most two units`(milliseconds: Int64, words: String) {
        #expect(Amounts.duration(milliseconds: milliseconds) == words)
    }

    @Test func `A count agrees with its noun`() {
        #expect(Amounts.count(1, "row") == "1 row")
        #expect(Amounts.count(12_345, "row") == "12,345 rows")
    }

    @Test func `A time names its zone and the site's zone goes first`() {
        let instant = Samples.instant("2026-11-23T05:00:12Z")
        #expect(Samples.clock.time(instant, zone: "Europe/Berlin") == TimeText(iso: "2026-11-23T05:00:12Z", text: "23 November 2026, 06:00", zone: "Berlin time"))
        #expect(Samples.clock.time(instant, zone: nil).zone == "UTC")
        #expect(Samples.clock.time(instant, zone: "No/Where").zone == "UTC")
        let site = PageClock(now: Samples.now, zones: Zones(), siteZone: "America/New_York")
        #expect(site.time(instant, zone: "Europe/Berlin").text == "23 November 2026, 00:00")
    }

    @Test func `A day of this year has no year`() {
        #expect(Samples.clock.day(Samples.instant("2026-11-03T06:00:00Z")) == "3 November")
        #expect(Samples.clock.day(Samples.instant("2025-11-03T06:00:00Z")) == "3 November 2025")
    }

    @Test func `A time of the same day is only the hour`() {
        #expect(Samples.clock.shortTime(Samples.instant("2026-11-23T07:00:00Z"), zone: "Europe/Berlin") == "08:00 Berlin time")
        #expect(Samples.clock.shortTime(Samples.instant("2026-11-21T07:00:00Z"), zone: "Europe/Berlin") == "21 November, 08:00 Berlin time")
    }
}
