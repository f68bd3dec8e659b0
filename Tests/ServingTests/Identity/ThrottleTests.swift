// Guessing gets slower and slower, but nobody is locked out for ever, and memory stays bounded.
import Credentials
import HTTPTypes
import Recording
import Testing
import Vocabulary

@testable import Serving

struct ThrottleTests {
    private let start = Instant(seconds: 1_790_000_000)

    @Test func `The delay of an account doubles to five minutes and no further`() async {
        let throttle = SignInThrottle()
        var now = start
        var delays: [Int] = []
        for _ in 0..<15 {
            #expect(await throttle.attempt(account: "ann", address: "a", at: now) == nil)
            let wait = await throttle.attempt(account: "ann", address: "b", at: now) ?? 0
            delays.append(wait)
            now = now.adding(seconds: Int64(max(wait, 0)))
            if wait == 0 { await throttle.giveBack(account: "ann", address: "b", at: now) }
        }
        #expect(delays == [0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
    }

    @Test func `A right password forgets the account's failures, an hour does too`() async {
        let throttle = SignInThrottle()
        for _ in 0..<4 { _ = await throttle.attempt(account: "ann", address: "a", at: start) }
        #expect(await throttle.attempt(account: "ann", address: "a", at: start) == 1)
        #expect(await throttle.attempt(account: "bob", address: "a", at: start) == nil)
        await throttle.succeed(account: "ann", address: "a")
        #expect(await throttle.attempt(account: "ann", address: "a", at: start) == nil)
        for _ in 0..<10 { _ = await throttle.attempt(account: "cleo", address: "c", at: start) }
        let later = start.adding(seconds: 3601)
        #expect(await throttle.attempt(account: "cleo", address: "c", at: later) == nil)
        #expect(await throttle.attempt(account: "cleo", address: "c", at: later) == nil)
    }

    @Test func `One address that tries many accounts is slowed down as well`() async {
        let throttle = SignInThrottle()
        var waits = 0
        for number in 0..<40 where await throttle.attempt(account: "user\(number)", address: "a", at: start) != nil { waits += 1 }
        #expect(waits == 19)
        #expect(await throttle.attempt(account: "user0", address: "b", at: start) == nil)
    }

    @Test func `Memory is bounded however many names are tried`() async {
        let throttle = SignInThrottle(most: 100)
        for number in 0..<5000 { _ = await throttle.attempt(account: "user\(number)", address: "address\(number)", at: start.adding(milliseconds: Int64(number))) }
        #expect(await throttle.entries <= 200)
    }

    @Test func `Too many wrong passwords get 429 with the time to wait, and then the right one gets in`() async throws {
        try await TestSite.with { test async throws in
            try await test.setPassword(of: "viewer")
            var browser = Browser(site: test.site)
            _ = try await browser.open()
            for _ in 0..<4 { #expect(try await browser.post("/login", ["username": "viewer", "password": "x"]).status == 403) }
            let refused = try await browser.post("/login", ["username": "viewer", "password": TestSite.password])
            #expect(refused.status == 429)
            #expect(refused.headers[.retryAfter] == "1")
            test.clock.advance(seconds: 1)
            #expect(try await browser.post("/login", ["username": "viewer", "password": TestSite.password]).status == 303)
        }
    }

    @Test func `The reader's address is believed from trusted proxies only`() {
        let headers: HTTPFields = [.forwardedFor: "6.6.6.6, 198.51.100.4, 10.0.0.2"]
        #expect(ReaderAddress.of("192.0.2.1", headers, trusted: []) == "192.0.2.1")
        #expect(ReaderAddress.of("10.0.0.1", headers, trusted: ["10.0.0.1", "10.0.0.2"]) == "198.51.100.4")
        #expect(ReaderAddress.of("10.0.0.1", [.forwardedFor: "<script>"], trusted: ["10.0.0.1"]) == "10.0.0.1")
        #expect(ReaderAddress.of("10.0.0.1", [:], trusted: ["10.0.0.1"]) == "10.0.0.1")
    }
}
