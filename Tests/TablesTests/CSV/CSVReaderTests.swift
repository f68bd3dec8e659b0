// CSV rows: what is read, and what is refused with its place.
@testable import Tables
import Testing
import Vocabulary

/// Every row of a text, read in chunks of `size` bytes; the first row is the header.
func rows(_ text: String, chunk size: Int = 1 << 20, format: CSVFormat = CSVFormat()) throws -> [[String]] {
    try rows(Array(text.utf8), chunk: size, format: format)
}

func rows(_ bytes: [UInt8], chunk size: Int = 1 << 20, format: CSVFormat = CSVFormat()) throws -> [[String]] {
    var reader = try CSVReader(format: format)
    var rows: [[String]] = []
    var index = 0
    while index < bytes.count {
        let end = min(bytes.count, index + size)
        try reader.push(Array(bytes[index..<end])) { row in rows.append((0..<row.count).map { row[$0] }) }
        index = end
    }
    try reader.finish { row in rows.append((0..<row.count).map { row[$0] }) }
    return [reader.columns ?? []] + rows
}

func failure(_ text: String, chunk: Int = 1 << 20, format: CSVFormat = CSVFormat()) -> TableError? {
    failure(Array(text.utf8), chunk: chunk, format: format)
}

func failure(_ bytes: [UInt8], chunk: Int = 1 << 20, format: CSVFormat = CSVFormat()) -> TableError? {
    do { _ = try rows(bytes, chunk: chunk, format: format) } catch { return error as? TableError }
    return nil
}

@Suite struct CSVReaderTests {
    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,", [["a", "b"], ["1", ""]]),
        ("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", [["a", "b"], ["x, y", "say \"hi\""]]),
        ("a,b\n\"two\nlines\",\"cr\r\nlf\"\n", [["a", "b"], ["two\nlines", "cr\r\nlf"]]),
        ("\u{FEFF}\"a\",b\n\"\",ü\n", [["a", "b"], ["", "ü"]]),
        ("a,b\n1,2\n\n\r\n\n", [["a", "b"], ["1", "2"]]),
        ("a\n1\n\n2\n\n", [["a"], ["1"], [""], ["2"]]),
        ("a,b\n5\" pipe,x\n", [["a", "b"], ["5\" pipe", "x"]]),
        ("a,b", [["a", "b"]]),
        ("a,b\r1,\"x\ry\"\r3,4", [["a", "b"], ["1", "x\ry"], ["3", "4"]]),
        ("a,b\n\"\",\"\"\"\"\n", [["a", "b"], ["", "\""]]),
    ])
    func `rows are the same however the bytes are cut`(text: String, expected: [[String]]) throws {
        for size in [1, 2, 3, 5, 7, 1000] { #expect(try rows(text, chunk: size) == expected, "chunks of \(size)") }
    }

    @Test func `semicolons and tabs divide cells when the format says so`() throws {
        #expect(try rows("a;b\n1,5;2\n", format: CSVFormat(delimiter: ";", decimal: ",")) == [["a", "b"], ["1,5", "2"]])
        #expect(try rows("a\tb\n1\t2\n", format: CSVFormat(delimiter: "\t")) == [["a", "b"], ["1", "2"]])
    }

    @Test(arguments: [
        ("", TableError.Code.noHeader, nil, nil),
        ("\u{FEFF}", .noHeader, nil, nil),
        ("a,b\n1,2\n3\n", .raggedRow, 3, nil),
        ("a,b\n1,2,3\n", .raggedRow, 2, nil),
        ("a,b\n\n1,2\n", .raggedRow, 2, nil),
        ("a,b\n1,\"open\n2,3\n", .unclosedQuote, 2, 2),
        ("a,b\n1,\"x\"y\n", .misplacedQuote, 2, 2),
        ("a,b\n1,x\u{0}y\n", .nulByte, 2, 2),
        ("a,b\n1,\"x\u{0}y\"\n", .nulByte, 2, 2),
        ("a,b\n1,2\r3,4\n", .loneReturn, 2, 2),
        ("a,,c\n1,2,3\n", .emptyName, 1, 2),
        ("a, ,c\n1,2,3\n", .emptyName, 1, 2),
        ("a,b,a\n1,2,3\n", .duplicateName, 1, 3),
    ] as [(String, TableError.Code, Int64?, Int?)])
    func `what is wrong is said with its row and column`(text: String, code: TableError.Code, row: Int64?, column: Int?) throws {
        for size in [1, 4, 1000] {
            let error = try #require(failure(text, chunk: size))
            #expect(error.code == code)
            #expect(error.row == row)
            #expect(error.column == column)
            #expect(!error.detail.isEmpty && !error.detail.hasSuffix("."))
        }
    }

    @Test(arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func `bytes that are not UTF-8 are refused with their place`(bad: [UInt8]) throws {
        for size in [1, 1000] {
            for (before, after) in [("ö,", "\n"), ("o,\"x", "\"\n")] {
                let error = try #require(failure(Array("a,b\nä,1\n\(before)".utf8) + bad + Array(after.utf8), chunk: size))
                #expect(error.code == .invalidUTF8)
                #expect(error.row == 3)
                #expect(error.column == 2)
            }
        }
    }

    @Test func `a row longer than 1 MiB is refused, also when it never ends`() {
        let long = [UInt8](repeating: 120, count: 1 << 20)
        #expect(failure(Array("a\n".utf8) + long + [10]) == nil)
        #expect(failure(Array("a\n".utf8) + long + [120, 10])?.code == .rowTooLong)
        #expect(failure(Array("a\n\"".utf8) + long + long, chunk: 65_536)?.code == .rowTooLong)
    }

    @Test(arguments: ["", ",,", "\"", "\n", "é", "\r"]) func `a delimiter is one printable ASCII character`(delimiter: String) {
        #expect(failure("a\n", format: CSVFormat(delimiter: delimiter))?.code == .badFormat)
        #expect(failure("a\n", format: CSVFormat(decimal: ";"))?.code == .badFormat)
    }

    @Test func `random bytes give rows or an error, and the same for every cut`() {
        var seed: UInt64 = 42
        let alphabet: [UInt8] = [97, 44, 34, 10, 13, 34, 44, 10, 0xC3, 0xA4, 48, 0]
        for _ in 0..<3000 {
            let bytes = (0..<24).map { _ in
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return alphabet[Int((seed >> 33) % (seed >> 60 == 0 ? 12 : 11))]
            }
            let whole = try? rows(bytes)
            #expect(whole == (try? rows(bytes, chunk: 1)))
            #expect(whole == (try? rows(bytes, chunk: 5)))
            #expect(failure(bytes) == failure(bytes, chunk: 3))
        }
    }
}
