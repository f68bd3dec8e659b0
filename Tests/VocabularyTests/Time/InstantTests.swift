// Instants and the texts they are read from.
import Testing
import Vocabulary

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", Int64(0)), ("2026-03-08T07:00:00Z", 1_772_953_200_000), ("2026-03-08T03:00:00-04:00", 1_772_953_200_000),
        ("2026-03-08T12:45:00+05:45", 1_772_953_200_000), ("2026-03-08t07:00:00.5z", 1_772_953_200_500), ("2026-03-08 07:00:00.1234Z", 1_772_953_200_123),
        ("1969-12-31T23:59:59.999Z", -1), ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ("2016-12-31T23:59:60Z", 1_483_228_799_000),
    ]) func `RFC 3339 is read`(text: String, milliseconds: Int64) {
        #expect(Instant(rfc3339: text) == Instant(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2026-03-08", "2026-03-08T07:00:00", "2026-03-08T07:00Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-08T24:00:00Z",
        "2026-03-08T07:60:00Z", "2026-03-08T07:00:61Z", "2026-03-08T07:00:00.Z", "2026-03-08T07:00:00+0400", "2026-03-08T07:00:00+24:00",
        "2026-03-08T07:00:00+04:60", "2026-03-08T07:00:00++4:00", "2026-03-08T07:00:00+-4:00", "2026-03-08T07:00:00+04:+1", "2026-03-08T07:00:00ZZ",
        "+026-03-08T07:00:00Z", "2026-03-08T07:00:00 04:00", "２０26-03-08T07:00Z",
    ]) func `What is not RFC 3339 is refused`(text: String) { #expect(Instant(rfc3339: text) == nil) }

    @Test(arguments: [
        (Int64(0), 0, "1970-01-01T00:00:00Z"), (1_772_953_200_000, -14400, "2026-03-08T03:00:00-04:00"),
        (1_772_953_200_007, 20700, "2026-03-08T12:45:00.007+05:45"), (-1, 0, "1969-12-31T23:59:59.999Z"), (-1, -1800, "1969-12-31T23:29:59.999-00:30"),
    ]) func `RFC 3339 is written at an offset`(milliseconds: Int64, offset: Int, text: String) {
        #expect(Instant(milliseconds: milliseconds).rfc3339(offset: offset) == text)
        #expect(Instant(rfc3339: text) == Instant(milliseconds: milliseconds))
    }

    @Test(arguments: [(Int64(0), Int64(0)), (999, 0), (1000, 1), (-1, -1), (-1000, -1), (-1001, -2), (.min, -9_223_372_036_854_776), (.max, 9_223_372_036_854_775)])
    func `Whole seconds are rounded down`(milliseconds: Int64, seconds: Int64) { #expect(Instant(milliseconds: milliseconds).seconds == seconds) }

    @Test(arguments: [(0, "+00:00"), (-18000, "-05:00"), (20700, "+05:45"), (-1800, "-00:30"), (4772, "+01:19:32")])
    func `Offsets are written with their sign`(offset: Int, text: String) { #expect(Instant.offsetText(offset) == text) }

    @Test func `The ends of time can be written`() {
        #expect(Instant(milliseconds: .max).description.hasSuffix("Z"))
        #expect(Instant(milliseconds: .min).description.hasPrefix("-"))
    }
}
