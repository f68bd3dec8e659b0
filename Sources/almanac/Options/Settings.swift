// The effective settings: command line over environment over almanac.yaml over defaults.
import Defining
import Glibc
import Vocabulary

/// Everything that can be set, read once.
struct Settings {
    /// One setting with where it came from.
    struct Entry {
        let key: String
        let value: String
        let source: String
    }

    private let entries: [String: Entry]
    /// What almanac.yaml or the environment says wrongly.
    let diagnostics: [Diagnostic]

    private static let defaults: [(key: String, value: String)] = [
        ("site.title", "Almanac"), ("site.base_url", ""), ("site.time_zone", ""), ("site.locale", "en"), ("server.host", "127.0.0.1"),
        ("server.port", "8080"), ("database", "sqlite"), ("runner.concurrency", "2"), ("runner.team_concurrency", ""), ("log.level", "info"),
    ]

    /// Reads the settings of a workspace; `overrides` are the command line's.
    init(workspace: String, overrides: [String: String]) {
        var entries: [String: Entry] = [:]
        var diagnostics: [Diagnostic] = []
        for (key, value) in Settings.defaults { entries[key] = Entry(key: key, value: value, source: "default") }
        if let text = readText(workspace + "/almanac.yaml") {
            let file = SettingsFile.read(text, file: "almanac.yaml")
            diagnostics += file.diagnostics
            for (key, value) in file.values { entries[key] = Entry(key: key, value: value.text, source: "almanac.yaml") }
        }
        for (key, _) in Settings.defaults {
            let name = "ALMANAC_" + key.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
            guard let value = environment(name) else { continue }
            let found = Settings.check(key, value, source: name)
            diagnostics += found
            if found.isEmpty { entries[key] = Entry(key: key, value: value, source: name) }
        }
        for (key, value) in overrides { entries[key] = Entry(key: key, value: value, source: "command line") }
        self.entries = entries
        self.diagnostics = diagnostics
    }

    /// Judges a value of the environment as the file's would be.
    static func check(_ key: String, _ value: String, source: String) -> [Diagnostic] {
        let parts = key.split(separator: ".")
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { (48...57).contains($0) }
        let scalar = isPlain ? value : "'" + value.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
        let text = parts.count == 1 ? "\(key): \(scalar)\n" : "\(parts[0]):\n  \(parts[1]): \(scalar)\n"
        return SettingsFile.read(text, file: source).diagnostics.map {
            Diagnostic($0.severity, file: source, $0.message, suggestion: $0.suggestion)
        }
    }

    /// Every setting by key, for `check`.
    var all: [Entry] { entries.values.sorted { $0.key < $1.key } }

    func text(_ key: String) -> String { entries[key]?.value ?? "" }

    /// The zone in which pages tell times, or nil when each job's own is meant.
    var siteZone: String? { text("site.time_zone").isEmpty ? nil : text("site.time_zone") }

    /// A whole number in a range, or a refusal that names the setting and where it came from.
    func number(_ key: String, in range: ClosedRange<Int>) throws -> Int {
        guard let entry = entries[key], let value = Int(entry.value), range.contains(value) else {
            throw Refusal("\(key) (\(entries[key]?.source ?? "")) must be a whole number from \(range.lowerBound) to \(range.upperBound)", status: 64)
        }
        return value
    }
}

/// A variable of the environment, or nil when it is missing or empty.
func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
}
