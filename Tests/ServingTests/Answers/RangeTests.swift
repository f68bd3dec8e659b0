// Ranges as RFC 9110 says, as a table and over a real file.
import Artifacts
import FoundationEssentials
import HTTPTypes
import Recording
import Testing
import Vocabulary

@testable import Serving

struct RangeTests {
    private static let table: [(String?, Int64, ByteRange)] = [
        (nil, 100, .whole), ("", 100, .whole), ("bytes", 100, .whole), ("items=0-1", 100, .whole), ("bytes=", 100, .whole), ("bytes=-", 100, .whole),
        ("bytes=a-b", 100, .whole), ("bytes=0-1,5-6", 100, .whole), ("bytes=5-4", 100, .whole), ("bytes=--5", 100, .whole), ("bytes=+1-2", 100, .whole),
        ("bytes=0-0", 100, .part(0..<1)), ("bytes=0-", 100, .part(0..<100)), ("bytes=99-", 100, .part(99..<100)), ("bytes=10-19", 100, .part(10..<20)),
        ("bytes=90-200", 100, .part(90..<100)), ("bytes=-1", 100, .part(99..<100)), ("bytes=-100", 100, .part(0..<100)), ("bytes=-500", 100, .part(0..<100)),
        ("BYTES=1-2", 100, .part(1..<3)), ("bytes= 1 - 2 ", 100, .part(1..<3)), ("bytes=100-", 100, .unsatisfiable), ("bytes=100-200", 100, .unsatisfiable),
        ("bytes=-0", 100, .unsatisfiable), ("bytes=0-", 0, .unsatisfiable), ("bytes=-5", 0, .unsatisfiable),
        ("bytes=99999999999999999999-", 100, .unsatisfiable), ("bytes=0-99999999999999999999", 100, .part(0..<100)),
        ("bytes=-99999999999999999999", 100, .part(0..<100)), ("bytes=9223372036854775807-9223372036854775807", 100, .unsatisfiable),
    ]

    @Test(arguments: table.indices) func `A range header means what the table says`(index: Int) {
        let (header, length, expected) = Self.table[index]
        #expect(ByteRange(header, length: length) == expected, "\(header ?? "none")")
    }
}

struct DownloadTests {
    private let path = "/reports/forecast/editions/1/files/forecast.csv"

