// The supervisor's log and its refusals.
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(1)))
struct SupervisorTests {
    @Test func `A hundred megabytes keep their beginning and end and say what is missing`() async throws {
        let scene = try Scene()
        let order = try scene.order("echo first; yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | head -c 100000000; echo last")
        let (report, log) = try await scene.run(order)
        #expect(report.isSuccess && report.logTruncated)
        #expect(log.utf8.count < 17 << 20 && log.utf8.count > 16_000_000 && report.logBytes == Int64(log.utf8.count))
        let lines = log.split(separator: "\n")
        #expect(lines.first?.hasSuffix(" o first") == true && lines.last?.hasSuffix(" o last") == true)
        let notes = lines.filter { $0.dropFirst(24).hasPrefix(" - ") }
        #expect(notes.count == 2 && notes.last?.hasSuffix(" lines were left out here") == true)
        // What is kept and what was left out add up to two million lines and the two others.
        let leftOut = notes.last?.split(separator: " ").dropLast(5).last.flatMap { Int($0) } ?? 0
        #expect(lines.count - 2 + leftOut == 2_000_002)
    }

    @Test(arguments: [(0, 1000), (1000, 0), (100, 3000), (1000, 1000)])
    func `Any caps add up`(head: Int64, tail: Int64) async throws {
        let scene = try Scene()
        let (report, log) = try await scene.run(try scene.order("seq 1000", logHead: ByteCount(head), logTail: ByteCount(tail)))
        let lines = log.split(separator: "\n")
        let own = lines.filter { !$0.dropFirst(24).hasPrefix(" - ") }
        #expect(own.count * 28 <= head + tail)
        let leftOut = lines.first { $0.hasSuffix("left out here") }?.split(separator: " ").dropLast(5).last.flatMap { Int($0) } ?? 0
        #expect(own.count + leftOut == 1000 && report.logTruncated == (leftOut > 0))
    }

    @Test func `Bytes are kept as they are and long lines are split`() async throws {
        let scene = try Scene()
        let order = try scene.order("printf 'a\\377\\000b\\n'; head -c 150000 /dev/zero | tr '\\0' x; echo; head -c 65536 /dev/zero | tr '\\0' y; echo; echo z")
        let receipt = try await scene.launcher.launch(order)
        _ = try await scene.report(receipt)
        let lines = try await scene.launcher.log(receipt, from: 0, limit: 1 << 20).split(separator: 10).map { Array($0.dropFirst(27)) }
        #expect(lines[0] == [97, 255, 0, 98])
        #expect(lines[1...].map(\.count) == [65_536, 65_536, 150_000 - 131_072, 65_536, 1])
        #expect(try await scene.launcher.log(receipt, from: 24, limit: 5) == Array(" o a".utf8) + [255])
    }

    @Test func `A log that cannot be written ends the job as storageFailed`() async throws {
        let scene = try Scene()
        let order = try scene.order("yes | head -c 10000000; sleep 60")
        try Descriptor(order.folder.order, O_WRONLY | O_CREAT).write(try orderText(order, tiers: LimitTiers()))
        let small = ["-c", "ulimit -f 200; exec \"$0\" \"$1\"", scene.launcher.supervisor, order.folder.path]
        let started = try await Tool(path: "/bin/sh", arguments: small).run()
        #expect(started.status == 0)
        let receipt = try #require(try await scene.launcher.receipt(ofAttempt: order.attempt))
        let report = try await scene.report(receipt)
        #expect(report.reason == .storageFailed)
        #expect(report.sentence == "Its log could not be written: File too large." || report.sentence?.contains("could not be written") == true)
    }

    @Test(arguments: [
        "", "order=2\0end=\0", "order=1\0argument=/bin/true\0directory=/\0", "order=1\0argument=/bin/true\0directory=/\0end=",
        "order=1\0argument=true\0directory=/\0end=\0", "order=1\0argument=/bin/true\0end=\0", "order=1\0wish=1\0argument=/bin/true\0directory=/\0end=\0",
        "order=1\0argument=/bin/true\0directory=/\0timeLimit=soon\0end=\0", "order=1\0argument=/bin/true\0directory=/\0environment=X\0end=\0",
        "order=1\0argument=/bin/true\0directory=/\0end=\0grace=1\0",
        "order=1\0argument=/bin/true\0directory=/\0sampled=memory\0end=\0", "order=1\0argument=/bin/true\0directory=/\0setting=a=1\0end=\0",
        "order=1\0argument=/bin/true\0directory=/\0group=here\0end=\0", "order=1\0argument=/bin/true\0directory=/\0group=/a\0setting=../a=1\0end=\0",
        "order=1\0argument=/bin/true\0directory=/\0processLimit=-1\0end=\0",
    ])
    func `A malformed order is refused with status 64`(text: String) async throws {
        let scene = try Scene()
        try scene.write(text, to: scene.path + "/order")
        let outcome = try await Tool(path: scene.launcher.supervisor, arguments: [scene.path]).run()
        #expect(outcome.status == 64 && outcome.output.contains("order"), "\(outcome.output)")
        #expect(access(scene.path + "/receipt.json", F_OK) != 0)
    }

    @Test func `A folder is used for one attempt only`() async throws {
        let scene = try Scene()
        let order = try scene.order("exec sleep 60")
        let receipt = try await scene.launcher.launch(order)
        let second = try await Tool(path: scene.launcher.supervisor, arguments: [order.folder.path]).run()
        #expect(second.status == 75 && second.output.contains("cannot lock"))
        try await scene.launcher.cancel(receipt)
        _ = try await scene.report(receipt)
        let third = try await Tool(path: scene.launcher.supervisor, arguments: [order.folder.path]).run()
        #expect(third.status == 73 && third.output.contains("holds an attempt already"))
        let missing = try await Tool(path: scene.launcher.supervisor, arguments: [scene.path + "/nothing"]).run()
        #expect(missing.status == 64)
    }
}
