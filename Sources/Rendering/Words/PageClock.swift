// Times on pages: in a zone that is named, written the same way everywhere.
import Scheduling
package import Vocabulary

/// The moment of a request and the zones it is told in.
package struct PageClock: Sendable {
    package let now: Instant
    package let zones: Zones
    /// The site's zone when one is set; it goes before the jobs' own.
    package let siteZone: String?

    package init(now: Instant, zones: Zones, siteZone: String? = nil) {
        self.now = now
        self.zones = zones
        self.siteZone = siteZone
    }

    /// An instant as people of a zone would write it; UTC when neither the site nor the caller names a zone that exists.
    package func time(_ instant: Instant, zone: String? = nil) -> TimeText {
        let (local, zoneName) = local(instant, zone: zone)
        return TimeText(
            iso: instant.description, text: "\(DateText.day(local.date)), \(Self.hour(local))", zone: zoneName)
    }

    /// Only the hour of an instant, for lists under the name of a day.
    func hour(_ instant: Instant, zone: String? = nil) -> TimeText {
        let (local, zoneName) = local(instant, zone: zone)
        return TimeText(iso: instant.description, text: Self.hour(local), zone: zoneName)
    }

    /// `08:00:05`, to the second and without a date: for the course of a run.
    func second(_ instant: Instant, zone: String? = nil) -> String {
        let time = local(instant, zone: zone).0
        return Self.hour(time) + (time.second < 10 ? ":0" : ":") + "\(time.second)"
    }

    /// `3 November`, with the year when it is not this one.
    package func day(_ instant: Instant, zone: String? = nil) -> String {
        let date = local(instant, zone: zone).0.date
        let today = local(now, zone: zone).0.date
        let text = DateText.day(date)
        let year = " \(date.year)"
        return date.year == today.year ? String(text.dropLast(year.count)) : text
    }

    /// `3 November 2026`.
    package func date(_ instant: Instant, zone: String? = nil) -> String { DateText.day(local(instant, zone: zone).0.date) }

    /// `3 Nov 2026`, for narrow columns.
    package func shortDate(_ instant: Instant, zone: String? = nil) -> String { DateText.shortDay(local(instant, zone: zone).0.date) }

    /// `08:00` on the day of the request, else `3 November, 08:00`; the zone is named.
    package func shortTime(_ instant: Instant, zone: String? = nil) -> String {
        let (local, zoneName) = local(instant, zone: zone)
        let isToday = local.date == self.local(now, zone: zone).0.date
        return (isToday ? "" : day(instant, zone: zone) + ", ") + "\(Self.hour(local)) \(zoneName)"
    }

    /// What a clock of the zone shows, and the zone's name in words.
    package func local(_ instant: Instant, zone: String?) -> (LocalTime, String) {
        for name in [siteZone, zone] {
            guard let name, let rules = zones.rules(name) else { continue }
            return (LocalTime(instant, offset: rules.offset(at: instant)), Self.spoken(name))
        }
        return (LocalTime(instant, offset: 0), "UTC")
    }

    /// `America/New_York` as `New York time`: what a reader elsewhere understands, where abbreviations such as CST mean several zones.
    private static func spoken(_ zone: String) -> String {
        if ["UTC", "GMT", "Etc/UTC", "Etc/GMT", "UCT", "Zulu"].contains(zone) { return "UTC" }
        let city = zone.split(separator: "/").last.map(String.init) ?? zone
        return String(city.map { $0 == "_" ? " " : $0 }) + " time"
    }

    /// `08:00`: to the minute.
    private static func hour(_ time: LocalTime) -> String {
        DateText.clock(LocalTime(date: time.date, hour: time.hour, minute: time.minute))
    }
}

/// A moment on a page: for machines, for people, and the zone it is told in.
package struct TimeText: TemplateModel, Hashable {
    package let iso: String
    package let text: String
    package let zone: String

    package static let table = FieldTable<TimeText>(
        .text("iso") { $0.iso },
        .text("text") { $0.text },
        .text("zone") { $0.zone })
}

extension JobDefinition {
    /// The zone that the job's times are told in: that of its first schedule.
    var zone: String? { schedules.first?.timezone }
}
