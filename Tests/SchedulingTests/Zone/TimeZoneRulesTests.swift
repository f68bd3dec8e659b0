// Offsets and transitions of real zones, and zone files that are none.
import Scheduling
import Testing
import Vocabulary

@Suite struct TimeZoneRulesTests {
    /// Seconds since the epoch and the offset then, from Python's zoneinfo (tzdata 2025b).
    static let offsets: [(String, [(Int64, Int)])] = [
        ("America/New_York", [
            (-2511083940, -18000), (-31301640, -18000), (487994280, -14400), (1315357500, -14400), (1783995300, -14400),
            (1771419780, -18000), (2106718800, -14400), (2552434560, -18000), (13562558040, -14400)
        ]),
        ("Australia/Lord_Howe", [
            (-2523037320, 38180), (-15490380, 36000), (497814720, 37800), (1320550620, 39600), (1792563780, 39600),
            (1771452240, 39600), (2106587580, 37800), (2544802020, 37800), (13552253940, 37800)
        ]),
        ("Africa/Cairo", [
            (-2505221100, 7509), (-24512100, 7200), (497809860, 7200), (1308925080, 7200), (1790998320, 10800),
            (1783332540, 10800), (2102290920, 10800), (2529423360, 7200), (13551920520, 10800)
        ]),
        ("America/Santiago", [
            (-2499570540, -16965), (-13038180, -14400), (493679040, -14400), (1295907540, -10800), (1795125120, -10800),
            (1786400640, -14400), (2110062540, -10800), (2538155220, -14400), (13556357340, -14400)
        ]),
        ("Africa/Casablanca", [
            (-2513724300, -1820), (-14806500, 0), (479738100, 3600), (1304603700, 3600), (1788992760, 3600),
            (1782130440, 3600), (2088133740, 3600), (2534223600, 3600), (13558558260, 3600)
        ]),
        ("Pacific/Apia", [
            (-2513375460, 45184), (-14386860, -39600), (497853840, -39600), (1316551380, -39600), (1796223420, 46800),
            (1795713900, 46800), (2099563560, 46800), (2544696180, 46800), (13545901680, 46800)
        ]),
        ("Antarctica/Troll", [
            (-2519126520, 0), (-31274640, 0), (479964180, 0), (1317437700, 7200), (1776686940, 7200),
            (1794224280, 0), (2097198420, 7200), (2544190200, 7200), (13548485160, 7200)
        ]),
        ("Asia/Kathmandu", [
            (-2494716240, 20476), (-10893000, 19800), (494404380, 19800), (1307313240, 20700), (1769357940, 20700),
            (1795833840, 20700), (2094638280, 20700), (2530683240, 20700), (13561057260, 20700)
        ]),
        ("Europe/Berlin", [
            (-2497579740, 3208), (-21571680, 3600), (491037120, 7200), (1316173560, 7200), (1767256200, 3600),
            (1778193480, 7200), (2097184920, 7200), (2537852760, 7200), (13547024460, 7200)
        ]),
        ("America/Godthab", [
            (-2515377780, -12416), (-5700600, -10800), (500673900, -10800), (1320411000, -10800), (1798180200, -7200),
            (1773519660, -7200), (2087681100, -7200), (2544044700, -3600), (13567237680, -7200)
        ]),
        ("Asia/Gaza", [
            (-2524107780, 8272), (-10986660, 7200), (499289400, 7200), (1321072500, 7200), (1788566400, 10800),
            (1797823980, 7200), (2112098100, 7200), (2534652060, 10800), (13548850320, 10800)
        ]),
        ("Europe/Dublin", [
            (-2514606000, -1521), (-19649220, 3600), (478653720, 0), (1314039120, 3600), (1789402080, 3600),
            (1788625920, 3600), (2085144540, 0), (2531350140, 0), (13543475400, 0)
        ]),
        ("Pacific/Chatham", [
            (-2498934300, 44100), (-30594420, 45900), (495906600, 45900), (1297991700, 49500), (1775699340, 45900),
            (1771338900, 49500), (2084840880, 49500), (2539355880, 45900), (13559523420, 45900)
        ]),
        ("Asia/Kolkata", [
            (-2504758140, 19270), (-11808960, 19800), (495136620, 19800), (1303913280, 19800), (1783168080, 19800),
            (1780521300, 19800), (2098680120, 19800), (2537150220, 19800), (13545002520, 19800)
        ]),
        ("America/St_Johns", [
            (-2511097440, -12652), (-25200780, -12600), (477155400, -12600), (1322377800, -12600), (1797265500, -12600),
            (1781418120, -9000), (2096148180, -9000), (2525534940, -12600), (13558148640, -9000)
        ]),
        ("UTC", [
            (-2510023320, 0), (-10353720, 0), (481428960, 0), (1304313420, 0), (1774619640, 0),
            (1795767900, 0), (2089470960, 0), (2544861900, 0), (13548463860, 0)
        ]),
    ]

