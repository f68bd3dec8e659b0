// Charts as sentences and tables.
@testable import Charts
import Testing
import Vocabulary

@Suite struct WordsTests {
    @Test func `the sentence names range, ends, lowest and highest`() {
        #expect(SampleCharts.monthlyBars.textAlternative == """
            Bar chart, Passengers: from January 1958 to December 1960; from 340\u{A0}thousand to 432\u{A0}thousand, lowest 310\u{A0}thousand (November 1958), \
            highest 622\u{A0}thousand (July 1960).
            """)
        #expect(SampleCharts.longNames.textAlternative.hasPrefix("Bar chart, Passengers by airline: 7 categories; lowest 20,536 (US Airways Inc.), highest 58,665 (United"))
        #expect(SampleCharts.one.textAlternative == "Line chart, One point: 3 November 2026; 42.5 at 3 November 2026.")
        #expect(SampleCharts.none.textAlternative == "Bar chart, Nothing yet: no data.")
        #expect(SampleCharts.many.textAlternative.hasSuffix("; and 4 more series."))
        #expect(SampleCharts.three.textAlternative.contains("Newark from 20% to 27%, lowest 20% (29 October 2026)"))
    }

    @Test func `the table has a column for each series and for the edges of its band`() {
        let table = SampleCharts.forecast.dataTable()
        #expect(table.header == ["Month", "Actual", "Expected", "Expected, low", "Expected, high"])
        #expect(table.rows.count == 48)
        #expect(table.rows[0] == ["January 1958", "340", "", "", ""])
        #expect(table.rows[47] == ["December 1961", "", "477", "417", "537"])
        #expect(SampleCharts.single.dataTable(limit: 2).rows.map { $0[0] } == ["1875", "1876"])
    }

    @Test func `sentences and tables have the decimals of the file`() {
        let chart = Chart(kind: .line, title: "Level", x: .numbers([1971, 1972]), series: [Chart.Series(name: "Level", values: [579, 579.96], decimals: 2)], unit: "ft")
        #expect(chart.textAlternative.contains("from 579.00\u{A0}ft to 579.96\u{A0}ft"))
        #expect(chart.dataTable().rows == [["1971", "579.00"], ["1972", "579.96"]])
    }
}
