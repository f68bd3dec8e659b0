// The planner's journey in a real Chromium: sign in, find, read, download, and be refused.
import Foundation
import Testing
import TestSupport

/// Where Scripts/test keeps the Python that has playwright.
private let python: String? = {
    let home = ProcessInfo.processInfo.environment["HOME"] ?? "/root"
    let candidates = [ProcessInfo.processInfo.environment["ALMANAC_BROWSER_PYTHON"], home + "/.cache/almanac/browser/bin/python"]
    return candidates.compactMap { $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }
}()

private let canBrowse = python != nil && FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")

@Suite(.enabled(if: canBrowse, "Chromium or playwright is missing; Scripts/test installs both")) struct `The planner` {
    @Test func `signs in, finds a report, sees its chart, downloads what was recorded, and cannot tell forbidden from missing`() async throws {
        let place = try Workplace(Self.files)
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        #expect(try place.almanac("run", "payroll", "--wait").status == 0)
        #expect(try place.almanac("user", "add", "paula", "--group", "readers").status == 0)
        let link = try place.link("paula")
        let server = try await place.serve()
        let path = URL(string: link)?.path ?? ""
        let job = #"{"name": "rainfall", "title": "Rainfall by month", "file": "rain.csv"}"#
        let screenshots = ProcessInfo.processInfo.environment["ALMANAC_SCREENSHOTS"] ?? ""
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/browse.py"
        let finished = try Program.run(
            try #require(python), [script, "planner", server.address, server.address + path, job, "payroll", screenshots], limit: 180)
        #expect(finished.status == 0, "\(finished.errors)")
        let found = try #require(try JSONSerialization.jsonObject(with: Data(finished.output.utf8)) as? [String: Any])

        let size = try #require(found["chart"] as? [Double])
        #expect(size[0] > 400 && size[1] > 150)
        #expect((found["alternative"] as? String)?.isEmpty == false)
        let outputs = try place.newestRun("rainfall")["outputs"] as? [[String: Any]]
        #expect(found["sha256"] as? String == outputs?.first?["sha256"] as? String)
        #expect(found["statuses"] as? [Int] == [404, 404])
        #expect(found["same404"] as? Bool == true)
        #expect(found["hosts"] as? [String] == [String(server.address.dropFirst("http://".count))], "no request leaves the host")
        #expect((found["errors_before_404"] as? [String])?.isEmpty == true, "\(found["errors_before_404"] ?? "")")
        for key in ["overflow_desktop_light", "overflow_phone_light", "overflow_phone_dark"] { #expect(found[key] as? Int == 0, "\(key)") }
    }

    private static let files: [String: String] = {
        let script = "#!/bin/sh\nprintf 'month,mm\\n2026-01,10\\n2026-02,20\\n2026-03,30\\n' > \"$ALMANAC_OUTPUT_RAIN\"\n"
        func job(_ title: String, _ group: String) -> String {
            "contract: 1\ntitle: \(title)\naccess: { view: [\(group)] }\ntasks:\n  score: { run: rain.sh }\noutputs:\n  rain: { path: rain.csv }\n"
        }
        let report = "The rain by month.\n\n```chart\ndata: rain\ntype: bar\nx: month\ny: mm\ntitle: Rain\n```\n"
        return [
            "Jobs/rainfall/job.yaml": job("Rainfall by month", "readers"), "Jobs/rainfall/rain.sh": script, "Jobs/rainfall/report.md": report,
            "Jobs/payroll/job.yaml": job("Payroll", "directors"), "Jobs/payroll/rain.sh": script,
        ]
    }()
}
