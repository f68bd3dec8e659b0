// Every folder under Cases is a workspace with something wrong in it, and says in expected.txt what is to be told.
import Defining
import Foundation
import Testing
import Vocabulary

@Suite struct `diagnostic cases` {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases").path
    static let cases = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }.sorted()

    @Test func `there are at least forty`() { #expect(Self.cases.count >= 40) }

    /// `ALMANAC_UPDATE_GOLDEN=1` writes what is told now; the change is then to be read like any other.
    @Test(arguments: cases) func `what is wrong is told as expected`(name: String) throws {
        let workspace = Self.folder + "/" + name
        let scratch = try Scratch()
        let zones = try scratch.zones()
        var told = WorkspaceReader(workspace: workspace, zoneInfo: zones).readAll().flatMap(\.diagnostics)
        if let text = try? String(contentsOfFile: workspace + "/almanac.yaml", encoding: .utf8) {
            told += SettingsFile.read(text, file: "almanac.yaml", zoneInfo: zones).diagnostics
        }
        if let text = try? String(contentsOfFile: workspace + "/Site/site.yaml", encoding: .utf8) {
            told += SiteFile.read(text, file: "Site/site.yaml").1
        }
        let lines = told.map { $0.description + "\n" }.joined()
        let expected = workspace + "/expected.txt"
        if ProcessInfo.processInfo.environment["ALMANAC_UPDATE_GOLDEN"] == "1" { try lines.write(toFile: expected, atomically: true, encoding: .utf8) }
        #expect(try lines == String(contentsOfFile: expected, encoding: .utf8))
        #expect(!told.isEmpty, "a case without a diagnostic belongs into the tests of good jobs")
    }
}
