// Which time zones the machine knows, by the names of its zone files.
internal import Scheduling
internal import Vocabulary

/// The time zones under a folder such as `/usr/share/zoneinfo`.
struct ZoneNames: Sendable {
    let folder: String

    /// Nil when the zone is known, else at most three names that were perhaps meant.
    func unknown(_ name: String) -> [String]? {
        if isKnown(name) { return nil }
        let all = names()
        let wanted = name.lowercased()
        func last(_ text: String) -> String { text.split(separator: "/").last.map { $0.lowercased() } ?? "" }
        let same = all.filter { $0.lowercased() == wanted || last($0) == wanted || last($0) == last(wanted) }
        if !same.isEmpty { return Array(same.prefix(3)) }
        if let near = Nearest.word(to: name, among: all) { return [near] }
        let city = Nearest.word(to: last(wanted), among: all.map(last))
        return city.map { city in Array(all.filter { last($0) == city }.prefix(3)) } ?? []
    }

    private func isKnown(_ name: String) -> Bool {
        guard TimeZoneRules.isSafeName(name),
            let bytes = try? Files.bytes(folder + "/" + name, limit: 1 << 20)
        else { return false }
        return bytes.starts(with: Array("TZif".utf8))
    }

    /// Every name, from the folders whose names begin with a capital letter; `posix` and `right` repeat them.
    private func names() -> [String] {
        var found: [String] = []
        func walk(_ path: String, depth: Int) {
            guard let names = try? Files.names(in: path.isEmpty ? folder : folder + "/" + path) else { return }
            for case let name? in names where name.first?.isUppercase == true {
                let full = path.isEmpty ? name : path + "/" + name
                guard let stamp = Files.target(folder + "/" + full) else { continue }
                if stamp.kind == .folder, depth < 3 { walk(full, depth: depth + 1) } else if stamp.kind == .file { found.append(full) }
            }
        }
        walk("", depth: 0)
        return found
    }
}
