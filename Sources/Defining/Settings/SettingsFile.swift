// almanac.yaml: settings by dotted key, checked one by one.
package import Vocabulary

/// The settings that a file gives; defaults, environment and command line are the program's business.
package struct SettingsFile: Sendable {
    /// A setting as text, with its place for those who find more wrong with it.
    package struct Setting: Hashable, Sendable {
        package let text: String
        /// In the file, from 1.
        package let line: Int
        package let column: Int
    }

    /// By dotted key, such as `server.port`; only those that are good.
    package let values: [String: Setting]
    package let diagnostics: [Diagnostic]

    /// What a setting must be.
    enum Kind {
        case text, port, count, address, zone, locale, host, level, email, path, list, database
    }

    static let kinds: [(key: String, kind: Kind)] = [
        ("site.title", .text), ("site.base_url", .address), ("site.time_zone", .zone), ("site.locale", .locale), ("server.host", .host),
        ("server.port", .port), ("server.tls_certificate", .path), ("server.tls_key", .path), ("server.trusted_proxies", .list),
        ("server.content_host", .host), ("database", .database), ("artifacts", .path), ("runner.concurrency", .count),
        ("runner.team_concurrency", .count), ("log.level", .level), ("mail.command", .text), ("mail.from", .email),
        ("oidc.issuer", .address), ("oidc.client_id", .text), ("oidc.client_secret_file", .path), ("oidc.groups_claim", .text),
        ("oidc.scopes", .list),
    ]

    /// The keys of almanac.yaml, for reading and for documentation.
    package static let keys: [String] = kinds.map(\.key)
    /// Words for `log.level`.
    package static let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    /// Reads almanac.yaml. `file` is the path that diagnostics show.
    package static func read(_ text: String, file: String, zoneInfo: String = "/usr/share/zoneinfo") -> SettingsFile {
        let findings = Findings(file: file)
        guard let root = YAMLText.read(SourceText.normalised(text), into: findings), !root.isNull else {
            return SettingsFile(values: [:], diagnostics: findings.sorted)
        }
        var values: [String: Setting] = [:]
        if let reader = MappingReader(root, path: "", keys: KeyTable(keys), into: findings) {
            let check = SettingCheck(zones: ZoneNames(folder: zoneInfo))
            for (key, kind) in kinds {
                let parts = key.split(separator: ".").map(String.init)
                guard let group = parts.count == 1 ? reader : reader.group(parts[0]), let last = parts.last, let entry = group.entry(last) else { continue }
                if let text = check.read(last, kind, group) {
                    values[key] = Setting(text: text, line: entry.value.place.line, column: entry.value.place.column)
                }
            }
        }
        LaterKeys.refuse(LaterKeys.settings, in: root, into: findings)
        return SettingsFile(values: values, diagnostics: findings.sorted)
    }
}

extension MappingReader {
    /// The mapping under a key; an empty one counts as none.
    fileprivate func group(_ key: String) -> MappingReader? {
        guard let entry = entry(key), !entry.value.isNull else { return nil }
        return MappingReader(entry.value, path: key, keys: keys, into: findings)
    }
}
