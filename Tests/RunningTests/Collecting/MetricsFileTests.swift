// Metrics in both forms.
import Testing
import Vocabulary

@testable import Running

struct MetricsFileTests {
    private func read(_ text: String) throws -> [Metric] { try readMetrics(Array(text.utf8)) }

    @Test func `CSV and JSON lines may be mixed, with steps and slices`() throws {
        let metrics = try read(
            """
            name,value,step,slice
            mape,4.5
            loss,1e-3,12
            auc,.91,,"JFK, ""New York\"""\r

            {"name": "loss", "value": 0.25, "step": 13, "slice": null, "unit": ["ignored"]}
            {"slice":"J\\u00fcrgen \\ud83d\\ude00","value":-1,"name":"bias"}
            """)
        #expect(
            metrics == [
                Metric(name: "mape", value: 4.5), Metric(name: "loss", value: 0.001, step: 12), Metric(name: "auc", value: 0.91, slice: "JFK, \"New York\""),
                Metric(name: "loss", value: 0.25, step: 13), Metric(name: "bias", value: -1, slice: "Jürgen 😀"),
            ])
    }

    @Test(arguments: [
        ("a,nan", "NaN"), ("a,NaN", "NaN"), ("a,-inf", "-Infinity"), ("a,Inf", "Infinity"), ("a,NA", "NA"), ("a,1e999", "Infinity"),
        ("{\"name\":\"a\",\"value\":NaN}", "NaN"), ("{\"name\":\"a\",\"value\":-Infinity}", "-Infinity"), ("{\"name\":\"a\",\"value\":null}", "NA"),
    ])
    func `What is no finite number is no value, with the reason`(line: String, reason: String) throws {
        #expect(try read(line) == [Metric(name: "a", value: nil, noValueReason: reason)])
    }

    @Test(arguments: [
        ("a", "has 1 fields: write name,value or name,value,step,slice"), ("a,1,2,3,4", "has 5 fields: write name,value or name,value,step,slice"),
        ("a,", "has a value that is not a number"), ("a,0x10", "has a value that is not a number"), ("a,1;5", "has a value that is not a number"),
        ("a,1,1.5", "has a step that is not a whole number"), (",1", "has a name or slice that is empty, too long or not plain text"),
        ("\"a,1", "has a quotation mark that is not closed"), ("{\"name\":\"a\"}", "has no name or no value"),
        ("{\"name\":\"a\",\"value\":1", "is not JSON: a comma or the end of an object is missing"),
        ("{\"name\":\"a\",\"value\":[1]}", "is not JSON: a value was expected"), ("{\"name\":\"a\",\"value\":true}", "has a value that is not a number"),
    ])
    func `A malformed line is named`(line: String, complaint: String) {
        #expect(throws: MetricsProblem(text: "line 2 of the metrics file \(complaint)")) { try read("ok,1\n" + line) }
    }

    @Test func `There may be 100,000 of them`() throws {
        let many = String(repeating: "a,1\n", count: 100_000)
        #expect(try read(many).count == 100_000)
        #expect(throws: MetricsProblem.self) { try read(many + "a,1\n") }
    }
}
