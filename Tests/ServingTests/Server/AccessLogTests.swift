// The access log: one line per request, and nothing in it that somebody typed or must not know.
import Credentials
import Logging
import Synchronization
import Testing

@testable import Serving

/// Keeps what is logged as text.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct KeepingHandler: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
    func log(event: LogEvent) {
        lines.add("\(event.message) " + (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " "))
    }
}

struct AccessLogTests {
    @Test func `A line names route, job, status and reader, and no secret, query or mistyped address`() async throws {
        try await TestSite.with { test async throws in
            let lines = Lines()
            let site = Site(
                configuration: test.site.configuration, store: test.store, artifacts: test.artifacts, renderer: test.site.renderer, assets: test.site.assets,
                logger: Logger(label: "test") { _ in KeepingHandler(lines: lines) })
            var browser = Browser(site: site)
            browser.cookies = try await test.browser(as: "viewer").cookies
            let secret = Secret.link().text
            _ = try await browser.get("/reports/forecast?q=typed")
            _ = try await browser.get("/link/\(secret)")
            _ = try await browser.get("/mistyped/address")
            _ = try await browser.post("/login", ["username": "somebody", "password": "hunter2hunter2"])
            browser.token = "alm_" + secret
            _ = try await browser.get("/api/v1/jobs")
            let all = lines.all
            #expect(all.count == 5)
            #expect(all[0].contains("http.route=/reports/{job}") && all[0].contains("job.name=forecast") && all[0].contains("http.status=200"))
            #expect(all[0].contains("user.name=viewer"))
            #expect(all[1].contains("http.route=/link/{secret}"))
            for word in [secret, "typed", "somebody", "hunter2", browser.cookies["almanac"] ?? "none"] {
                #expect(!all.contains { $0.contains(word) }, "\(word)")
            }
        }
    }

    @Test func `A failure stands in the log under the id that the reader was given`() async throws {
        try await TestSite.with { test async throws in
            let lines = Lines()
            let site = Site(
                configuration: test.site.configuration, store: test.store, artifacts: test.artifacts, renderer: test.site.renderer, assets: test.site.assets,
                logger: Logger(label: "test") { _ in KeepingHandler(lines: lines) })
            var browser = Browser(site: site)
            browser.cookies = try await test.browser(as: "owner").cookies
            let answer = try await browser.post("/runs/\(test.run)/publish")
            #expect(answer.status == 503)
            let line = try #require(lines.all.first { $0.hasPrefix("request failed") })
            let id = try #require(line.split(separator: "error.id=").last.map { String($0.prefix(16)) })
            #expect(answer.text.contains(id))
            #expect(lines.all.last?.contains("error.id=\(id)") == true)
        }
    }
}
