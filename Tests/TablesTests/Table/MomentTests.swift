// Days and times in the forms in which people write them.
import Testing
import Vocabulary

@testable import Tables

@Suite struct MomentTests {
    private func column(_ cells: String...) throws -> Table.Column {
        try Table.read(Array(("c\n" + cells.map { $0 + "\n" }.joined()).utf8), format: CSVFormat(delimiter: ";", decimal: ".")).columns[0]
    }
    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }
    private func time(_ text: String) throws -> LocalTime { try #require(LocalTime(text)) }

    @Test func `days are read in every common form`() throws {
        #expect(try column("08.03.2026", "31.12.1999", "-").values == .date([day("2026-03-08"), day("1999-12-31"), nil]))
        #expect(try column("8.3.2026", "1.12.1999").values == .date([day("2026-03-08"), day("1999-12-01")]))
        #expect(try column("2026/03/08").values == .date([day("2026-03-08")]))
        #expect(try column("03/08/2026", "12/31/1999").values == .date([day("2026-03-08"), day("1999-12-31")]))
        #expect(try column("03/08/2026", "31/12/1999").values == .date([day("2026-08-03"), day("1999-12-31")]))
        #expect(try column("31-12-1999", "1-2-2026").values == .date([day("1999-12-31"), day("2026-02-01")]))
        #expect(try column("2026Q1", "2026-Q4", "2026 Q2").values == .date([day("2026-01-01"), day("2026-10-01"), day("2026-04-01")]))
    }

    @Test func `times are read in every common form`() throws {
        #expect(try column("8.3.2026 9:05", "08.03.2026 14:05:09").values == .datetime([time("2026-03-08T09:05:00"), time("2026-03-08T14:05:09")]))
        #expect(try column("1/31/2026 12:30 AM", "1/2/2026 2:00 pm").values == .datetime([time("2026-01-31T00:30:00"), time("2026-01-02T14:00:00")]))
        #expect(try column("31/1/2026", "1/2/2026 06:00").values == .datetime([time("2026-01-31T00:00:00"), time("2026-02-01T06:00:00")]))
        #expect(try column("2026-03-08T02:30", "2026-03-08 02:30:00.5+01:00").values == .datetime([time("2026-03-08T02:30:00"), time("2026-03-08T02:30:00")]))
    }

    @Test func `days that may be months stay text, and say why`() throws {
        let unclear = try column("03/08/2026", "12/11/1999")
        #expect(unclear.values == .text(["03/08/2026", "12/11/1999"]))
        #expect(unclear.doubt?.contains("2026-03-08") == true)
        #expect(unclear.aggregate(.last) == .text("12/11/1999"))
        #expect(try column("03/03/2026", "12/12/1999").values == .date([day("2026-03-03"), day("1999-12-12")]))
        #expect(try column("13/01/2026", "01/13/2026").values == .text(["13/01/2026", "01/13/2026"]))
        #expect(try column("13/01/2026", "01/13/2026").doubt == nil)
    }

    @Test(arguments: ["2026-02-30", "30.02.2026", "1.2.26", "2026Q5", "13/13/2026", "2026-03-08 25:00", "1.2-2026", "2026-3", "2026-03-08T02:30 XM", "0.0.0000"])
    func `what is no day is text`(cell: String) throws { #expect(try column(cell, cell).values == .text([cell, cell])) }

    @Test func `forms are not mixed`() throws {
        #expect(try column("2026-03-08", "08.03.2026").values == .text(["2026-03-08", "08.03.2026"]))
        #expect(try column("2026-03", "2026Q1").values == .text(["2026-03", "2026Q1"]))
    }

    @Test func `quarters are shown as quarters`() throws {
        let quarters = try column("2026Q1", "2026Q3")
        #expect(quarters.precision == .quarter)
        #expect(quarters.aggregate(.last).map { quarters.text($0) } == "Q3 2026")
    }

    @Test func `totals do not depend on which reading wins`() throws {
        let american = try column("03/08/2026", "01/31/2026", "05/04/2026")
        #expect(try american.aggregate(.first) == .date(day("2026-03-08")) && american.aggregate(.max) == .date(day("2026-05-04")))
        let european = try column("03/08/2026", "31/01/2026", "05/04/2026")
        #expect(try european.aggregate(.first) == .date(day("2026-08-03")) && european.aggregate(.min) == .date(day("2026-01-31")))
    }
}
