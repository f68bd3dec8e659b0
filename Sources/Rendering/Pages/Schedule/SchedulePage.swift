// What runs next: the coming due times of the reports that this reader may see.
package import Recording
import Scheduling
import Vocabulary

/// One due time.
struct DueRow: TemplateModel {
    let due: TimeText
    let title: String
    let address: String
    let task: String?
    /// What a daylight-saving change or a policy does to it, or nil.
    let note: String?
    let isPaused: Bool

    static let table = FieldTable<DueRow>(
        .one("due") { $0.due },
        .text("title") { $0.title },
        .text("address") { $0.address },
        .text("task") { $0.task },
        .text("note") { $0.note },
        .flag("isPaused") { $0.isPaused })
}

/// The due times of one day.
struct DueDay: TemplateModel {
    let title: String
    let rows: [DueRow]

    static let table = FieldTable<DueDay>(
        .text("title") { $0.title },
        .many("rows") { $0.rows })
}

/// A schedule as it is written, and where it stands.
struct PlanRow: TemplateModel {
    let title: String
    let address: String
    let cron: String
    let zone: String
    let next: TimeText?
    let isPaused: Bool

    static let table = FieldTable<PlanRow>(
        .text("title") { $0.title },
        .text("address") { $0.address },
        .text("cron") { $0.cron },
        .text("zone") { $0.zone },
        .one("next") { $0.next },
        .flag("isPaused") { $0.isPaused })
}

/// `/schedule`.
package struct SchedulePage: Page {
    package static let stem = "schedule"
    package let section = Section.schedule
    package let pageTitle = "Schedule"
    /// Days ahead, due times per schedule and due times in all.
    static let (days, perSchedule, most) = (7, 24, 200)

    let dueDays: [DueDay]
    let plans: [PlanRow]

    /// The page from the schedules of visible jobs; `titles` by job name.
    package init(schedules: [ScheduleRecord], titles: [String: String], clock: PageClock) {
        let horizon = clock.now.adding(seconds: Int64(Self.days) * 86_400)
        var dues: [(at: Instant, row: DueRow, day: String)] = []
        var plans: [PlanRow] = []
        for schedule in schedules.sorted(by: { (titles[$0.jobName] ?? "", $0.name) < (titles[$1.jobName] ?? "", $1.name) }) {
            guard let title = titles[schedule.jobName], let rules = clock.zones.rules(schedule.definition.timezone),
                let table = try? Timetable(schedule.definition, zone: rules)
            else { continue }
            let zone = schedule.definition.timezone
            let address = "/reports/\(schedule.jobName)"
            var first: TimeText?
            for occurrence in table.firings(after: clock.now, count: Self.perSchedule) {
                guard let due = occurrence.due else { continue }
                let text = clock.time(due, zone: zone)
                if first == nil { first = text }
                guard due < horizon else { break }
                dues.append((due, DueRow(
                    due: clock.hour(due, zone: zone), title: title, address: address, task: schedule.definition.task == TaskDefinition.publishing ? nil : schedule.definition.task,
                    note: occurrence.note, isPaused: schedule.paused), Self.dayTitle(due, zone: zone, clock: clock)))
            }
            plans.append(PlanRow(
                title: title, address: address, cron: schedule.definition.cron, zone: zone, next: first, isPaused: schedule.paused))
        }
        self.plans = plans
        var days: [DueDay] = []
        for due in dues.sorted(by: { ($0.at, $0.row.title) < ($1.at, $1.row.title) }).prefix(Self.most) {
            if let last = days.last, last.title == due.day { days[days.count - 1] = DueDay(title: due.day, rows: last.rows + [due.row]) }
            else { days.append(DueDay(title: due.day, rows: [due.row])) }
        }
        dueDays = days
    }

    private static func dayTitle(_ instant: Instant, zone: String, clock: PageClock) -> String {
        DateText.longDay(clock.local(instant, zone: zone).0.date)
    }

    package static let table = FieldTable<SchedulePage>(
        .many("days") { $0.dueDays },
        .many("plans") { $0.plans })
}
