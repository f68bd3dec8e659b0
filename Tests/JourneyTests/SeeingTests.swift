// What a server says of itself to programs: its log, its figures and whether it is ready.
import Foundation
import Testing
import TestSupport

@Suite struct `A server tells programs` {
    private static let levels: Set<String> = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    @Test func `everything in lines of JSON, with the keys of the glossary and nothing that somebody typed`() async throws {
        let place = try Workplace(SampleJobs.rainfall())
        // The first run registers the job, so that the server knows it from its first moment.
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        let server = try await place.serve()
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        let port = try #require(server.address.split(separator: ":").last)
        let requests = """
            ask() { exec 3<>/dev/tcp/127.0.0.1/\(port); printf "$1" >&3; cat <&3 > /dev/null; exec 3<&-; }
            ask 'GET /nothing-here?q=typed-by-somebody HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n'
            ask 'POST /login HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\nContent-Length: 25\\r\\n\\r\\nusername=typed-by-somebody'
            ask 'typed-by-somebody\\r\\n\\r\\n'
            """
        #expect(try Program.run("/bin/bash", ["-c", requests], limit: 20).status == 0)
        #expect(server.end() == 0)

        var lines: [[String: Any]] = []
        for line in server.log.split(separator: "\n") {
            let fields = try #require(try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "not JSON: \(line)")
            lines.append(fields)
            let at = try #require(fields["at"] as? String)
            #expect(at.hasSuffix("Z") && ISO8601DateFormatter.parsesInstant(at), "\(line)")
            #expect(Self.levels.contains(fields["level"] as? String ?? ""), "\(line)")
            #expect((fields["message"] as? String)?.isEmpty == false, "\(line)")
        }
        func has(_ message: String, _ keys: [String]) -> Bool {
            lines.contains { line in line["message"] as? String == message && keys.allSatisfy { line[$0] is String } }
        }
        #expect(has("the server is ready", ["almanac.version", "database", "server.port", "runner.concurrency"]))
        #expect(has("a run ended", ["run.id", "job.name", "attempt", "status"]))
        #expect(has("request", ["http.method", "http.route", "http.status", "http.milliseconds"]))
        #expect(has("the server has stopped", ["almanac.version"]))
        #expect(!server.log.contains("typed-by-somebody") && !server.log.contains("nothing-here"))
    }

    @Test func `its figures, in the format of Prometheus`() async throws {
        let place = try Workplace(SampleJobs.rainfall())
        // The first run registers the job, so that the server knows it from its first moment.
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        let server = try await place.serve()
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        let program = try Visitor(server)
        let ready = try program.get("/readyz")
        #expect(ready.status == 200 && ready.text == "ready\n")
        let answer = try program.get("/metrics")
        #expect(answer.status == 200)
        let figures = FigureLines(answer.text)
        #expect(figures.problems.isEmpty, "\(figures.problems)")
        #expect(figures.values["almanac_editions_total"] == 2)
        #expect(figures.values["almanac_info{version=\"0.1.0\",database=\"sqlite\"}"] == 1)
        #expect(figures.values["almanac_http_requests_total{class=\"2xx\"}"] == 1, "the answer of /readyz")
        #expect(figures.values["almanac_http_request_seconds_count"] == 1)
        #expect((figures.values["process_open_fds"] ?? 0) > 5)
        #expect((figures.values["process_cpu_seconds_total"] ?? 0) > 0)
        #expect(figures.values["almanac_failures_total{reason=\"timedOut\"}"] == 0)
        #expect(server.end() == 0)
    }
}

extension ISO8601DateFormatter {
    /// Whether a text is an instant of RFC 3339, with or without fractions of a second.
    fileprivate static func parsesInstant(_ text: String) -> Bool {
        let formatter = ISO8601DateFormatter()
        if formatter.date(from: text) != nil { return true }
        formatter.formatOptions.insert(.withFractionalSeconds)
        return formatter.date(from: text) != nil
    }
}
