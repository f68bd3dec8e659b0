// One report in the catalogue.
import Markup
import Recording
import Vocabulary

/// A report as a card of the catalogue.
struct CatalogueCard: TemplateModel {
    let title: String
    let address: String
    let summary: String?
    let health: Health
    let refreshed: TimeText?
    let next: TimeText?
    let headline: String?
    let trend: SafeHTML?
    let hasDiagnostics: Bool
    let team: String?

    init(_ entry: CatalogueEntry, trend values: [Double], showsDiagnostics: Bool, clock: PageClock) {
        let zone = entry.definition.zone
        title = entry.title
        address = "/reports/\(entry.name)"
        summary = entry.summary
        health = Health(HealthFacts(entry), clock: clock)
        refreshed = entry.currentEdition.map { clock.time($0.createdAt, zone: zone) }
        next = health.nextDue.map { clock.time($0, zone: zone) }
        headline = entry.currentEdition?.headline
        trend = Trend.svg(values)
        hasDiagnostics = showsDiagnostics && entry.hasDiagnostics
        team = entry.team
    }

    static let table = FieldTable<CatalogueCard>(
        .text("title") { $0.title },
        .text("address") { $0.address },
        .text("summary") { $0.summary },
        .one("health") { $0.health },
        .one("refreshed") { $0.refreshed },
        .one("next") { $0.next },
        .text("headline") { $0.headline },
        .html("trend") { $0.trend },
        .flag("hasDiagnostics") { $0.hasDiagnostics })
}

/// The reports of one team.
struct CatalogueGroup: TemplateModel {
    let title: String
    let id: String
    let cards: [CatalogueCard]

    static let table = FieldTable<CatalogueGroup>(
        .text("title") { $0.title },
        .text("id") { $0.id },
        .many("cards") { $0.cards })
}

/// A team that the list can be narrowed to.
struct TeamLink: TemplateModel {
    let title: String
    let address: String
    let isCurrent: Bool

    static let table = FieldTable<TeamLink>(
        .text("title") { $0.title },
        .text("address") { $0.address },
        .flag("isCurrent") { $0.isCurrent })
}

/// The small line beside a headline.
enum Trend {
    /// A polyline over values in order of time, 96 by 24 units; nil when fewer than three values make a line.
    static func svg(_ values: [Double]) -> SafeHTML? {
        guard values.count >= 3, let low = values.min(), let high = values.max() else { return nil }
        let span = high - low
        let points = values.enumerated().map { place, value in
            let x = 2 + 92 * Double(place) / Double(values.count - 1)
            let y = span > 0 ? 21 - 18 * (value - low) / span : 12
            return "\(tenths(x)),\(tenths(y))"
        }
        let last = points[points.count - 1].split(separator: ",")
        return SafeHTML(trusted: """
            <svg class="trend" viewBox="0 0 96 24" width="96" height="24" aria-hidden="true"><polyline points="\(points.joined(separator: " "))"/>\
            <circle cx="\(last[0])" cy="\(last[1])" r="2"/></svg>
            """)
    }

    private static func tenths(_ value: Double) -> String {
        let scaled = Int((value * 10).rounded())
        return "\(scaled / 10).\(scaled % 10)"
    }
}
