// The lists of the schedule page: what ran and what comes, day by day.
import Recording
import Scheduling
import Vocabulary

/// One line of a day: a due time, or several of one job that are told together.
struct DueRow: TemplateModel {
    let due: TimeText
    let title: String
    let address: String
    let task: String?
    /// Stored word of the state, for its colour; nil for what is to come.
    let status: String?
    let statusWords: String?
    /// The page of its run, for who may see it.
    let runAddress: String?
    let note: String?
    let isPaused: Bool

    static let table = FieldTable<DueRow>(
        .one("due") { $0.due },
        .text("title") { $0.title },
        .text("address") { $0.address },
        .text("task") { $0.task },
        .text("status") { $0.status },
        .text("statusWords") { $0.statusWords },
        .text("runAddress") { $0.runAddress },
        .text("note") { $0.note },
        .flag("isPaused") { $0.isPaused })
}

/// The lines of one day.
struct DueDay: TemplateModel {
    let title: String
    /// What the clocks do on this day, or nil.
    let change: String?
    let rows: [DueRow]

    static let table = FieldTable<DueDay>(
        .text("title") { $0.title },
        .text("change") { $0.change },
        .many("rows") { $0.rows })
}

/// Gathers entries under the days of their jobs' own clocks.
struct DayList {
    let clock: PageClock
    let changes: [LocalDate: String]
    /// Of one job on one day, more than so many lines are told as one.
    private static let mostOfOne = 6
    /// Lines of one list.
    private static let most = 150

    /// The days of past entries, newest first, or of coming ones, soonest first; `isCut` when not all of them have a place.
    func days(_ lanes: [LaneEntries], past: Bool) -> (days: [DueDay], isCut: Bool) {
        var rows: [LocalDate: [(at: Instant, row: DueRow)]] = [:]
        for lane in lanes {
            let zone = lane.lane.definition.zone
            let days = Dictionary(grouping: past ? lane.past : lane.coming) { clock.local($0.at, zone: zone).0.date }
            for (date, entries) in days {
                let isMany = entries.count > Self.mostOfOne
                rows[date, default: []] += isMany ? [many(entries, lane, zone, past)] : entries.map { ($0.at, one($0, lane.lane, zone)) }
            }
        }
        var left = Self.most
        var days: [DueDay] = []
        for date in rows.keys.sorted(by: { past ? $0 > $1 : $0 < $1 }) where left > 0 {
            let sorted = (rows[date] ?? []).sorted { past ? ($0.at, $1.row.title) > ($1.at, $0.row.title) : ($0.at, $0.row.title) < ($1.at, $1.row.title) }
            days.append(DueDay(title: DateText.longDay(date), change: changes[date], rows: sorted.prefix(left).map(\.row)))
            left -= sorted.count
        }
        return (days, left < 0 || (!past && lanes.contains { $0.cutAt != nil }))
    }

    private func one(_ entry: ScheduleEntry, _ lane: ScheduleLane, _ zone: String?) -> DueRow {
        DueRow(
            due: clock.hour(entry.at, zone: zone), title: lane.definition.title, address: "/reports/\(lane.jobName)",
            task: entry.task == "score" ? nil : entry.task, status: entry.words.map { _ in entry.tone.rawValue }, statusWords: entry.words,
            runAddress: lane.mayReadRuns ? entry.run.map { "/runs/\($0)" } : nil, note: entry.notes.isEmpty ? nil : entry.notes.joined(separator: "; "),
            isPaused: entry.tone == .paused)
    }

    private func many(_ entries: [ScheduleEntry], _ all: LaneEntries, _ zone: String?, _ past: Bool) -> (Instant, DueRow) {
        let lane = all.lane
        let sorted = entries.sorted { $0.at < $1.at }
        let (first, last) = (sorted[0].at, sorted[sorted.count - 1].at)
        let span = "from \(clock.hour(first, zone: zone).text) to \(clock.hour(last, zone: zone).text)"
        let goesOn = !past && all.cutAt.map { $0 > last && !all.coming.contains { $0.at > last } } == true
        let worst = LaneRow.worst(entries)
        let row = DueRow(
            due: clock.hour(past ? last : first, zone: zone), title: lane.definition.title, address: "/reports/\(lane.jobName)", task: nil,
            status: past ? worst?.rawValue : nil, statusWords: past ? "\(entries.count) times" : nil,
            runAddress: past && lane.mayReadRuns ? "/runs?job=\(lane.jobName)" : nil,
            note: past ? "\(span): \(LaneRow.counted(entries))" : goesOn ? "\(span), and so on after that" : "\(entries.count) times, \(span)", isPaused: worst == .paused)
        return (past ? last : first, row)
    }
}
