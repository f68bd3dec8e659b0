// The clocks of the world: zone rules from the system's zone files, read again when a file changes.
import FoundationEssentials
import Glibc
package import Scheduling
import Synchronization

/// Time zones by name, read when first asked for and again when their files change.
package final class Zones: Sendable {
    private struct Entry {
        /// Which file it was, and when it was written.
        let stamp: [Int64]
        let rules: TimeZoneRules
    }

    private let folder: String
    private let known = Mutex<[String: Entry]>([:])

    /// Zones from a folder of TZif files.
    package init(folder: String = "/usr/share/zoneinfo") { self.folder = folder }

    /// The rules of a zone, or nil when the system has no zone of that name.
    package func rules(_ name: String) -> TimeZoneRules? { reading(name)?.rules }

    /// The rules of a zone with a mark that changes when its file does, or nil when the system has no zone of that name.
    package func reading(_ name: String) -> (rules: TimeZoneRules, stamp: [Int64])? {
        guard TimeZoneRules.isSafeName(name) else { return nil }
        var status = stat()
        guard stat("\(folder)/\(name)", &status) == 0 else { return nil }
        let stamp = [Int64(bitPattern: UInt64(status.st_ino)), Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec), Int64(status.st_size)]
        if let entry = known.withLock({ $0[name] }), entry.stamp == stamp { return (entry.rules, stamp) }
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"), let rules = try? TimeZoneRules(tzif: [UInt8](data)) else { return nil }
        known.withLock { $0[name] = Entry(stamp: stamp, rules: rules) }
        return (rules, stamp)
    }
}
