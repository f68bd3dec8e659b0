// Figures for Prometheus: for programs on this machine, auditors and administrators, and nobody who comes through a proxy.
import HTTPTypes
import Recording
import Testing
import Vocabulary

@testable import Serving

struct MetricsTests {
    @Test func `The figures are those of the record`() async throws {
        try await TestSite.with { test async throws in
            _ = try await TestSite.start(test.store, "forecast", at: test.clock.now)
            _ = try await test.browser(as: "analyst").post("/reports/forecast/run")
            var program = Browser(site: test.site)
            program.peer = "127.0.0.1"
            let answer = try await program.get("/metrics")
            #expect(answer.status == 200 && answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            for line in ["almanac_runs_queued 1", "almanac_runs_active 1", "almanac_jobs 2", "almanac_editions_total 1", "process_start_time_seconds 1790000000"] {
                #expect(answer.text.contains("\n" + line + "\n"), "\(line)")
            }
            let resident = answer.text.split(separator: "\n").first { $0.hasPrefix("process_resident_memory_bytes ") }?.split(separator: " ")[1]
            #expect(try #require(resident.flatMap { Int64($0) }) > 1 << 20)
        }
    }

    @Test func `Loopback answers only what comes from this machine itself`() async throws {
        for base in [nil, "https://reports.example.com"] {
            try await TestSite.with(baseURL: base) { test async throws in
                var program = Browser(site: test.site)
                for peer in ["127.0.0.1", "::1"] {
                    program.peer = peer
                    for host in ["localhost", "127.0.0.1:8080", "[::1]:8080"] { #expect(try await program.send(.get, "/metrics", host: host).status == 200) }
                    for host in ["evil.example", "reports.example.com", "localhost.evil.example"] {
                        #expect(try await program.send(.get, "/metrics", host: host).status != 200, "\(host)")
                    }
                    for header in [HTTPField.Name.forwardedFor, .forwarded, .via] {
                        #expect(try await program.send(.get, "/metrics", [header: "192.0.2.1"]).status != 200)
                    }
                }
                program.peer = "192.0.2.7"
                #expect(try await program.send(.get, "/metrics").status != 200)
            }
        }
    }

    @Test func `Elsewhere auditors and administrators read them, by session or any token`() async throws {
        try await TestSite.with { test async throws in
            #expect(try await test.browser(as: "root").get("/metrics").status == 200)
            var program = Browser(site: test.site)
            program.token = try await test.token(of: "root", .read)
            #expect(try await program.get("/metrics").status == 200)
            program.token = try await test.token(of: "owner", .all)
            let refused = try await program.get("/metrics")
            #expect(refused.status == 404 && !refused.text.contains("almanac_"))
            #expect(try await test.browser(as: "owner").get("/metrics").status == 404)
            #expect(try await Browser(site: test.site).get("/metrics").isToSignIn)
        }
    }
}
