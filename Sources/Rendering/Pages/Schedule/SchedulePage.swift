// What runs when, and what became of the last due times, of the reports that this reader may see.
package import Recording
import Scheduling
import Vocabulary

/// A schedule as it is written, and where it stands.
struct PlanRow: TemplateModel {
    let title: String
    let address: String
    /// The cron expression; nil for a job that runs after others, or only on request.
    let cron: String?
    let rule: String?
    let zone: String?
    let next: TimeText?
    let isPaused: Bool

    static let table = FieldTable<PlanRow>(
        .text("title") { $0.title },
        .text("address") { $0.address },
        .text("cron") { $0.cron },
        .text("rule") { $0.rule },
        .text("zone") { $0.zone },
        .one("next") { $0.next },
        .flag("isPaused") { $0.isPaused })
}

/// Which jobs the page is about.
package struct ScheduleFilter: Sendable {
    package var job: String?
    /// From 1.
    package var pageNumber: Int
    /// Jobs on one page.
    package static let jobsPerPage = 40

    package init(job: String? = nil, pageNumber: Int = 1) {
        self.job = job
        self.pageNumber = max(1, pageNumber)
    }
}

/// `/schedule`.
package struct SchedulePage: Page {
    package static let stem = "schedule"
    package let section = Section.schedule
    package let pageTitle: String

    let filter: ScheduleFilter
    let total: Int
    let jobTitle: String?
    let axis: ScheduleAxis
    let axisDays: [AxisDay]
    let lanes: [LaneRow]
    let coming: (days: [DueDay], isCut: Bool)
    let past: (days: [DueDay], isCut: Bool)
    let plans: [PlanRow]
    let changes: [String]
    let problem: String?
    let now: String

    /// The page from the lanes of visible jobs; `total` counts the jobs of all pages, `signs` is what the engine says of itself.
    package init(lanes: [ScheduleLane], total: Int, filter: ScheduleFilter = ScheduleFilter(), signs: EngineSigns = EngineSigns(), clock: PageClock) {
        self.filter = filter
        self.total = total
        jobTitle = filter.job.flatMap { name in lanes.first { $0.jobName == name }?.definition.title }
        pageTitle = jobTitle.map { "Schedule of \($0)" } ?? "Schedule"
        let axis = ScheduleAxis(zone: Self.commonZone(lanes), clock: clock)
        self.axis = axis
        let zones = Set(lanes.flatMap { $0.schedules.map(\.definition.timezone) })
        let found = Self.clockChanges(zones, axis, clock)
        changes = found.sorted { ($0.date, $0.sentence) < ($1.date, $1.sentence) }.map(\.sentence)
        axisDays = axis.days(changing: Set(found.map(\.date)))
        let entries = lanes.map { LaneEntries($0, clock: clock, horizon: axis.end) }
        self.lanes = entries.filter { !$0.past.isEmpty || !$0.coming.isEmpty }.map { LaneRow($0, axis: axis) }
        let list = DayList(clock: clock, changes: Dictionary(found.map { ($0.date, $0.sentence) }) { $0 + " " + $1 })
        coming = list.days(entries, past: false)
        let past = list.days(entries, past: true)
        self.past = (past.days, past.isCut || lanes.contains { $0.isCut })
        plans = lanes.flatMap { Self.plans($0, titles: Dictionary(lanes.map { ($0.jobName, $0.definition.title) }) { $1 }, clock) }
        problem = signs.schedulerProblem.map { "Nothing starts by its schedule at the moment: \($0)" + ($0.hasSuffix(".") ? "" : ".") }
        now = axis.place(clock.now)
    }

    /// The zone that most schedules name; by name where two are equal.
    private static func commonZone(_ lanes: [ScheduleLane]) -> String? {
        let counts = Dictionary(lanes.flatMap { $0.schedules.map { ($0.definition.timezone, 1) } }, uniquingKeysWith: +)
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private static func clockChanges(_ zones: Set<String>, _ axis: ScheduleAxis, _ clock: PageClock) -> [(date: LocalDate, sentence: String)] {
        zones.sorted().compactMap { name in
            guard let rules = clock.zones.rules(name), let change = rules.nextTransition(after: axis.first), change.at < axis.end, change.before != change.after
            else { return nil }
            let date = LocalTime(change.at, offset: change.before).date
            let seconds = abs(change.after - change.before)
            let way = change.after > change.before ? "forward" : "back"
            let city = name.split(separator: "/").last.map { String($0.map { $0 == "_" ? " " : $0 }) } ?? name
            return (date, "On \(DateText.longDay(date)) the clocks of \(city) go \(way) by \(Amounts.duration(milliseconds: Int64(seconds) * 1000)).")
        }
    }

    private static func plans(_ lane: ScheduleLane, titles: [String: String], _ clock: PageClock) -> [PlanRow] {
        let (title, address) = (lane.definition.title, "/reports/\(lane.jobName)")
        var rows = lane.schedules.map { schedule in
            let zone = schedule.definition.timezone
            let table = clock.zones.rules(zone).flatMap { try? Timetable(schedule.definition, zone: $0) }
            let next = lane.paused || lane.removedAt != nil ? nil : table?.nextDue(after: clock.now)
            return PlanRow(
                title: title, address: address, cron: schedule.definition.cron, rule: nil, zone: zone, next: next.map { clock.time($0, zone: zone) },
                isPaused: lane.paused)
        }
        if !lane.definition.after.isEmpty {
            // A name that this reader may not see stays unsaid.
            let known = lane.definition.after.compactMap { titles[$0] }
            let rule = known.count == lane.definition.after.count ? "after \(known.joined(separator: " and "))" : "after another report’s new edition"
            rows.append(PlanRow(title: title, address: address, cron: nil, rule: rule, zone: nil, next: nil, isPaused: lane.paused))
        }
        if rows.isEmpty {
            let rule = lane.removedAt == nil ? "only when somebody asks" : "no more: its folder is gone"
            rows.append(PlanRow(title: title, address: address, cron: nil, rule: rule, zone: nil, next: nil, isPaused: false))
        }
        return rows
    }

    private func address(page: Int) -> String { "/schedule?page=\(page)" }

    package static let table = FieldTable<SchedulePage>(
        .text("job") { $0.filter.job },
        .text("jobTitle") { $0.jobTitle },
        .text("problem") { $0.problem },
        .texts("changes") { $0.changes },
        .text("axisZone") { $0.axis.zoneWords },
        .text("now") { $0.now },
        .many("axisDays") { $0.axisDays },
        .many("lanes") { $0.lanes },
        .many("coming") { $0.coming.days },
        .flag("isComingCut") { $0.coming.isCut },
        .many("past") { $0.past.days },
        .flag("isPastCut") { $0.past.isCut },
        .many("plans") { $0.plans },
        .flag("hasPages") { $0.filter.job == nil && $0.total > ScheduleFilter.jobsPerPage },
        .text("before") { $0.filter.job == nil && $0.filter.pageNumber > 1 ? $0.address(page: $0.filter.pageNumber - 1) : nil },
        .text("after") { $0.filter.job == nil && $0.filter.pageNumber * ScheduleFilter.jobsPerPage < $0.total ? $0.address(page: $0.filter.pageNumber + 1) : nil })
}
