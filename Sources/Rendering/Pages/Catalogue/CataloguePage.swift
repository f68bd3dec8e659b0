// The catalogue: a card per report that this reader may see.
package import Recording
package import Vocabulary

/// `/` and `/search`.
package struct CataloguePage: Page {
    package static let stem = "catalogue"
    package let section = Section.reports
    /// Cards on one page.
    package static let pageSize = 60

    let groups: [CatalogueGroup]
    let total: Int
    let team: String?
    let search: String?
    let pageNumber: Int
    let teams: [TeamLink]
    let attention: [CatalogueCard]
    let isSignedIn: Bool
    let isAdministrator: Bool

    /// The page from the record's answer; `trends` holds the newest values of a job's first metric, oldest first.
    package init(
        entries: [CatalogueEntry], total: Int, trends: [JobID: [Double]] = [:], actor: Actor, team: String?, search: String?, pageNumber: Int,
        clock: PageClock
    ) {
        var administrator = false
        if case .user(let user) = actor { administrator = user.administrator || user.auditor }
        isAdministrator = administrator
        isSignedIn = actor != .anonymous
        let cards = entries.map {
            CatalogueCard($0, trend: trends[$0.jobID] ?? [], showsDiagnostics: administrator, clock: clock)
        }
        let names = Set(cards.compactMap(\.team)).sorted()
        groups = (names.map(Optional.some) + [nil]).compactMap { name in
            let members = cards.filter { $0.team == name }
            guard !members.isEmpty else { return nil }
            let sorted = members.enumerated().sorted { ($0.element.health.light, $0.offset) < ($1.element.health.light, $1.offset) }
            let title = name.map(Self.title(ofTeam:)) ?? (names.isEmpty ? "All reports" : "Other reports")
            return CatalogueGroup(title: title, id: "team-\(name ?? "none")", cards: sorted.map(\.element))
        }
        attention = cards.filter { $0.health.light <= .unusual }
        self.total = total
        self.team = team
        self.search = search.flatMap { $0.isEmpty ? nil : $0 }
        self.pageNumber = max(1, pageNumber)
        var links = Set(names)
        if let team { links.insert(team) }
        let all = TeamLink(title: "All teams", address: Self.address(team: nil, search: search, page: 1), isCurrent: team == nil)
        teams = links.count < 2 && team == nil ? [] : [all] + links.sorted().map {
            TeamLink(title: Self.title(ofTeam: $0), address: Self.address(team: $0, search: search, page: 1), isCurrent: $0 == team)
        }
    }

    package var pageTitle: String { search.map { "Search: \($0)" } ?? team.map { "Reports of \($0)" } ?? "Reports" }

    /// How many there are; nil where an empty box says it already.
    private var countWords: String? {
        let reports = total == 0 ? "No reports" : Amounts.count(Int64(total), "report")
        guard let search else { return total == 0 ? nil : reports }
        return total == 1 ? "1 report matches “\(search)”" : "\(reports) match “\(search)”"
    }

    private var emptyWords: String {
        if search != nil { return "Try fewer or other words: the search looks at titles and summaries." }
        if !isSignedIn { return "Sign in to see the reports that are meant for you." }
        if isAdministrator { return "Put a folder with a job.yaml into Jobs/, and it appears here within seconds." }
        return "Reports appear here when somebody gives you or one of your groups access. Ask the person who told you about Almanac."
    }

    private static func title(ofTeam name: String) -> String {
        let words = String(name.map { $0 == "-" || $0 == "_" ? " " : $0 })
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    private static func address(team: String?, search: String?, page: Int) -> String {
        var parts: [String] = []
        if let search, !search.isEmpty { parts.append("q=" + queryEncoded(search)) }
        if let team { parts.append("team=" + queryEncoded(team)) }
        if page > 1 { parts.append("page=\(page)") }
        return (search.map { !$0.isEmpty } == true ? "/search" : "/") + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }

    private var pages: Int { max(1, (total + Self.pageSize - 1) / Self.pageSize) }

    package static let table = FieldTable<CataloguePage>(
        .many("groups") { $0.groups },
        .text("countWords") { $0.countWords },
        .flag("isEmpty") { $0.groups.isEmpty },
        .text("emptyWords") { $0.emptyWords },
        .text("search") { $0.search },
        .text("team") { $0.team },
        .many("teams") { $0.teams },
        .text("attentionWords") { $0.attention.isEmpty ? nil : $0.attentionWords },
        .text("pageWords") { $0.pages > 1 ? "Page \($0.pageNumber) of \($0.pages)" : nil },
        .text("previousAddress") { $0.pageNumber > 1 ? address(team: $0.team, search: $0.search, page: $0.pageNumber - 1) : nil },
        .text("nextAddress") { $0.pageNumber < $0.pages ? address(team: $0.team, search: $0.search, page: $0.pageNumber + 1) : nil })

    private var attentionWords: String {
        attention.count == 1 ? "1 of them needs attention." : "\(attention.count) of them need attention."
    }
}
