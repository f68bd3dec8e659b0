// How a file is written, found from the file.
import Testing
import Vocabulary

@testable import Tables

@Suite struct CSVDialectTests {
    private func summary(_ bytes: [UInt8], format: CSVFormat = CSVFormat()) throws -> CSVSummary { try CSVSummary.of(bytes, format: format) }
    private func table(_ text: String, format: CSVFormat = CSVFormat()) throws -> Table { try Table.read(Array(text.utf8), format: format) }

    @Test(arguments: [
        ("a,b\n1,2\n", "commas between columns, UTF-8", 2),
        ("a;b\n1,5;2\n", "semicolons between columns, decimal commas, UTF-8", 2),
        ("a;b\n1.5;2\n", "semicolons between columns, decimal points, UTF-8", 2),
        ("a\tb\n1,5\tx\n", "tabs between columns, decimal commas, UTF-8", 2),
        ("a|b|c\n1|2.5|x, y\n", "vertical bars between columns, decimal points, UTF-8", 3),
        ("Tag;Wert, in Mio\n2026-01;1,5\n2026-02;2,5\n", "semicolons between columns, decimal commas, UTF-8", 2),
        ("name,note\n\"x;y\",a;b\nz,c;d\n", "commas between columns, UTF-8", 2),
        ("\"a;x\";b;c\n\"1;2\n3\";2;3\n", "semicolons between columns, UTF-8", 3),
        ("n\n1.234.567\n12\n", "commas between columns, decimal commas, UTF-8", 1),
        ("a,b\r1,2\r3,4\r", "commas between columns, UTF-8, lines that end with a carriage return", 2),
        ("value\n1\n2\n", "commas between columns, UTF-8", 1),
    ])
    func `is found and said`(text: String, words: String, width: Int) throws {
        for end in ["\n", "\r\n"] {
            let found = try summary(Array(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end).utf8))
            #expect("\(found.dialect)" == words)
            #expect(found.columns.count == width)
        }
    }

    @Test func `what is declared is not looked for`() throws {
        let text = "a,b;c\n1,5;2\n"
        let declared = try summary(Array(text.utf8), format: CSVFormat(delimiter: ";", decimal: ","))
        #expect("\(declared.dialect)" == "semicolons between columns (declared), decimal commas (declared), UTF-8")
        #expect(declared.columns == ["a,b", "c"])
        #expect(try table("a;b\n1.234;2\n", format: CSVFormat(decimal: ",")).columns[0].values == .integer([1234]))
        #expect(try table("a;b\n1.234;2\n", format: CSVFormat(decimal: ".")).columns[0].values == .number([1.234]))
    }

    @Test func `plain files are plain, and others are not`() throws {
        #expect(try summary(Array("a,b\n1.5,2\n".utf8)).dialect.isPlain)
        #expect(try summary([0xEF, 0xBB, 0xBF] + Array("a,b\n1.5,2\n".utf8)).dialect.isPlain)
        #expect(try !summary(Array("a;b\n1;2\n".utf8)).dialect.isPlain)
    }

    @Test func `Latin-1 and Windows-1252 are told from UTF-8 however the bytes are cut`() throws {
        let latin = Array("name;n\nZ".utf8) + [0xFC] + Array("rich;1\nM".utf8) + [0xE4, 0xDF] + Array(";2\n".utf8)
        let windows = latin + [0x80, 0x3B, 0x33, 0x0A]
        for size in [1, 2, 3, 5, 1000] {
            #expect(try rows(latin, chunk: size) == [["name", "n"], ["Zürich", "1"], ["Mäß", "2"]])
            #expect(try rows(windows, chunk: size).last == ["€", "3"])
        }
        #expect(try summary(latin).dialect.encoding == .latin1)
        #expect(try summary(windows).dialect.encoding == .windows1252)
        #expect(try summary(Array("a\nZürich\n".utf8)).dialect.encoding == .utf8)
        #expect(try summary([0x61, 0x0A, 0xFC]).dialect.encoding == .latin1)
        #expect(try rows([0x61, 0x0A, 0x81, 0x9D, 0xFF]) == [["a"], ["\u{81}\u{9D}ÿ"]])
    }

    @Test func `a file with a mark is UTF-8, and is refused where it is not`() throws {
        let error = try #require(failure([0xEF, 0xBB, 0xBF] + Array("a,b\n1,2\n3,x".utf8) + [0xFC, 0x0A]))
        #expect(error.code == .invalidUTF8 && error.row == 3 && error.column == 2)
        #expect(error.detail.contains("UTF-8"))
    }

    @Test func `the encoding may show after gigabytes of ASCII`() throws {
        var summariser = try CSVSummariser()
        try summariser.push(Array("a,b\n".utf8))
        let chunk = [UInt8](("1,x\n" as StaticString).description.utf8)
        for _ in 0..<200_000 { try summariser.push(chunk) }
        try summariser.push([0x32, 0x2C, 0xE9, 0x0A])
        let summary = try summariser.finish()
        #expect(summary.dialect.encoding == .latin1 && summary.rows == 200_001)
    }

    @Test func `thousands are read where they cannot be decimals`() throws {
        #expect(try table("a;b\n1.234,5;x\n12,25;y\n").columns[0].values == .number([1234.5, 12.25]))
        #expect(try table("a,b\n\"1,234\",x\n\"1,234,567\",y\n").columns[0].values == .integer([1234, 1_234_567]))
        #expect(try table("a,b\n\"1,234.5\",x\n999,y\n").columns[0].values == .number([1234.5, 999]))
        #expect(try table("a;b\n1 234,5;x\n").columns[0].values == .number([1234.5]))
        #expect(try table("a;b\n1\u{A0}234,5;x\n1\u{202F}234\u{202F}567;y\n").columns[0].values == .number([1234.5, 1_234_567]))
        #expect(try table("a,b\n1'234.5,x\n").columns[0].values == .number([1234.5]))
        #expect(try table("a;b\n1,234;x\n").columns[0].values == .number([1.234]))
        #expect(try table("a,b\n110 001,x\n").columns[0].values == .text(["110 001"]))
        #expect(try table("a,b\n\"12,34\",x\n1,y\n").columns[0].values == .number([12.34, 1]))
        #expect(try table("a,b\n\"1,2345,678\",x\n").columns[0].values == .text(["1,2345,678"]))
        #expect(try table("a,b\n\"0,123,456\",x\n").columns[0].values == .text(["0,123,456"]))
    }

    @Test func `a sign that may be either stays text`() throws {
        let table = try table("a\tb\n1,234\tx\n5,678\ty\n")
        #expect(table.columns[0].values == .text(["1,234", "5,678"]))
        #expect(table.dialect?.hasClearThousands == false)
        #expect(try self.table("a\tb\n1,234\tx\n5,6\ty\n").columns[0].values == .number([1.234, 5.6]))
    }
}
