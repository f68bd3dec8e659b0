// The server's log: one JSON object per line on stderr.
import FoundationEssentials
import Glibc
import Logging
import Operating
import Vocabulary

/// Writes log lines as JSON with the keys of the glossary.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    /// A logger that writes here, without touching the process's default.
    static func logger() -> Logger { Logger(label: "almanac") { _ in JSONLogHandler() } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = ["at": Clock.system().description, "level": event.level.rawValue, "message": event.message.description]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) { fields[key] = value.description }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Text by text always encodes.
        guard var line = try? encoder.encode(fields) else { return }
        line.append(10)
        line.withUnsafeBytes { bytes in _ = write(2, bytes.baseAddress, bytes.count) }
    }
}