    @Test func `The CSV arrives byte for byte with its name, length and tag`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "viewer")
            let answer = try await browser.get(path)
            #expect(answer.status == 200)
            #expect(answer.body == test.csv)
            #expect(answer.headers[.contentLength] == String(test.csv.count))
            #expect(answer.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(answer.headers[.contentDisposition] == "attachment; filename=\"forecast-forecast-edition-1.csv\"")
            let output = try #require(try await test.store.outputs(run: test.run).first { $0.name == "forecast" })
            #expect(answer.headers[.eTag] == "\"\(output.sha256)\"")
            #expect(answer.headers[.lastModified] == nil)
            #expect(answer.headers[.acceptRanges] == "bytes")
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.cacheControl] == "private, no-cache")
            #expect(answer.headers[.crossOriginResourcePolicy] == "same-origin")
            let head = try await browser.send(.head, path)
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            #expect(head.headers == answer.headers)
        }
    }

    @Test func `Parts arrive as parts, and only of the version that was asked for`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "viewer")
            let size = test.csv.count
            let whole = try await browser.get(path)
            let tag = try #require(whole.headers[.eTag])
            let middle = try await browser.get(path, [.range: "bytes=10-19"])
            #expect(middle.status == 206)
            #expect(middle.body == Array(test.csv[10..<20]))
            #expect(middle.headers[.contentRange] == "bytes 10-19/\(size)")
            #expect(middle.headers[.contentLength] == "10")
            let end = try await browser.get(path, [.range: "bytes=-7"])
            #expect(end.body == Array(test.csv.suffix(7)))
            let all = try await browser.get(path, [.range: "bytes=0-"])
            #expect(all.status == 206)
            #expect(all.body == test.csv)
            let beyond = try await browser.get(path, [.range: "bytes=\(size)-"])
            #expect(beyond.status == 416)
            #expect(beyond.headers[.contentRange] == "bytes */\(size)")
            #expect(try await browser.get(path, [.range: "bytes=0-1", .ifRange: tag]).status == 206)
            #expect(try await browser.get(path, [.range: "bytes=0-1", .ifRange: "\"other\""]).status == 200)
            #expect(try await browser.get(path, [.range: "bytes=0-1", .ifRange: "W/" + tag]).status == 200)
            #expect(try await browser.send(.head, path, [.range: "bytes=0-1"]).status == 200)
            #expect(try await browser.get(path, [.ifNoneMatch: tag]).status == 304)
            #expect(try await browser.get(path, [.ifNoneMatch: "\"x\", W/\(tag)"]).status == 304)
            #expect(try await browser.get(path, [.ifNoneMatch: "*"]).status == 304)
            #expect(try await browser.get(path, [.ifNoneMatch: "\"x\""]).status == 200)
            let stranger = try await test.browser(as: "stranger")
            #expect(try await stranger.get(path, [.ifNoneMatch: tag]).status == 404)
            #expect(try await Browser(site: test.site).get(path, [.ifNoneMatch: tag]).isToSignIn)
        }
    }

    @Test func `Images are shown as images and HTML in its sandbox`() async throws {
        try await TestSite.with { test async throws in
            let browser = try await test.browser(as: "viewer")
            let svg = try await browser.get("/reports/forecast/editions/1/files/plot.svg")
            #expect(svg.headers[.contentType] == "image/svg+xml")
            #expect(svg.headers[.contentDisposition]?.hasPrefix("inline;") == true)
            #expect(svg.headers[.contentSecurityPolicy]?.hasPrefix("sandbox; default-src 'none'") == true)
            let html = try await browser.get("/reports/forecast/editions/1/files/page.html")
            let policy = try #require(html.headers[.contentSecurityPolicy])
            #expect(policy.hasPrefix("sandbox allow-scripts allow-popups allow-downloads; default-src 'none';"))
            #expect(!policy.contains("allow-same-origin"))
            #expect(policy.contains("connect-src 'none'"))
            let saved = try await browser.get("/reports/forecast/editions/1/files/page.html?download=1")
            #expect(saved.headers[.contentDisposition]?.hasPrefix("attachment;") == true)
        }
    }

    @Test(arguments: [
        ("plain.csv", "attachment; filename=\"plain.csv\""), ("a\"b.csv", "attachment; filename=\"a_b.csv\"; filename*=UTF-8''a%22b.csv"),
        ("a\r\nSet-Cookie: x.csv", "attachment; filename=\"a__Set-Cookie_ x.csv\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x.csv"),
        ("Übersicht.csv", "attachment; filename=\"__bersicht.csv\"; filename*=UTF-8''%C3%9Cbersicht.csv"), ("a;b\\.csv", "attachment; filename=\"a_b_.csv\"; filename*=UTF-8''a%3Bb%5C.csv"),
    ])
    func `No name breaks the header`(name: String, header: String) { #expect(Disposition.header("attachment", fileName: name) == header) }

    @Test func `A file that a job did not declare is found by its path by who may run the job, and cannot break anything`() async throws {
        try await TestSite.with { test async throws in
            let name = "notes/über \"x\".txt"
            let stored = try await test.artifacts.put([ByteSource(Array("hello".utf8))])
            let output = Output(name: name, path: name, declared: false, sha256: stored[0].sha256, bytes: 5)
            try await TestSite.publish(test.store, test.artifacts, "forecast", outputs: [output], at: test.clock.now)
            let address = "/reports/forecast/editions/2/files/" + PercentCoding.encode(name)
            #expect(try await test.browser(as: "viewer").get(address).status == 404)
            let answer = try await test.browser(as: "analyst").get(address)
            #expect(answer.status == 200)
            #expect(answer.text == "hello")
            #expect(answer.headers[.contentDisposition] == Disposition.header("attachment", fileName: "forecast-\(name.dropLast(4))-edition-2.txt"))
        }
    }

    @Test func `A damaged file is never handed out complete`() async throws {
        try await TestSite.with { test async throws in
            let large = (0..<900_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let stored = try await test.artifacts.put([ByteSource(large), ByteSource(Array("small".utf8))])
            let outputs = [
                Output(name: "large", path: "large.bin", declared: true, sha256: stored[0].sha256, bytes: Int64(large.count)),
                Output(name: "small", path: "small.bin", declared: true, sha256: stored[1].sha256, bytes: 5),
                Output(name: "wrong", path: "wrong.bin", declared: true, sha256: stored[1].sha256, bytes: 6),
                Output(name: "gone", path: "gone.bin", declared: true, sha256: try #require(Digest(hex: String(repeating: "a", count: 64))), bytes: 6),
            ]
            try await TestSite.publish(test.store, test.artifacts, "forecast", outputs: Array(outputs.dropLast()), at: test.clock.now)
            let browser = try await test.browser(as: "viewer")
            let folder = "/reports/forecast/editions/2/files/"
            let whole = try await browser.get(folder + "large.bin")
            #expect(whole.body == large)
            #expect(whole.headers[.contentType] == "application/octet-stream")
            for artifact in stored { try damage(test.folder + "/artifacts", artifact.sha256) }
            let cut = try await browser.get(folder + "large.bin")
            #expect(cut.status == 500 || cut.wasCut)
            #expect(cut.body.count < large.count)
            let small = try await browser.get(folder + "small.bin")
            #expect(small.status == 500)
            #expect(!small.text.contains("artifacts/"))
            #expect(try await browser.get(folder + "wrong.bin").status == 500)
        }
    }

    /// Changes the last byte of an artifact, wherever the store keeps it.
    private func damage(_ folder: String, _ digest: Vocabulary.Digest) throws {
        let full = try #require(files(in: folder).first { $0.hasSuffix(digest.hex.suffix(60)) })
        var bytes = [UInt8](try #require(FileManager.default.contents(atPath: full)))
        bytes[bytes.count - 1] ^= 1
        try FileManager.default.removeItem(atPath: full)
        _ = FileManager.default.createFile(atPath: full, contents: Data(bytes))
    }

    /// Every file below a folder.
    private func files(in folder: String) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [folder] }
        return names.flatMap { files(in: folder + "/" + $0) }
    }
}
