// Typed columns and what one value says about them.
@testable import Tables
import Testing
import Vocabulary

@Suite struct TableTests {
    private func column(_ cells: String..., decimal: String = ".") throws -> Table.Values {
        let text = "c\n" + cells.map { $0 + "\n" }.joined()
        return try Table.read(Array(text.utf8), format: CSVFormat(delimiter: ";", decimal: decimal)).columns[0].values
    }
    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }
    private func time(_ text: String) throws -> LocalTime { try #require(LocalTime(text)) }

    @Test func `each column gets the narrowest type that fits all its cells`() throws {
        #expect(try column("1", "-20", "+3") == .integer([1, -20, 3]))
        #expect(try column("1", "2.5", "-1e3") == .number([1, 2.5, -1000]))
        #expect(try column("true", "FALSE") == .boolean([true, false]))
        #expect(try column("2026-11-03", "1959-03-01") == .date([day("2026-11-03"), day("1959-03-01")]))
        #expect(try column("1959-03", "1959-04") == .date([day("1959-03-01"), day("1959-04-01")]))
        #expect(try column("2026-11-03", "2026-11-03 14:05") == .datetime([time("2026-11-03T00:00:00"), time("2026-11-03T14:05:00")]))
        #expect(try column("2026-11-03T14:05:09.25Z", "2026-11-03T14:05:09+01:00") == .datetime([time("2026-11-03T14:05:09"), time("2026-11-03T14:05:09")]))
        #expect(try column("1", "x") == .text(["1", "x"]))
    }

    @Test func `codes that look like numbers or days stay text`() throws {
        #expect(try column("007", "010") == .text(["007", "010"]))
        #expect(try column("2026-02-30") == .text(["2026-02-30"]))
        #expect(try column("1.2.3") == .text(["1.2.3"]))
        #expect(try column("1e") == .text(["1e"]))
        #expect(try column("2026-11-03 14:05 h") == .text(["2026-11-03 14:05 h"]))
    }

    @Test func `nothing, NA and NaN are missing in every type`() throws {
        #expect(try column("1", "NA", "3") == .integer([1, nil, 3]))
        #expect(try column("1.5", "NaN", "\"\"", "nan", "inf", "-Inf") == .number([1.5, nil, nil, nil, nil, nil]))
        #expect(try column("2026-11-03", "NA") == .date([day("2026-11-03"), nil]))
        #expect(try column("NA", "NA") == .text([nil, nil]))
        #expect(try column("NA", "\"NA\"", "x") == .text([nil, "NA", "x"]))
        #expect(try column("1", "\"NA\"") == .integer([1, nil]))
    }

    @Test func `whole numbers beyond 64 bits are numbers`() throws {
        #expect(try column("9223372036854775807", "-9223372036854775808") == .integer([.max, .min]))
        #expect(try column("9223372036854775808") == .number([9223372036854775808]))
        #expect(try column("0.1", "3.141592653589793238", "1e300", "123456789.123456789") == .number([0.1, 3.141592653589793, 1e300, 123456789.123456789]))
    }

    @Test func `a decimal comma is read`() throws {
        #expect(try column("1,5", "-2,25", decimal: ",") == .number([1.5, -2.25]))
        #expect(try column("1.5", decimal: ",") == .text(["1.5"]))
    }

    @Test func `a row limit keeps the first rows, counts all and types by all`() throws {
        let table = try Table.read(Array("a,b\n1,x\n2,y\n3.5,z\n".utf8), limitRows: 2)
        #expect(table.rows == 2)
        #expect(table.totalRows == 3)
        #expect(table["a"]?.values == .number([1, 2]))
        #expect(table["none"] == nil)
        #expect(try Table.read(Array("a,b\n".utf8)).columns.map(\.name) == ["a", "b"])
    }

    @Test func `aggregates leave missing cells out`() throws {
        let table = try Table.read(Array("n,x,d,t\n1,0.5,2026-11-03,b\nNA,NA,NA,NA\n4,1.5,2026-01-01,a\n".utf8))
        func value(_ name: String, _ aggregate: Aggregate) -> Cell? { table[name]?.aggregate(aggregate) }
        #expect(value("n", .first) == .integer(1) && value("n", .last) == .integer(4))
        #expect(value("n", .sum) == .integer(5) && value("n", .mean) == .number(2.5))
        #expect(value("x", .min) == .number(0.5) && value("x", .max) == .number(1.5) && value("x", .sum) == .number(2))
        #expect(value("d", .min) == .date(try day("2026-01-01")) && value("d", .sum) == nil)
        #expect(value("t", .first) == .text("b") && value("t", .max) == .text("b") && value("t", .mean) == nil)
        #expect(Table.Column(name: "e", values: .number([nil])).aggregate(.mean) == nil)
        #expect(Table.Column(name: "e", values: .integer([.max, 1])).aggregate(.sum) == .number(9223372036854775808))
        #expect(Table.Column(name: "e", values: .number([1e16, 1, -1e16])).aggregate(.sum) == .number(1))
    }

    @Test func `texts are ordered by their own bytes, not by what follows them`() throws {
        let table = try Table.read(Array("t|n\nab|1\na|2\n\"zz\"|3\nz|4\nlonger than eight b|5\nlonger than eight a|6\n".utf8))
        #expect(table["t"]?.aggregate(.min) == .text("a") && table["t"]?.aggregate(.max) == .text("zz"))
        let long = try Table.read(Array("t|n\nlonger than eight b|5\nlonger than eight a|6\nlonger than eight|7\n".utf8))
        #expect(long["t"]?.aggregate(.min) == .text("longer than eight") && long["t"]?.aggregate(.max) == .text("longer than eight b"))
    }

    @Test func `totals cover the rows that are not kept, in every type`() throws {
        let rows = (1...1000).map { "\($0),\(Double($0) / 4),2026-\($0 % 2 == 0 ? "11" : "03")-\(10 + $0 / 50),\($0 == 700 ? "aa" : "b\($0)"),\($0 == 1000 ? "7" : "x")" }
        let table = try Table.read(Array(("n,x,d,t,m\n" + rows.joined(separator: "\n")).utf8), limitRows: 3)
        func value(_ name: String, _ aggregate: Aggregate) -> Cell? { table[name]?.aggregate(aggregate) }
        #expect(table.rows == 3 && table.totalRows == 1000)
        #expect(value("n", .sum) == .integer(500_500) && value("n", .max) == .integer(1000) && value("n", .last) == .integer(1000))
        #expect(value("x", .mean) == .number(125.125) && value("x", .last) == .number(250) && value("x", .min) == .number(0.25))
        #expect(try value("d", .min) == .date(day("2026-03-10")) && value("d", .max) == .date(day("2026-11-30")))
        #expect(value("t", .min) == .text("aa") && value("t", .last) == .text("b1000"))
        #expect(value("m", .last) == .text("7") && value("m", .max) == .text("x"))
    }

    @Test func `a column that changes its type on the way has the totals of the last one`() throws {
        let table = try Table.read(Array("a,b\n1,2026-01\n9223372036854775807,2026-02-03\n2.5,2026-03-01 06:00\n".utf8), limitRows: 1)
        #expect(table["a"]?.aggregate(.min) == .number(1) && table["a"]?.aggregate(.last) == .number(2.5))
        #expect(table["b"]?.values == .text(["2026-01"]) && table["b"]?.aggregate(.max) == .text("2026-03-01 06:00"))
    }

    @Test func `numbers are shown with the decimals of the file`() throws {
        let table = try Table.read(Array("""
            level,whole,dump,tiny,power,money
            579.96,1,0.3333333333333333,0.000012,1e-3,1234.5
            579.00,2,450.2371,0.000004,2.5e-3,-7.25
            NA,4,1,0,1.5e1,
            """.utf8))
        func text(_ name: String, _ aggregate: Aggregate) throws -> String? {
            let column = try #require(table[name])
            return column.aggregate(aggregate).map { column.text($0, of: aggregate) }
        }
        #expect(try text("level", .max) == "579.96")
        #expect(try text("level", .last) == "579.00")
        #expect(try text("level", .mean) == "579.480")
        #expect(try text("whole", .last) == "4")
        #expect(try text("whole", .mean) == "2.3")
        #expect(try text("dump", .last) == "1.0000")
        #expect(try text("dump", .mean) == "150.5235")
        #expect(try text("tiny", .first) == "0.000012")
        #expect(try text("tiny", .min) == "0.000000")
        #expect(try text("power", .min) == "0.0010")
        #expect(try text("money", .first) == "1,234.50")
        #expect(Table.Column(name: "hand", values: .number([1.25, 3])).text(.number(3)) == "3.00")
    }

    @Test func `a file that says months is shown in months`() throws {
        let table = try Table.read(Array("month,day,mixed\n1961-01,1961-01-01,1961-01\n1961-02,1961-02-01,1961-02-01\n".utf8))
        func text(_ name: String) -> String? { table[name].flatMap { column in column.aggregate(.first).map { column.text($0) } } }
        #expect(text("month") == "January 1961")
        #expect(text("day") == "1 January 1961")
        #expect(text("mixed") == "1 January 1961")
    }

    @Test func `an expectation accepts what can be read as it`() {
        #expect(Table.Column(name: "a", values: .integer([1])).fits(.number))
        #expect(!Table.Column(name: "a", values: .number([1])).fits(.integer))
        #expect(!Table.Column(name: "a", values: .text(["x"])).fits(.date))
        #expect(Table.Column(name: "a", values: .text([nil])).fits(.date))
        #expect(Table.Column(name: "a", values: .boolean([true])).fits(.string))
    }
}
