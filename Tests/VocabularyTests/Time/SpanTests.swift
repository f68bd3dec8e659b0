// Lengths of time and sizes, as people write them.
import Testing
import Vocabulary

@Suite struct SpanTests {
    @Test(arguments: [
        ("90s", Int64(90_000), "1m30s"), ("10m", 600_000, "10m"), ("1h30m", 5_400_000, "1h30m"), ("2d", 172_800_000, "2d"), ("500ms", 500, "500ms"),
        ("0s", 0, "0s"), ("1d1h1m1s1ms", 90_061_001, "1d1h1m1s1ms"), ("3650d", 315_360_000_000, "3650d"), ("25h", 90_000_000, "1d1h"),
    ]) func `A span is read, and written in its shortest form`(text: String, milliseconds: Int64, shortest: String) {
        #expect(Span(text) == Span(milliseconds: milliseconds))
        #expect(Span(milliseconds: milliseconds).description == shortest)
        #expect(Span(shortest)?.milliseconds == milliseconds)
    }

    @Test(arguments: ["", "5", "m", "-5m", "1.5h", "5 m", "5M", "30m1h", "1m1m", "3651d", "99999999999999999999s", "9223372036854775807d", "５m", "1h "])
    func `What is no span is refused`(text: String) { #expect(Span(text) == nil) }

    @Test(arguments: [
        ("1024", Int64(1024)), ("500MB", 500_000_000), ("2GiB", 2_147_483_648), ("2 GiB", 2_147_483_648), ("1kB", 1000), ("1KB", 1000), ("1KiB", 1024),
        ("0", 0), ("7B", 7), ("3TiB", 3_298_534_883_328),
    ]) func `A size is read`(text: String, bytes: Int64) { #expect(ByteCount(text) == ByteCount(bytes)) }

    @Test(arguments: ["", "GiB", "1.5GiB", "-1", "1gib", "1 G iB", "9999999999TiB", "99999999999999999999"])
    func `What is no size is refused`(text: String) { #expect(ByteCount(text) == nil) }

    @Test(arguments: [
        (Int64(0), "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (1_048_575, "1.0 MiB"), (1_048_576, "1.0 MiB"),
        (1_073_741_823, "1.0 GiB"), (5_497_558_138_880, "5.0 TiB"), (.max, "8388608.0 TiB"),
    ]) func `A size is written for people`(bytes: Int64, text: String) { #expect(ByteCount(bytes).description == text) }
}
