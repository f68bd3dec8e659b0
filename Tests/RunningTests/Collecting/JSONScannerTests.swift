// JSON as jobs write it.
import Testing

@testable import Running

struct JSONScannerTests {
    private func problem(_ text: String) -> JSONProblem? {
        var scanner = JSONScanner(Array(text.utf8))
        do throws(JSONProblem) {
            try scanner.whole()
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "{}", "[]", " [1, -0.5e+10, NaN, -Infinity, true, false, null, \"\\u00e9\\\\ \\\"\"] ", "\u{FEFF}{\"a\":{\"b\":[{}]}}", "0", "\"x\"",
        String(repeating: "[", count: 255) + String(repeating: "]", count: 255),
    ])
    func `Sound texts pass`(text: String) { #expect(problem(text) == nil) }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "[01]", "[1.]", "[.5]", "[+1]", "[1 2]", "nul", "\"a\nb\"", "\"\\x\"", "\"\\u12\"", "{} {}", "'x'",
        String(repeating: "[", count: 300) + String(repeating: "]", count: 300),
    ])
    func `Others do not`(text: String) { #expect(problem(text) != nil) }

    @Test func `The line of a problem is counted`() { #expect(problem("{\n \"a\": 1,\n \"b\" 2\n}")?.line == 3) }
}
