// What the contract already says and Almanac does not do yet: the one table that later issues delete lines from.
internal import Vocabulary

/// Refuses keys and values whose feature comes later, after they have been validated like all others.
enum LaterKeys {
    enum Match {
        case present
        case word(String)
        case ending(String)
    }

    struct Rule {
        /// Path in the key table, where `*` stands for any name.
        let path: String
        let match: Match
        /// What to do instead, if anything.
        let instead: String?

        init(_ path: String, _ match: Match = .present, _ instead: String? = "remove it") {
            self.path = path
            self.match = match
            self.instead = instead
        }
    }

    static let job: [Rule] = [
        Rule("tasks.train", .present, "train in `score` for now"),
        Rule("tasks.*.language", .word("notebook"), "write the task in Python, R or Julia for now"),
        Rule("tasks.*.run", .ending(".ipynb"), "write the task in Python, R or Julia for now"),
        Rule("environment", .ending("renv.lock"), "remove it and use the packages of this machine's R"),
        Rule("environment", .ending("Project.toml"), "remove it and use Julia's standard library"),
        Rule("environment", .ending("Manifest.toml"), "remove it and use Julia's standard library"),
        Rule("python"), Rule("r"), Rule("julia"),
        Rule("inputs.*.url", .present, "put the file into the workspace and name it with `path`"),
        Rule("inputs.*.run", .present, "let the task itself fetch what it needs for now"),
        Rule("inputs.*.output", .present, "let the task itself fetch what it needs for now"),
        Rule("secrets"),
        Rule("notify"),
    ]

    static let chart: [Rule] = ["stacked bar", "area", "scatter", "histogram"].map {
        Rule("type", .word($0), "write `type: line` or `type: bar`")
    }

    static let settings: [Rule] = [
        Rule("server.tls_certificate", .present, "remove it; put a proxy with TLS in front for now"),
        Rule("server.tls_key", .present, "remove it; put a proxy with TLS in front for now"),
        Rule("server.trusted_proxies"), Rule("server.content_host"),
        Rule("artifacts", .present, "remove it; artifacts live in the data folder"),
        Rule("mail.command"), Rule("mail.from"), Rule("oidc.*"),
    ]

    /// Writes down each use of what does not work yet in a tree that has been validated.
    static func refuse(_ rules: [Rule], in root: YAMLNode, into findings: Findings) {
        walk(root, path: [], rules: rules, into: findings)
    }

    /// The rule that refuses a file found by itself as if a key had named it, or nil.
    static func rule(_ path: String, value: String, in rules: [Rule]) -> Rule? {
        rules.first { $0.path == path && fits($0.match, value) }
    }

    private static func walk(_ node: YAMLNode, path: [String], rules: [Rule], into findings: Findings) {
        switch node.content {
        case .scalar: break
        case .sequence(let items): for item in items { walk(item, path: path, rules: rules, into: findings) }
        case .mapping(let entries):
            for entry in entries {
                let here = path + [entry.key]
                if let rule = rules.first(where: { matches($0, here, entry.value) }) {
                    report(rule, entry, in: here, findings)
                }
                walk(entry.value, path: here, rules: rules, into: findings)
            }
        }
    }

    private static func report(_ rule: Rule, _ entry: YAMLEntry, in path: [String], _ findings: Findings) {
        var name = path.filter { !$0.isEmpty }.joined(separator: ".")
        var place = entry.place
        if case .present = rule.match {} else if let text = entry.value.scalar?.text {
            name = "\(entry.key): \(text)"
            place = entry.value.place
        }
        findings.error(place, "\(quoted(name)) does not work yet", rule.instead)
    }

    private static func matches(_ rule: Rule, _ path: [String], _ value: YAMLNode) -> Bool {
        let parts = rule.path.split(separator: ".")
        guard parts.count == path.count, zip(parts, path).allSatisfy({ $0 == "*" || $0 == $1 }) else { return false }
        if case .present = rule.match { return true }
        guard let text = value.scalar?.text else { return false }
        return fits(rule.match, text)
    }

    private static func fits(_ match: Match, _ text: String) -> Bool {
        switch match {
        case .present: true
        case .word(let word): text == word
        case .ending(let ending): text.hasSuffix(ending)
        }
    }
}
