// The POSIX rules after a zone file's last transition.
import Scheduling
import Testing
import Vocabulary

@Suite struct ZoneRuleTests {
    static let changes: [(String, [String])] = [
        ("EST5EDT,M3.2.0,M11.1.0", ["2026-03-08T07:00Z", "2026-11-01T06:00Z"]),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", ["2026-03-29T01:00Z", "2026-10-25T01:00Z"]),
        ("<+00>0<+02>-2,M3.5.0/1,M10.5.0/3", ["2026-03-29T01:00Z", "2026-10-25T01:00Z"]),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", ["2026-03-28T00:00Z", "2026-10-23T23:00Z"]),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", ["2026-03-29T01:00Z", "2026-10-25T01:00Z"]),
        ("AAA3BBB,J60/0,J300/0", ["2026-03-01T03:00Z", "2026-10-27T02:00Z"]),
        ("AAA3BBB,59/0,299/0", ["2026-03-01T03:00Z", "2026-10-27T02:00Z"]),
        ("AAA0:30:15BBB,M1.1.1,M12.5.1", ["2026-01-05T02:30:15Z", "2026-12-28T01:30:15Z"]),
        ("AAA-3BBB,M1.1.0/-167,M6.5.6/167", ["2026-07-03T19:00Z", "2026-12-26T22:00Z"]),
    ]

    @Test(arguments: changes) func `Summer starts and ends where the rule says`(rule: String, expected: [String]) throws {
        let rules = try TimeZoneRules(tzif: Zones.file(footer: rule))
        var found: [Instant] = []
        var instant = at("2025-12-31T12:00:00Z")
        while let transition = rules.nextTransition(after: instant), transition.at < at("2026-12-31T12:00:00Z") {
            found.append(transition.at)
            instant = transition.at
        }
        #expect(found.map(\.description) == expected.map { at($0).description })
    }

    @Test func `29 February counts for n and not for Jn`() throws {
        let julian = try TimeZoneRules(tzif: Zones.file(footer: "AAA0BBB,J60/0,J300/0"))
        let ordinal = try TimeZoneRules(tzif: Zones.file(footer: "AAA0BBB,59/0,299/0"))
        #expect(julian.nextTransition(after: at("2028-01-01T00:00Z"))?.at == at("2028-03-01T00:00Z"))
        #expect(ordinal.nextTransition(after: at("2028-01-01T00:00Z"))?.at == at("2028-02-29T00:00Z"))
    }

    @Test func `A summer that never ends changes nothing`() throws {
        let rules = try TimeZoneRules(tzif: Zones.file(footer: "XXX3EDT4,0/0,J365/23"))
        #expect(rules.offset(at: at("2026-01-01T00:00Z")) == -4 * 3600)
        #expect(rules.offset(at: at("2026-12-31T23:59:59Z")) == -4 * 3600)
        #expect(rules.nextTransition(after: at("2026-06-01T00:00Z")) == nil)
    }

    @Test(arguments: ["E5", "EST", "EST25", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,J0,J5", "<+00", "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0,"])
    func `A rule that cannot be read is refused`(rule: String) {
        #expect(throws: SchedulingError.self) { try TimeZoneRules(tzif: Zones.file(footer: rule)) }
    }
}