    @Test(arguments: offsets) func `Offsets are those that another reader finds`(zone: String, samples: [(Int64, Int)]) throws {
        let rules = try Zones.rules(zone)
        for (second, offset) in samples { #expect(rules.offset(at: Instant(seconds: second)) == offset, "\(zone) at \(second)") }
    }

    @Test func `A local time has no instant in a gap, two in a fold, one elsewhere`() throws {
        let york = try Zones.rules("America/New_York")
        func instants(_ text: String) throws -> [String] { york.instants(of: try #require(LocalTime(text))).map(\.description) }
        #expect(try instants("2026-03-08T01:59:59") == ["2026-03-08T06:59:59Z"])
        #expect(try instants("2026-03-08T02:00:00") == [])
        #expect(try instants("2026-03-08T02:59:59") == [])
        #expect(try instants("2026-03-08T03:00:00") == ["2026-03-08T07:00:00Z"])
        #expect(try instants("2026-11-01T00:59:59") == ["2026-11-01T04:59:59Z"])
        #expect(try instants("2026-11-01T01:00:00") == ["2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z"])
        #expect(try instants("2026-11-01T01:59:59") == ["2026-11-01T05:59:59Z", "2026-11-01T06:59:59Z"])
        #expect(try instants("2026-11-01T02:00:00") == ["2026-11-01T07:00:00Z"])
    }

    @Test func `Apia has no 30 December 2011, and Kwajalein no 21 August 1993`() throws {
        #expect(try Zones.rules("Pacific/Apia").instants(of: #require(LocalTime("2011-12-30T12:00:00"))).isEmpty)
        let kwajalein = try Zones.rules("Pacific/Kwajalein")
        #expect(kwajalein.instants(of: try #require(LocalTime("1993-08-21T12:00:00"))).isEmpty)
    }

    @Test(arguments: [
        ("America/New_York", "2026-01-01T00:00Z", "2026-03-08T07:00Z", -18000, -14400),
        ("America/New_York", "2026-03-08T07:00Z", "2026-11-01T06:00Z", -14400, -18000),
        ("America/New_York", "2060-01-01T00:00Z", "2060-03-14T07:00Z", -18000, -14400),
        ("Australia/Lord_Howe", "2026-01-01T00:00Z", "2026-04-04T15:00Z", 39600, 37800),
        ("Antarctica/Troll", "2060-01-01T00:00Z", "2060-03-28T01:00Z", 0, 7200),
        ("America/Nuuk", "2060-01-01T00:00Z", "2060-03-28T01:00Z", -7200, -3600),
        ("Asia/Gaza", "2090-06-01T00:00Z", "2090-10-27T23:00Z", 10800, 7200),
        ("America/Santiago", "2060-05-01T00:00Z", "2060-09-05T04:00Z", -14400, -10800),
        ("Europe/Dublin", "2060-01-01T00:00Z", "2060-03-28T01:00Z", 0, 3600),
    ]) func `The next transition is where the clocks change`(zone: String, after: String, expected: String, before: Int, then: Int) throws {
        let transition = try #require(try Zones.rules(zone).nextTransition(after: at(after)))
        #expect(transition.at == at(expected))
        #expect(transition.before == before && transition.after == then)
    }

    @Test(arguments: ["Asia/Kathmandu", "UTC", "Asia/Tokyo"]) func `A zone without changes has no next transition`(zone: String) throws {
        #expect(try Zones.rules(zone).nextTransition(after: at("2026-01-01T00:00Z")) == nil)
    }

    @Test func `Every zone of the machine is read, and its clocks' changes are where its offset changes`() throws {
        for zone in PropertyZones.names {
            let rules = try Zones.rules(zone)
            var instant = at("1990-01-01T00:00Z")
            while let transition = rules.nextTransition(after: instant), transition.at < at("2100-01-01T00:00Z") {
                #expect(transition.at > instant && transition.before != transition.after)
                #expect(rules.offset(at: transition.at) == transition.after)
                #expect(rules.offset(at: transition.at.adding(milliseconds: -1)) == transition.before)
                instant = transition.at
            }
        }
    }

    @Test func `Bytes that are no zone file are refused, wherever they are cut`() throws {
        let bytes = try Zones.bytes("America/New_York")
        #expect(throws: SchedulingError.self) { try TimeZoneRules(tzif: []) }
        #expect(throws: SchedulingError.self) { try TimeZoneRules(tzif: Array("<html>".utf8) + bytes) }
        for length in stride(from: 0, to: bytes.count, by: 37) {
            #expect(throws: SchedulingError.self) { try TimeZoneRules(tzif: Array(bytes[..<length])) }
        }
    }

    @Test func `Damaged bytes are refused or read, never worse`() throws {
        var generator = SeededGenerator(seed: 5)
        let bytes = try Zones.bytes("Africa/Casablanca")
        for _ in 0..<2000 {
            var damaged = bytes
            for _ in 0..<3 { damaged[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator) }
            guard let rules = try? TimeZoneRules(tzif: damaged) else { continue }
            _ = rules.nextTransition(after: at("2026-01-01T00:00Z"))
            _ = rules.instants(of: try #require(LocalTime("2026-03-08T02:30:00")))
        }
    }

    @Test(arguments: ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC", "America/Port-au-Prince"])
    func `Names of zones are names`(name: String) { #expect(TimeZoneRules.isSafeName(name)) }

    @Test(arguments: ["", "/etc/passwd", "../passwd", "Europe/../../x", "Europe//Berlin", "Europe/", "right/UTC", "Eu rope", "Europe/Berlin\0", "-x", "é"])
    func `What is no name of a zone is refused before it is a path`(name: String) { #expect(!TimeZoneRules.isSafeName(name)) }
}
