// The editions of a report: each keeps its address for ever.
package import Recording
package import Vocabulary

/// One line of the list.
struct EditionRow: TemplateModel {
    let number: String
    let address: String
    let published: TimeText
    let state: String
    let stateWords: String
    let headline: String?
    let runAddress: String?
    /// Where to post the decision that makes it current, or nil.
    let currentAddress: String?
    /// Where to post the decision that takes it back, or nil.
    let withholdAddress: String?

    static let table = FieldTable<EditionRow>(
        .text("number") { $0.number },
        .text("address") { $0.address },
        .one("published") { $0.published },
        .text("state") { $0.state },
        .text("stateWords") { $0.stateWords },
        .text("headline") { $0.headline },
        .text("runAddress") { $0.runAddress },
        .flag("canDecide") { $0.currentAddress != nil || $0.withholdAddress != nil },
        .text("currentAddress") { $0.currentAddress },
        .text("withholdAddress") { $0.withholdAddress })
}

/// A move of the pointer in a sentence.
struct MoveRow: TemplateModel {
    let at: TimeText
    let words: String
    let reason: String?

    static let table = FieldTable<MoveRow>(
        .one("at") { $0.at },
        .text("words") { $0.words },
        .text("reason") { $0.reason })
}

/// `/reports/<job>/editions`.
package struct EditionsPage: Page {
    package static let stem = "editions"
    package let section = Section.reports
    /// Editions on one page.
    package static let pageSize = 100

    let job: JobRecord
    let rows: [EditionRow]
    let moves: [MoveRow]
    let mayRun: Bool
    let olderAddress: String?

    package var pageTitle: String { "Editions of \(job.definition.title)" }

    /// The page from rows, newest first; `older` is the number below which there may be more.
    package init(
        job: JobRecord, editions: [EditionRecord], moves: [PointerMove], older: Int? = nil, allowed: Set<Action>, clock: PageClock
    ) {
        self.job = job
        let zone = job.definition.zone
        mayRun = allowed.contains(.run)
        let (mayRun, mayDecide) = (mayRun, allowed.contains(.publish))
        rows = editions.map { edition in
            let (state, words) = Self.state(edition)
            let address = "/reports/\(job.name)/editions/\(edition.number)"
            return EditionRow(
                number: "\(edition.number)", address: address,
                published: clock.time(edition.createdAt, zone: zone), state: state, stateWords: words, headline: edition.headline,
                runAddress: mayRun ? "/runs/\(edition.runID)" : nil, currentAddress: mayDecide && !edition.isCurrent ? address + "/current" : nil,
                withholdAddress: mayDecide && edition.state == .published ? address + "/withhold" : nil)
        }
        self.moves = moves.filter { $0.by != nil || $0.reason != nil }.map { move in
            let who = allowed.contains(.publish) ? move.by ?? "Almanac" : "The owner"
            let words = switch (move.from, move.to) {
            case (_, let to?): "\(who) made edition \(to) the current one" + (move.from.map { " instead of edition \($0)" } ?? "")
            case (let from?, nil): "\(who) withheld edition \(from), and nothing took its place"
            case (nil, nil): "\(who) left the report without a current edition"
            }
            return MoveRow(at: clock.time(move.at, zone: zone), words: words, reason: move.reason)
        }
        olderAddress = older.map { "/reports/\(job.name)/editions?before=\($0)" }
    }

    private static func state(_ edition: EditionRecord) -> (String, String) {
        if edition.isCurrent { return ("current", "Current") }
        return switch edition.state {
        case .published: ("older", "Replaced")
        case .held: ("held", "Held back")
        case .withheld: ("withheld", "Withheld")
        }
    }

    package static let table = FieldTable<EditionsPage>(
        .text("title") { $0.job.definition.title },
        .many("tabs") { Tab.all(job: $0.job.name, current: "editions", mayRun: $0.mayRun) },
        .many("rows") { $0.rows },
        .many("moves") { $0.moves },
        .text("olderAddress") { $0.olderAddress })
}
