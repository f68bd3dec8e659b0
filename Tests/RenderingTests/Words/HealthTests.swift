// The health light says the right thing in plain words.
import Recording
@testable import Rendering
import Testing
import Vocabulary

@Suite struct HealthTests {
    private func health(_ entry: CatalogueEntry, at now: String = "2026-11-23T09:30:00Z") -> Health {
        Health(HealthFacts(entry), clock: PageClock(now: Samples.instant(now), zones: Zones()))
    }

    @Test func `An edition that answers the last due time is on time`() {
        let health = health(Samples.entry())
        #expect(health.light == .good)
        #expect(health.words == "On time")
        #expect(health.nextDue == Samples.instant("2026-11-24T05:00:00Z"))
    }

    @Test func `A promise that was not kept names its hour`() {
        let late = health(Samples.entry(current: Samples.edition(at: "2026-11-22T05:00:00Z"), lastEnded: "2026-11-22T05:00:00Z"))
        #expect(late.light == .late)
        #expect(late.words == "Late: promised by 08:00 Berlin time")
        let busy = health(Samples.entry(current: Samples.edition(at: "2026-11-22T05:00:00Z"), lastEnded: "2026-11-22T05:00:00Z", running: true))
        #expect(busy.words == "Late: promised by 08:00 Berlin time, being refreshed")
    }

    @Test func `A due time within its promise waits or is being refreshed`() {
        let old = Samples.edition(at: "2026-11-22T05:00:10Z")
        #expect(health(Samples.entry(current: old, lastEnded: "2026-11-22T05:00:10Z"), at: "2026-11-23T05:10:00Z").words == "Refresh due since 06:00 Berlin time")
        #expect(health(Samples.entry(current: old, lastEnded: "2026-11-22T05:00:10Z", running: true), at: "2026-11-23T05:10:00Z").words == "Being refreshed")
    }

    @Test func `A failure after the edition says what is shown`() {
        let failed = health(Samples.entry(current: Samples.edition(at: "2026-11-03T06:00:00Z"), last: .failed))
        #expect(failed.light == .failed)
        #expect(failed.words == "Failed, showing 3 November")
    }

    @Test func `A failure before the edition is over`() {
        #expect(health(Samples.entry(last: .failed, lastEnded: "2026-11-23T04:00:00Z")).words == "On time")
    }

    @Test func `A held edition means unusual figures`() {
        let held = Samples.edition(15, state: .held, current: false)
        #expect(health(Samples.entry(newest: held)).words == "Figures unusual, showing 23 November")
        #expect(health(Samples.entry(current: nil, newest: held)).words == "Figures unusual, nothing published yet")
    }

    @Test func `A paused report says so and has no next date`() {
        let paused = health(Samples.entry(paused: true))
        #expect(paused.words == "Paused, showing 23 November")
        #expect(paused.nextDue == nil)
    }

    @Test func `Without an edition the light says what is missing`() {
        #expect(health(Samples.entry(current: nil, last: nil)).words == "No edition yet")
        #expect(health(Samples.entry(current: nil, last: .failed)).words == "Failed, nothing published yet")
        #expect(health(Samples.entry(current: nil, last: nil, running: true)).words == "First edition is being made")
    }

    @Test func `A report without a schedule is up to date`() {
        var definition = Samples.definition
        definition.schedules = []
        #expect(health(Samples.entry(definition: definition)).words == "Up to date")
    }

    @Test func `What is wrong comes before what is well`() {
        #expect(Health.Light.failed < .late)
        #expect(Health.Light.late < .unusual)
        #expect(Health.Light.unusual < .good)
    }
}
