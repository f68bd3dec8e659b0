// Delays that spread jobs.
import Scheduling
import Testing
import Vocabulary

@Suite struct JitterTests {
    @Test func `A job's delay is always the same and never as long as the span`() {
        #expect(jitter(within: Span(seconds: 600), key: "lake-levels/main") == jitter(within: Span(seconds: 600), key: "lake-levels/main"))
        #expect(jitter(within: Span(seconds: 600), key: "lake-levels/main") == Span("8m23s964ms"))
        for index in 0..<1000 { #expect(jitter(within: Span(milliseconds: 7), key: "job-\(index)").milliseconds < 7) }
        #expect(jitter(within: Span(milliseconds: 0), key: "x") == Span(milliseconds: 0))
    }

    @Test func `Jobs with neighbouring names are spread evenly`() {
        var buckets = [Int](repeating: 0, count: 10)
        for index in 0..<10_000 { buckets[Int(jitter(within: Span(milliseconds: 1000), key: "job-\(index)/main").milliseconds / 100)] += 1 }
        #expect(buckets.allSatisfy { (850...1150).contains($0) })
    }
}
