// The keys that one kind of file knows, by path.

/// Paths of keys such as `schedule.cron` and `inputs.*.path`, where `*` is a name that the writer chooses. A list of mappings has the
/// path of its key.
package struct KeyTable: Sendable {
    /// In the order in which documentation shows them.
    package let paths: [String]

    package init(_ paths: [String]) { self.paths = paths }

    /// The keys directly under a path; those of the whole file under an empty one.
    package func keys(under path: String) -> [String] {
        var seen: Set<String> = []
        return paths.compactMap { full in
            guard path.isEmpty || full.hasPrefix(path + ".") else { return nil }
            let rest = path.isEmpty ? Substring(full) : full.dropFirst(path.utf8.count + 1)
            let key = String(rest.prefix { $0 != "." })
            return key != "*" && seen.insert(key).inserted ? key : nil
        }
    }

    /// Where else a key belongs: the key that it stands under, or nil.
    func home(of key: String) -> String? {
        paths.first { $0.hasSuffix("." + key) }.flatMap { path in
            let parts = path.split(separator: ".")
            return parts.dropLast().last { $0 != "*" }.map(String.init)
        }
    }
}
