// How long retries wait.
import Testing
import Vocabulary

@Suite struct RetriesTests {
    @Test func `each retry waits twice as long as the one before, at most an hour`() {
        let retries = Retries(count: 9, delay: Span(seconds: 60))
        let pauses = (1...9).map { retries.pause(beforeRetry: $0).milliseconds / 1000 }
        #expect(pauses == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
    }

    @Test func `a delay of more than an hour stays what it is, and no number is too great`() {
        #expect(Retries(count: 1, delay: Span(seconds: 7200)).pause(beforeRetry: 3) == Span(seconds: 7200))
        #expect(Retries(count: 1, delay: Span(milliseconds: .max / 2)).pause(beforeRetry: 99) == Span(milliseconds: .max / 2))
        #expect(Retries(count: 1, delay: Span(seconds: 0)).pause(beforeRetry: 5) == Span(seconds: 0))
    }
}
