// What each kind of setting may be.
internal import Vocabulary

/// Checks settings. Their values may hold what is nobody's business, so no message repeats an address.
struct SettingCheck {
    let zones: ZoneNames

    /// The setting as text, or nil when it is wrong.
    func read(_ key: String, _ kind: SettingsFile.Kind, _ group: MappingReader) -> String? {
        switch kind {
        case .port: return group.integer(key, in: 0...65_535).map { String($0) }
        case .count: return group.integer(key, in: 1...10_000).map { String($0) }
        case .list: return group.texts(key, example: "\(key): [127.0.0.1]").map(\.value).joined(separator: ",")
        case .text, .path: return group.text(key)
        case .email: return group.text(key, rule: Rules.email)
        case .address: return group.text(key, rule: address)
        case .host: return group.text(key, rule: host)
        case .locale: return group.text(key, rule: locale)
        case .level: return group.text(key, rule: level)
        case .zone: return group.text(key, rule: zone)
        case .database: return group.text(key, rule: database)
        }
    }

    private func address(_ text: String) -> (message: String, suggestion: String?)? {
        let rest = text.hasPrefix("https://") ? text.dropFirst(8) : text.hasPrefix("http://") ? text.dropFirst(7) : ""
        let plain = text.utf8.allSatisfy { $0 > 32 && $0 < 127 } && !text.contains("?") && !text.contains("#") && !rest.contains("@")
        return rest.isEmpty || rest.hasPrefix("/") || !plain ? ("this is not the address of a site", "write it like `https://almanac.example.com`") : nil
    }

    private func host(_ text: String) -> (message: String, suggestion: String?)? {
        let fits = text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || [45, 46, 58, 91, 93].contains($0) }
        return fits ? nil : ("\(quoted(text)) is not a host", "write a name or an address such as `127.0.0.1`")
    }

    private func locale(_ text: String) -> (message: String, suggestion: String?)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let letters = parts.allSatisfy { (2...8).contains($0.utf8.count) && $0.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) || (48...57).contains($0) } }
        return letters && parts[0].utf8.count <= 3 ? nil : ("\(quoted(text)) is not a language", "write it like `en` or `de-DE`")
    }

    private func level(_ text: String) -> (message: String, suggestion: String?)? {
        if SettingsFile.levels.contains(text) { return nil }
        let near = Nearest.word(to: text, among: SettingsFile.levels)
        return ("\(quoted(text)) is not a level of the log", near.map { "did you mean \(quoted($0))?" } ?? "write \(listed(SettingsFile.levels, last: "or"))")
    }

    private func zone(_ text: String) -> (message: String, suggestion: String?)? {
        zones.unknown(text).map { near in
            ("there is no time zone \(quoted(text))", near.isEmpty ? "write an IANA name such as `Europe/Berlin`" : "did you mean \(listed(near, last: "or"))?")
        }
    }

    private func database(_ text: String) -> (message: String, suggestion: String?)? {
        if text == "sqlite" { return nil }
        guard let rest = ["postgresql://", "postgres://"].first(where: text.hasPrefix).map({ text.dropFirst($0.utf8.count) }) else {
            return ("this is not the address of a database", "write it like `postgresql://almanac@host/almanac`, or leave the key out")
        }
        let user = rest.split(separator: "/", omittingEmptySubsequences: false).first?.split(separator: "@", omittingEmptySubsequences: false)
        let hasPassword = user?.count == 2 && user?[0].contains(":") == true || text.contains("password=")
        return hasPassword ? ("a password stands in the address", "remove it, and put it into PGPASSFILE or the environment") : nil
    }
}
