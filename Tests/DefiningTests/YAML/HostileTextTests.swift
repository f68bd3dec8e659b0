// Texts that nobody writes by hand: mutations of a good job, and what is made to hurt.
import Defining
import Testing
import Vocabulary

@Suite struct `hostile texts` {
    private func read(_ bytes: [UInt8], _ scratch: Scratch, _ reader: WorkspaceReader) throws -> [Diagnostic] {
        try scratch.write("work/Jobs/airline/job.yaml", bytes)
        return reader.read(job: "airline").diagnostics
    }

    @Test func `mutations of a good job never crash, and every error but the file's own has a line`() throws {
        let scratch = try Scratch()
        let reader = WorkspaceReader(workspace: scratch.path + "/work", zoneInfo: try scratch.zones())
        try scratch.write("work/Jobs/airline/forecast.R", "1\n")
        let good = Array(`good jobs`.whole.utf8)
        let pieces = ["*a", "&a", "!!str", "\t", "\n", "[", "{", "}", "]", ": ", "- ", "\"", "'", "|", ">", "#", "---\n", "? ", "\u{0}", "\u{2028}", "é", "%"]
        var generator = Xorshift(seed: 42)
        var broken = 0
        for _ in 0..<300 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let at = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: bytes.remove(at: at)
                case 1: bytes[at] = UInt8.random(in: 0...255, using: &generator)
                case 2: bytes.insert(contentsOf: pieces.randomElement(using: &generator).map { Array($0.utf8) } ?? [], at: at)
                case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...60, using: &generator)))
                default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 40)], at: Int.random(in: 0...at, using: &generator))
                }
                if bytes.isEmpty { bytes = [10] }
            }
            let told = try read(bytes, scratch, reader)
            if told.contains(where: { $0.severity == .error }) { broken += 1 }
            for diagnostic in told where diagnostic.file.hasSuffix("job.yaml") {
                #expect(diagnostic.line != nil || diagnostic.message == "the file is empty", "\(diagnostic)")
                #expect((diagnostic.line ?? 1) >= 1 && (diagnostic.column ?? 1) >= 1)
                #expect(!diagnostic.description.contains("\n"))
            }
        }
        #expect(broken > 100)
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 50_000), String(repeating: "- ", count: 100_000),
        String(repeating: "? ", count: 100_000), String(repeating: "a: ", count: 80_000), String(repeating: "\"", count: 99_999),
        (0..<400).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), String(repeating: "x", count: 300_000), String(repeating: "- - ", count: 90) + "a",
    ])
    func `deep and huge texts are refused quickly`(text: String) throws {
        let scratch = try Scratch()
        let reader = WorkspaceReader(workspace: scratch.path + "/work")
        let clock = ContinuousClock()
        let start = clock.now
        let told = try read(Array(text.utf8), scratch, reader)
        #expect(told.contains { $0.severity == .error })
        #expect(clock.now - start < .seconds(5))
    }

    @Test func `a few aliases that stand for too much are refused before they are followed`() throws {
        let scratch = try Scratch()
        var text = "a0: &a0 [x, x]\n"
        for level in 1..<40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        text += "? *a39\n: 1\n"
        let told = try read(Array(text.utf8), scratch, WorkspaceReader(workspace: scratch.path + "/work"))
        #expect(told.count { $0.message.contains("refused") } == 20)
    }

    @Test func `half a megabyte of braces and dollars is scanned in linear time`() {
        for unit in ["{{", "`a``", "$a ", "$$$", "{{a}}"] {
            let clock = ContinuousClock()
            let start = clock.now
            _ = DottedText.pieces(String(repeating: unit, count: 100_000))
            #expect(clock.now - start < .seconds(10))
        }
    }
}

/// A generator that gives the same numbers each time (Marsaglia, xorshift64).
struct Xorshift: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
