// Zone files of this machine (package tzdata), and short ways to write times.
import Glibc
import Scheduling
import Testing
import Vocabulary

enum Zones {
    static func bytes(_ name: String) throws -> [UInt8] {
        let file = try #require(fopen("/usr/share/zoneinfo/" + name, "r"), "the package tzdata is needed")
        defer { fclose(file) }
        return [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in count = fread(buffer.baseAddress, 1, buffer.count, file) }
    }

    static func rules(_ name: String) throws -> TimeZoneRules { try TimeZoneRules(tzif: bytes(name)) }

    static func timetable(
        _ cron: String, _ zone: String, gap: ScheduleDefinition.Gap = .runAfter, overlap: ScheduleDefinition.Overlap = .first
    ) throws -> Timetable {
        Timetable(cron: try CronExpression(cron), zone: try rules(zone), gap: gap, overlap: overlap)
    }

    /// A TZif file of version 2 with one type and no transitions, ruled by its footer.
    static func file(footer: String) -> [UInt8] {
        func header(_ types: UInt8, _ characters: UInt8) -> [UInt8] {
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15 + 16) + [0, 0, 0, types, 0, 0, 0, characters]
        }
        let block: [UInt8] = [0, 0, 0, 0, 0, 0, 0]
        return header(1, 1) + block + header(1, 1) + block + Array("\n\(footer)\n".utf8)
    }
}

/// The instant written as RFC 3339; `2026-03-08T07:00Z` may leave the seconds out.
func at(_ text: String) -> Instant {
    if let instant = Instant(rfc3339: text) { return instant }
    return Instant(rfc3339: text.replacing("Z", with: ":00Z")) ?? Instant(milliseconds: .min)
}

/// An occurrence as one line: `07:00Z` of its day, its nominal time, fold and offset.
func line(_ occurrence: Occurrence) -> String {
    let due = occurrence.due.map { "\($0)" } ?? "skipped"
    return "\(due) \(occurrence.nominal)" + (occurrence.fold == 0 ? "" : " fold \(occurrence.fold)")
}
