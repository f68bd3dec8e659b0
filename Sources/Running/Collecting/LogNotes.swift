// Lines that we add at the end of an attempt's log.
import Artifacts
import Glibc
import Synchronization
import Vocabulary

/// What is said after the job's own last line, in the log's form with `-` for the stream.
struct LogNotes {
    private let at: Instant
    private var lines: [String] = []

    init(at instant: Instant) { at = instant }

    /// Adds a line; what would break it is replaced.
    mutating func add(_ text: String) { lines.append(String(text.map { $0.isNewline ? " " : $0 })) }

    /// Names files that the job left in its working folder, which is thrown away.
    mutating func add(strayFiles files: [String]) {
        guard !files.isEmpty else { return }
        let named = files.prefix(10).joined(separator: ", ") + (files.count > 10 ? " and \(files.count - 10) more" : "")
        add("left in the working folder and thrown away (outputs belong into $ALMANAC_OUTPUTS): \(named)")
    }

    /// The log followed by these lines, or nil when the supervisor wrote none.
    func source(after log: String) throws -> ByteSource? {
        guard access(log, F_OK) == 0 else { return nil }
        let file = try Descriptor(log, O_RDONLY | O_NOFOLLOW)
        let isLast = Mutex(false)
        let end = Array(lines.map { "\(time) - \($0)\n" }.joined().utf8)
        return ByteSource {
            let bytes = try file.read()
            if !bytes.isEmpty { return bytes }
            return isLast.withLock { last in
                defer { last = true }
                return last || end.isEmpty ? nil : end
            }
        }
    }

    /// Always with milliseconds, as the supervisor writes it.
    private var time: String {
        let local = LocalTime(at, offset: 0).description
        let fraction = String(1000 + at.milliseconds - at.seconds * 1000).dropFirst()
        return "\(local).\(fraction)Z"
    }
}
