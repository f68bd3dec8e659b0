// What is kept of an attempt, and what is refused.
import Artifacts
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(1)))
struct CollectorTests {
    /// Prepares an attempt with these outputs, lets `work` play the job, and collects.
    private func collect(
        _ scene: Scene, _ outputs: [OutputDefinition], limits: Limits = Limits(), status: Int = 0, _ work: (AttemptFolder) throws -> Void
    ) async throws -> Collected {
        let assignment = try await scene.assignment(files: [("job.sh", "", true)], outputs: outputs, limits: limits)
        let prepared = try await scene.workbench.prepare(assignment)
        try scene.write("2026-03-08T07:00:00.000Z o hello\n", to: prepared.order.folder.log)
        try work(prepared.order.folder)
        let now = Instant(milliseconds: 1_800_000_000_005)
        let report = ExitReport(status: status, signal: nil, reason: status == 0 ? nil : .exitCode, startedAt: now, endedAt: now)
        return try await Collector(artifacts: scene.artifacts, runs: scene.runs).collect(assignment, report: report)
    }

    @Test func `Declared outputs come first, the others are kept by their path`() async throws {
        let scene = try Scene()
        let collected = try await collect(scene, [output("z", "z.csv"), output("doc", "sub/doc.json")]) { folder in
            try scene.write("when,n\n2026-01-01,1.5\n2026-01-02,2\n", to: folder.outputs + "/a.csv")
            try scene.write("x,y\n1,2\n3,4\n", to: folder.outputs + "/z.csv")
            try scene.write("{\"a\": NaN}", to: folder.outputs + "/sub/doc.json")
            try scene.write("x,y\n1\n", to: folder.outputs + "/broken.csv")
            try scene.write("mape,4.5\n", to: folder.metrics)
            try scene.write("stray", to: folder.work + "/stray.txt")
        }
        #expect(collected.failure == nil)
        #expect(collected.outputs.map(\.name) == ["z", "doc", "a.csv", "broken.csv"])
        #expect(collected.outputs.map(\.rows) == [2, nil, 2, nil] && collected.outputs[0].columns == ["x", "y"])
        #expect(collected.outputs.map(\.declared) == [true, true, false, false])
        #expect(collected.metrics == [Metric(name: "mape", value: 4.5)])
        for output in collected.outputs { #expect(try await scene.artifacts.size(output.sha256) == output.bytes) }
        let log = String(decoding: try await scene.artifacts.read(try #require(collected.logDigest), limit: 1000), as: UTF8.self)
        #expect(
            log == """
                2026-03-08T07:00:00.000Z o hello
                2027-01-15T08:00:00.005Z - left in the working folder and thrown away (outputs belong into $ALMANAC_OUTPUTS): stray.txt

                """)
        #expect(collected.logBytes == Int64(log.utf8.count))
    }

    @Test(arguments: [
        ("missing", "is missing"), ("link", "is a symbolic link, not a regular file"), ("folder", "is a folder, not a regular file"),
        ("pipe", "is a named pipe, not a regular file"), ("behind", "lies behind `sub`, which is not a folder"),
        ("ragged", "is not a CSV file that can be read: row 3"), ("mixed", "is not a CSV file that can be read: row 2, column 2"),
    ])
    func `An output that is not a regular readable file is a contract violation`(what: String, complaint: String) async throws {
        let scene = try Scene()
        let path = what == "behind" ? "sub/x.csv" : "x.csv"
        let collected = try await collect(scene, [output("x", path)]) { folder in
            let place = folder.outputs + "/x.csv"
            switch what {
            case "link": symlink("/etc/passwd", place)
            case "folder": try Folders.make(place)
            case "pipe": mkfifo(place, 0o600)
            case "behind":
                rmdir(folder.outputs + "/sub")
                try scene.write("a\n1\n", to: folder.home + "/x.csv")
                symlink(folder.home, folder.outputs + "/sub")
            case "ragged": try scene.write("a,b\n1,2\n3\n", to: place)
            case "mixed": try Descriptor(place, O_WRONLY | O_CREAT).write(Array("a,ü\n1,Z".utf8) + [0xFC] + Array("rich\n".utf8))
            default: break
            }
        }
        let failure = try #require(collected.failure)
        #expect(failure.reason == .contractViolation)
        #expect(failure.message.hasPrefix("Output `x`: `\(path)` \(complaint)"), "\(failure.message)")
        #expect(collected.outputs.isEmpty && collected.logDigest != nil)
    }

    @Test(arguments: [
        ("x.json", "{\"a\": 1,}", false), ("x.json", "{\"a\": [1, 2]}", true), ("x.png", "GIF89a", false), ("x.png", "\u{89}PNG", false),
        ("x.pdf", "%PDF-1.7", true), ("x.pdf", "hello", false), ("x.svg", "<?xml version='1.0'?><svg/>", true), ("x.svg", "<html>", false),
        ("x.html", "<!doctype html><p>x", true), ("x.html", "", false), ("x.ipynb", "{\"cells\": [], \"nbformat\": 4}", true),
        ("x.ipynb", "{}", false), ("x.xlsx", "PK\u{3}\u{4}…", true), ("x.parquet", "PAR1…PAR1", true), ("x.parquet", "PAR1", true),
        ("x.parquet", "PAR1 cut", false), ("x.txt", "\0anything", true), ("x.csv", "", false), ("x.JSON", "{", false),
    ])
    func `Files are what their endings say`(path: String, text: String, isGood: Bool) async throws {
        let scene = try Scene()
        let collected = try await collect(scene, [output("x", path)]) { try scene.write(text, to: $0.outputs + "/" + path) }
        #expect((collected.failure == nil) == isGood, "\(collected.failure?.message ?? "")")
    }

    @Test func `A CSV with a semicolon and a comma for the decimals is read as declared`() async throws {
        let scene = try Scene()
        let collected = try await collect(scene, [output("x", "x.csv", csv: CSVFormat(delimiter: ";", decimal: ","))]) {
            try scene.write("a;b\n1,5;2\n", to: $0.outputs + "/x.csv")
        }
        #expect(collected.outputs.first?.columns == ["a", "b"])
    }

    @Test func `How a CSV is written is found, and said in the log where it is unusual`() async throws {
        let scene = try Scene()
        let latin = Array("Stadt;Wert\nZ".utf8) + [0xFC] + Array("rich;1,5\n".utf8)
        let collected = try await collect(scene, [output("x", "x.csv"), output("y", "y.csv")]) {
            try Descriptor($0.outputs + "/x.csv", O_WRONLY | O_CREAT).write(latin)
            try scene.write("a,b\n1.5,2\n", to: $0.outputs + "/y.csv")
        }
        #expect(collected.outputs.first?.columns == ["Stadt", "Wert"] && collected.outputs.first?.rows == 1)
        // What is kept is what the job wrote.
        #expect(try await scene.artifacts.read(try #require(collected.outputs.first?.sha256), limit: 1000) == latin)
        let log = String(decoding: try await scene.artifacts.read(try #require(collected.logDigest), limit: 1000), as: UTF8.self)
        #expect(log.contains(" - x.csv is read as: semicolons between columns, decimal commas, Latin-1\n") && !log.contains("y.csv"))
    }

    @Test func `Quotas of bytes and files are held`() async throws {
        let scene = try Scene()
        let large = try await collect(scene, [], limits: Limits(output: ByteCount(1000))) { folder in
            let file = try Descriptor(folder.outputs + "/sparse", O_WRONLY | O_CREAT)
            ftruncate(file.number, 1 << 40)
        }
        #expect(large.failure == .init(reason: .quotaExceeded, message: "The outputs have 1.0 TiB, more than the limit of 1000 bytes."))
        let many = try await collect(scene, []) { folder in
            for number in 0...1000 { try scene.write("", to: folder.outputs + "/\(number)") }
        }
        #expect(many.failure?.reason == .quotaExceeded && many.outputs.isEmpty)
    }

    @Test func `Undeclared links and pipes are named in the log, not kept`() async throws {
        let scene = try Scene()
        let collected = try await collect(scene, []) { folder in
            symlink("/etc/passwd", folder.outputs + "/link")
            mkfifo(folder.outputs + "/pipe", 0o600)
        }
        #expect(collected.failure == nil && collected.outputs.isEmpty)
        let log = String(decoding: try await scene.artifacts.read(try #require(collected.logDigest), limit: 1000), as: UTF8.self)
        #expect(log.contains("link (a symbolic link)\n") && log.contains("pipe (a named pipe)\n"))
    }

    @Test func `A bad metrics line fails the run, a link in the file's place too`() async throws {
        let scene = try Scene()
        let bad = try await collect(scene, []) { try scene.write("mape,4.5\nmape,high\n", to: $0.metrics) }
        #expect(bad.failure == .init(reason: .contractViolation, message: "Line 2 of the metrics file has a value that is not a number."))
        let link = try await collect(scene, []) { folder in
            unlink(folder.metrics)
            symlink("/etc/passwd", folder.metrics)
        }
        #expect(link.failure?.message == "The metrics file is a symbolic link, not a regular file.")
        let gone = try await collect(scene, []) { unlink($0.metrics) }
        #expect(gone.failure == nil)
    }

    @Test func `Of a failed process only the log is kept`() async throws {
        let scene = try Scene()
        let collected = try await collect(scene, [output("x", "x.csv")], status: 1) { try scene.write("a\n1\n", to: $0.outputs + "/x.csv") }
        #expect(collected.failure == nil && collected.outputs.isEmpty && collected.logDigest != nil)
    }

    @Test(arguments: ["gone", "link"])
    func `A job that removes its outputs folder breaks the contract, and its log is kept`(what: String) async throws {
        let scene = try Scene()
        let collected = try await collect(scene, []) { folder in
            rmdir(folder.outputs)
            if what == "link" { symlink("/etc", folder.outputs) }
        }
        #expect(collected.failure?.reason == .contractViolation && collected.logDigest != nil)
        #expect(collected.failure?.message.hasPrefix("The outputs folder cannot be read") == true)
    }

    @Test func `A job may remove its working folder`() async throws {
        let scene = try Scene()
        let collected = try await collect(scene, [output("x", "x.csv")]) { folder in
            try scene.write("a\n1\n", to: folder.outputs + "/x.csv")
            try Folders.remove(folder.work)
        }
        #expect(collected.failure == nil && collected.outputs.map(\.rows) == [1])
    }
}
