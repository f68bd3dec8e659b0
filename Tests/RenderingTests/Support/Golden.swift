// Compares rendered pages with the files beside the tests; ALMANAC_UPDATE_GOLDEN=1 writes them anew.
import Foundation
@testable import Rendering
import Testing

/// Where things are in the tree of the sources.
enum Tree {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let templates = root + "/Templates"
    static let golden = root + "/Tests/RenderingTests/Golden"
    static let content = root + "/Site/content"
    static let assets = root + "/Site/assets"
}

/// The built-in templates, compiled.
func builtIn() throws -> Renderer { try Renderer(templates: [Tree.templates]) }

/// Expects a text to be that of `Golden/<name>.html`.
func expectGolden(_ text: String, _ name: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    let path = "\(Tree.golden)/\(name).html"
    if ProcessInfo.processInfo.environment["ALMANAC_UPDATE_GOLDEN"] == "1" {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return
    }
    let expected = try String(contentsOfFile: path, encoding: .utf8)
    guard text != expected else { return }
    let (ours, theirs) = (text.split(separator: "\n", omittingEmptySubsequences: false), expected.split(separator: "\n", omittingEmptySubsequences: false))
    let line = zip(ours, theirs).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(ours.count, theirs.count)
    Issue.record(
        "\(name).html differs from line \(line + 1): \(line < ours.count ? ours[line] : "(end)") — expected: \(line < theirs.count ? theirs[line] : "(end)")",
        sourceLocation: sourceLocation)
}

/// A folder of its own under the system's temporary one, removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-rendering-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

/// Writes a text file, making its folders.
func write(_ text: String, to path: String) throws {
    try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
}
