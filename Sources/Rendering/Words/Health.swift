// The health light: whether a report can be trusted today, in a few words.
import Markup
package import Recording
import Scheduling
package import Vocabulary

/// What the light is decided from.
package struct HealthFacts: Sendable {
    package let currentEdition: EditionRecord?
    package let newestEdition: EditionRecord?
    package let lastRunStatus: RunStatus?
    package let lastRunEndedAt: Instant?
    package let isRunning: Bool
    package let paused: Bool
    package let isRemoved: Bool
    package let schedules: [ScheduleDefinition]

    /// The facts of a line of the catalogue.
    package init(_ entry: CatalogueEntry) {
        currentEdition = entry.currentEdition
        newestEdition = entry.newestEdition
        lastRunStatus = entry.lastRunStatus
        lastRunEndedAt = entry.lastRunEndedAt
        isRunning = entry.isRunning
        paused = entry.paused
        isRemoved = entry.removedAt != nil
        schedules = entry.definition.schedules
    }

    /// The facts of one job from its newest runs (newest first) and editions.
    package init(job: JobRecord, current: EditionRecord?, newest: EditionRecord?, runs: [RunRecord]) {
        let publishing = runs.filter { $0.task == TaskDefinition.publishing && !$0.isPrivate }
        let last = publishing.first { $0.status.isTerminal }
        currentEdition = current
        newestEdition = newest
        lastRunStatus = last?.status
        lastRunEndedAt = last?.endedAt
        isRunning = publishing.contains { $0.status == .running || $0.status == .launching }
        paused = job.paused
        isRemoved = job.removedAt != nil
        schedules = job.definition.schedules
    }
}

/// A light and its words; the words say all that the colour says.
package struct Health: TemplateModel, Hashable {
    /// The colours, in the order in which they want attention.
    package enum Light: String, Sendable, CaseIterable, Comparable {
        case failed, late, unusual, empty, waiting, refreshing, good, paused, ended

        package static func < (left: Light, right: Light) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    package let light: Light
    package let words: String
    /// When the next edition is due, or nil when nothing is planned.
    package let nextDue: Instant?

    package static let table = FieldTable<Health>(
        .text("light") { $0.light.rawValue },
        .html("lamp") { SafeHTML(trusted: $0.light.lamp) },
        .text("words") { $0.words })

    /// Decides the light. An edition answers every due time before it was made; the first due time after it is the one that can be late.
    package init(_ facts: HealthFacts, clock: PageClock) {
        let zone = facts.schedules.first?.timezone
        let timetables = facts.schedules.filter { $0.task == TaskDefinition.publishing }.compactMap { schedule in
            clock.zones.rules(schedule.timezone).flatMap { rules in (try? Timetable(schedule, zone: rules)).map { (schedule, $0) } }
        }
        nextDue = facts.paused || facts.isRemoved ? nil : timetables.compactMap { $0.1.nextDue(after: clock.now) }.min()

        guard let current = facts.currentEdition else {
            (light, words) = Self.withoutEdition(facts)
            return
        }
        let shown = "showing \(clock.day(current.createdAt, zone: zone))"
        if facts.isRemoved { (light, words) = (.ended, "No longer updated, \(shown)"); return }
        if facts.paused { (light, words) = (.paused, "Paused, \(shown)"); return }
        if facts.lastRunStatus == .failed, let ended = facts.lastRunEndedAt, ended > current.createdAt {
            (light, words) = (.failed, "Failed, \(shown)")
            return
        }
        if let newest = facts.newestEdition, newest.state == .held, newest.number > current.number {
            (light, words) = (.unusual, "Figures unusual, \(shown)")
            return
        }
        let missed = timetables.compactMap { schedule, table in
            table.nextDue(after: current.createdAt).map { (due: $0, promise: schedule.freshWithin.map(\.milliseconds)) }
        }.filter { $0.due < clock.now }.min { $0.due < $1.due }
        if let missed {
            if let promise = missed.promise, missed.due.adding(milliseconds: promise) < clock.now {
                let by = clock.shortTime(missed.due.adding(milliseconds: promise), zone: zone)
                (light, words) = (.late, "Late: promised by \(by)" + (facts.isRunning ? ", being refreshed" : ""))
                return
            }
            if !facts.isRunning {
                (light, words) = (.waiting, "Refresh due since \(clock.shortTime(missed.due, zone: zone))")
                return
            }
        }
        if facts.isRunning { (light, words) = (.refreshing, "Being refreshed"); return }
        (light, words) = timetables.isEmpty ? (.good, "Up to date") : (.good, "On time")
    }

    private static func withoutEdition(_ facts: HealthFacts) -> (Light, String) {
        if let newest = facts.newestEdition, newest.state == .held { return (.unusual, "Figures unusual, nothing published yet") }
        if let newest = facts.newestEdition, newest.state == .withheld { return (.empty, "Withheld") }
        if facts.isRunning { return (.refreshing, "First edition is being made") }
        if facts.lastRunStatus == .failed { return (.failed, "Failed, nothing published yet") }
        if facts.paused { return (.paused, "Paused, no edition yet") }
        return facts.isRemoved ? (.ended, "Ended without an edition") : (.empty, "No edition yet")
    }
}
