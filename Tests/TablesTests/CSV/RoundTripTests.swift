// Files of every dialect, written from known values and read again, and files of random bytes.
import FoundationEssentials
import Glibc
import Testing
import Vocabulary

@testable import Tables

/// Random numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

@Suite struct RoundTripTests {
    /// A table of one text, one number, one whole number and one day, and how it is written.
    private struct Case {
        var texts: [String] = []
        var numbers: [Double] = []
        var wholes: [Int64?] = []
        var days: [LocalDate] = []

        init(_ dice: inout Dice) {
            let words = ["North", "Köln, Süd", "a;b", "tab\there", "say \"hi\"", "two\nlines", "x|y", "plain", "=1+1", "naïve ÿ"]
            for row in 0..<Int.random(in: 2...40, using: &dice) {
                texts.append(words.randomElement(using: &dice) ?? "")
                // The first has decimals of its own, so that the file shows its sign.
                numbers.append(row == 0 ? 0.5 : Double(Int.random(in: -9_999_999...9_999_999, using: &dice)) / 100)
                wholes.append(Bool.random(using: &dice) ? nil : Int64.random(in: -5000...5000, using: &dice))
                days.append(LocalDate(daysSinceEpoch: Int.random(in: 0...20_000, using: &dice)))
            }
        }

        func bytes(_ delimiter: String, decimal: String, end: String, mark: Bool, latin: Bool, dotted: Bool) -> [UInt8] {
            var text = ["text", "number", "whole", "day"].joined(separator: delimiter) + end
            for row in texts.indices {
                let quoted = "\"" + texts[row].split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
                let number = "\(numbers[row])".split(separator: ".").joined(separator: decimal)
                let day = days[row]
                let date = dotted ? "\(day.day).\(day.month).\(day.year)" : "\(day)"
                let cells = [quoted, decimal == delimiter ? "\"\(number)\"" : number, wholes[row].map { "\($0)" } ?? "NA", date]
                text += cells.joined(separator: delimiter) + end
            }
            let content = latin ? text.unicodeScalars.map { UInt8($0.value) } : Array(text.utf8)
            return (mark ? [0xEF, 0xBB, 0xBF] : []) + content
        }
    }

    @Test func `what is written in any dialect is read as it was`() throws {
        var dice = Dice(state: 4)
        for round in 0..<400 {
            let written = Case(&dice)
            let delimiter = [",", ";", "\t", "|"][round % 4]
            let decimal = [".", ","][round / 4 % 2]
            let latin = round / 8 % 2 == 1
            let bytes = written.bytes(
                delimiter, decimal: decimal, end: ["\n", "\r\n", "\r"][round % 3 == 2 && written.texts.contains("two\nlines") ? 0 : round % 3],
                mark: !latin && round % 5 == 0, latin: latin, dotted: round % 7 < 3)
            var reader = try TableReader()
            for start in stride(from: 0, to: bytes.count, by: 11) { try reader.push(Array(bytes[start..<min(bytes.count, start + 11)])) }
            let table = try reader.finish()
            #expect(table.columns.map(\.name) == ["text", "number", "whole", "day"], "round \(round)")
            guard table.columns.count == 4 else { continue }
            #expect(table.columns[0].values == .text(written.texts), "round \(round)")
            #expect(table.columns[1].values == .number(written.numbers), "round \(round)")
            if written.wholes.contains(where: { $0 != nil }) { #expect(table.columns[2].values == .integer(written.wholes), "round \(round)") }
            #expect(table.columns[3].values == .date(written.days), "round \(round)")
        }
    }

    @Test func `random bytes end with rows or with a place`() {
        var dice = Dice(state: 9)
        let likely = Array(",;\t|\"\r\n\r\n0123456789.-/QTZ:eé ".utf8) + [0, 0xFC, 0xC3]
        for round in 0..<4000 {
            let bytes = (0..<Int.random(in: 0...80, using: &dice)).map { _ in
                round % 3 == 0 ? UInt8.random(in: 0...255, using: &dice) : likely.randomElement(using: &dice) ?? 0
            }
            do {
                let table = try Table.read(bytes)
                #expect(table.columns.allSatisfy { $0.count == table.rows })
                #expect(try CSVSummary.of(bytes).rows == table.totalRows)
            } catch {
                #expect(error.code == .noHeader || error.row ?? 0 > 0)
                #expect(failure(bytes, chunk: 1) == error)
            }
        }
    }

    @Test func `numbers are rounded as the standard library rounds them`() {
        var dice = Dice(state: 1)
        func read(_ text: String) -> Double? { Array(text.utf8).withUnsafeBufferPointer { NumberParsing.number($0, .points)?.value } }
        for round in 0..<60_000 {
            var text = "\(Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &dice)))"
            if round % 2 == 0 { text = "\(Double.random(in: -1...1, using: &dice))" }
            if round % 5 == 0 { text = "\(UInt64.random(in: 0...UInt64.max, using: &dice))e\(Int.random(in: -60...60, using: &dice))" }
            if round % 7 == 0 { text = "\(Int.random(in: 1...999_999_999, using: &dice)).\(UInt64.random(in: 0...UInt64.max, using: &dice))" }
            guard let value = Double(text), value.isFinite else { continue }
            #expect(read(text) == value, "\(text)")
        }
        // Half way between two doubles.
        for text in ["9007199254740993", "9007199254740995", "4503599627370496.5", "4503599627370497.5", "1152921504606847104", "6.5e1", "0.000"] {
            #expect(read(text) == Double(text), "\(text)")
        }
    }

    @Test func `rows are those that Python reads`() throws {
        let python = "/usr/bin/python3"
        guard access(python, X_OK) == 0 else { return }
        let folder = FileManager.default.temporaryDirectory.appending(path: "almanac-csv-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Python writes random tables with random quotation; each file begins with the digest of its cells.
        let script = """
            import csv, io, random, sys, os
            random.seed(11)
            for n in range(200):
                d = random.choice(',;\\t|')
                width = random.randint(2, 6)
                cell = lambda: ''.join(random.choice(['a', 'b', d, '"', '\\n', ' ', 'ü', '1', "'"]) for _ in range(random.randint(0, 5)))
                rows = [['c%d' % i for i in range(width)]] + [[cell() + 'x' for _ in range(width)] for _ in range(random.randint(1, 30))]
                out = io.StringIO()
                csv.writer(out, delimiter=d, quoting=random.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), lineterminator=random.choice(['\\n', '\\r\\n'])).writerows(rows)
                open('%s/%d.csv' % (sys.argv[1], n), 'w', newline='', encoding='utf-8').write(out.getvalue())
                again = list(csv.reader(io.StringIO(out.getvalue(), newline=''), delimiter=d))
                open('%s/%d.cells' % (sys.argv[1], n), 'w', newline='', encoding='utf-8').write('\\x1e'.join('\\x1f'.join(r) for r in again))
            """
        var process: pid_t = 0
        let words: [String] = [python, "-c", script, folder.path()]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        #expect(posix_spawn(&process, python, nil, nil, &arguments, environ) == 0)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        try #require(status == 0)
        for number in 0..<200 {
            let bytes = try Array(Data(contentsOf: folder.appending(path: "\(number).csv")))
            let cells = try String(decoding: Data(contentsOf: folder.appending(path: "\(number).cells")), as: UTF8.self)
            let expected = cells.unicodeScalars.split(separator: "\u{1E}", omittingEmptySubsequences: false).map { row in
                row.split(separator: "\u{1F}", omittingEmptySubsequences: false).map { String($0) }
            }
            #expect(try rows(bytes, chunk: 7) == expected, "file \(number)")
        }
    }
}
