// The clocks of the world for pages: zone rules read once from the system's zone files.
import FoundationEssentials
package import Scheduling
import Synchronization

/// Time zones by name, read when first asked for and kept.
package final class Zones: Sendable {
    private let folder: String
    private let known = Mutex<[String: TimeZoneRules]>([:])

    /// Zones from a folder of TZif files.
    package init(folder: String = "/usr/share/zoneinfo") { self.folder = folder }

    /// The rules of a zone, or nil when the system has no zone of that name.
    package func rules(_ name: String) -> TimeZoneRules? {
        if let rules = known.withLock({ $0[name] }) { return rules }
        guard TimeZoneRules.isSafeName(name), let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
            let rules = try? TimeZoneRules(tzif: [UInt8](data))
        else { return nil }
        known.withLock { $0[name] = rules }
        return rules
    }
}
