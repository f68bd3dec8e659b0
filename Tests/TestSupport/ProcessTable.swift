// The machine's processes as /proc tells of them, by number and start time together, so that a number that was given away again is nobody's.
import Foundation

/// A process: its number is its own only with its start time.
package struct ProcessIdentity: Hashable, Sendable {
    package let pid: Int32
    /// Clock ticks since the machine started.
    package let startTime: UInt64

    package init(pid: Int32, startTime: UInt64) {
        self.pid = pid
        self.startTime = startTime
    }
}

/// What one look at /proc saw.
package struct ProcessTable: Sendable {
    /// One line of the table.
    package struct Entry: Sendable {
        package let identity: ProcessIdentity
        package let parent: Int32
        /// `Z` for a zombie.
        package let state: Character
        package let residentBytes: Int
    }

    package let entries: [Int32: Entry]

    /// Looks at every process.
    package static func look() -> ProcessTable {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return ProcessTable(entries: Dictionary(uniqueKeysWithValues: names.compactMap { Int32($0) }.compactMap { pid in entry(pid).map { (pid, $0) } }))
    }

    /// One process; nil when there is none of that number.
    package static func entry(_ pid: Int32) -> Entry? {
        guard let text = contents("/proc/\(pid)/stat"), let bracket = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        // After the name in brackets come the fields from 3 on: state, parent, … start time (22), … resident pages (24).
        let fields = text[(bracket + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard fields.count > 21, let parent = Int32(fields[1]), let start = UInt64(fields[19]), let pages = Int(fields[21]) else { return nil }
        return Entry(identity: ProcessIdentity(pid: pid, startTime: start), parent: parent, state: fields[0].first ?? "?", residentBytes: pages * 4096)
    }

    /// Whether a process is there and no zombie.
    package static func lives(_ process: ProcessIdentity) -> Bool {
        guard let entry = entry(process.pid), entry.identity == process else { return false }
        return entry.state != "Z" && entry.state != "X"
    }

    /// Everything below a process, without itself.
    package func descendants(of pid: Int32) -> [Entry] {
        var found: [Entry] = []
        var parents: Set<Int32> = [pid]
        while !parents.isEmpty {
            let children = entries.values.filter { parents.contains($0.parent) }
            found += children
            parents = Set(children.map(\.identity.pid))
        }
        return found
    }

    /// Processes, no zombies, whose environment or command line holds a text.
    package func holding(_ text: String) -> [Entry] {
        let mark = Data(text.utf8)
        return entries.values.filter { entry in
            entry.state != "Z" && ["environ", "cmdline"].contains { ProcessTable.contents("/proc/\(entry.identity.pid)/\($0)")?.range(of: mark) != nil }
        }
    }

    /// How many descriptors a process has open.
    package static func descriptors(of pid: Int32) -> Int { ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")) ?? []).count }

    /// The command line of a process, for people.
    package static func commandLine(of pid: Int32) -> String {
        String(decoding: contents("/proc/\(pid)/cmdline") ?? Data(), as: UTF8.self).replacingOccurrences(of: "\0", with: " ")
    }

    private static func contents(_ path: String) -> Data? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = Data()
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return count == 0 ? bytes : nil }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}
