// The list of runs that this reader may see.
package import Recording
import Vocabulary

/// A state that the list can be narrowed to.
struct StatusLink: TemplateModel {
    let title: String
    let address: String
    let isCurrent: Bool

    static let table = FieldTable<StatusLink>(
        .text("title") { $0.title },
        .text("address") { $0.address },
        .flag("isCurrent") { $0.isCurrent })
}

/// `/runs`.
package struct RunsPage: Page {
    package static let stem = "runs"
    package let section = Section.runs

    let rows: [RunRow]
    let filter: RunFilter
    let nextAddress: String?

    package var pageTitle: String { filter.jobName.map { "Runs of \($0)" } ?? "Runs" }

    package init(runs: [RunRecord], filter: RunFilter, zones: [String: String] = [:], clock: PageClock) {
        self.filter = filter
        rows = runs.map { RunRow($0, zone: zones[$0.jobName], clock: clock) }
        nextAddress = runs.count == filter.limit ? runs.last.map { Self.address(job: filter.jobName, status: filter.status, before: $0.id) } : nil
    }

    private var statuses: [StatusLink] {
        let choices: [(String, RunStatus?)] = [
            ("All", nil), ("Waiting", .queued), ("Running", .running), ("Succeeded", .succeeded), ("Failed", .failed), ("Cancelled", .cancelled),
        ]
        return choices.map { title, status in
            StatusLink(title: title, address: Self.address(job: filter.jobName, status: status, before: nil), isCurrent: filter.status == status)
        }
    }

    private static func address(job: String?, status: RunStatus?, before: RunID?) -> String {
        var parts: [String] = []
        if let job { parts.append("job=" + queryEncoded(job)) }
        if let status { parts.append("status=\(status.rawValue)") }
        if let before { parts.append("before=\(before)") }
        return "/runs" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }

    package static let table = FieldTable<RunsPage>(
        .text("job") { $0.filter.jobName },
        .many("statuses") { $0.statuses },
        .many("rows") { $0.rows },
        .text("nextAddress") { $0.nextAddress })
}
