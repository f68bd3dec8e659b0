// Columns, rows and formula cells of whole files.
@testable import Tables
import Testing
import Vocabulary

@Suite struct CSVSummaryTests {
    private func summary(_ text: String, format: CSVFormat = CSVFormat()) throws -> CSVSummary { try CSVSummary.of(Array(text.utf8), format: format) }

    @Test func `columns and data rows are counted, blank lines at the end are not`() throws {
        let summary = try summary("month,n\n1959-01,3\n1959-02,4\n\n")
        #expect(summary.columns == ["month", "n"])
        #expect(summary.rows == 2)
        #expect(summary.firstFormulaCell == nil)
        #expect(try self.summary("only,a,header\n").rows == 0)
    }

    @Test(arguments: ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\"\tx\"", "\"\r=1\"", "\"=HYPERLINK(\"\"x\"\")\"", "-", "-inf", "+1-2", "-1,5"])
    func `a cell that a spreadsheet would run is found`(cell: String) throws {
        let summary = try summary("a;b\nx;1\ny;\(cell)\nz;=2\n", format: CSVFormat(delimiter: ";"))
        #expect(summary.firstFormulaCell == CSVSummary.Place(row: 3, column: 2))
    }

    @Test(arguments: ["-1", "+1.5", "-1e-7", "-.5", "\"-12\"", "a=b", "'=1", "", "-123456789012345678901234.5"])
    func `numbers and other text are no formulas`(cell: String) throws {
        #expect(try summary("a,b\n1,\(cell)\n").firstFormulaCell == nil)
    }

    @Test func `a decimal comma makes a number of −1,5`() throws {
        #expect(try summary("a;b\n1;-1,5\n", format: CSVFormat(delimiter: ";", decimal: ",")).firstFormulaCell == nil)
    }

    @Test func `a header can be a formula too`() throws {
        #expect(try summary("a,=b\n1,2\n").firstFormulaCell == CSVSummary.Place(row: 1, column: 2))
    }

    @Test func `a stream is read in constant memory, chunk by chunk`() throws {
        let line = Array("2026-11-03,\"a, b\",-12.5\n".utf8)
        let chunk = Array((0..<400).map { _ in line }.joined())
        var summariser = try CSVSummariser()
        try summariser.push(Array("day,name,n\n".utf8))
        var most = 0
        for round in 0..<1000 {
            try summariser.push(chunk)
            if round == 100 { most = summariser.stream.held }
            if round > 100 { #expect(summariser.stream.held <= most + most / 4) }
        }
        #expect(most < 4 << 20)
        #expect(try summariser.finish().rows == 1000 * 400)
    }

    @Test func `blank lines without end are counted, not kept`() throws {
        var summariser = try CSVSummariser()
        try summariser.push(Array("a\n".utf8))
        for _ in 0..<40 { try summariser.push([UInt8](repeating: 10, count: 100_000)) }
        #expect(summariser.stream.held < 4 << 20)
        try summariser.push([120, 10])
        #expect(try summariser.finish().rows == 4_000_001)
    }
}
