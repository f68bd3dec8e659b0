// Names that people choose, checked where they enter.

/// Rules for the names of jobs, and of inputs, outputs, parameters, metrics and tasks.
package enum Names {
    /// Job names that would collide with addresses or read as something else.
    package static let reserved: Set<String> = [
        "about", "account", "admin", "api", "assets", "card", "editions", "everyone", "files", "glossary", "healthz", "help", "job", "jobs",
        "login", "logout", "metrics", "new", "none", "notebooks", "performance", "public", "readyz", "report", "reports", "run", "runs",
        "schedule", "search", "static",
    ]

    /// Whether `name` may name a job: `[a-z][a-z0-9-]{0,63}` and not reserved.
    package static func isJob(_ name: String) -> Bool { fits(name, extra: 45) && !reserved.contains(name) }

    /// Whether `name` may name an input, output, parameter, metric, task or schedule: `[a-z][a-z0-9_]{0,63}`.
    package static func isThing(_ name: String) -> Bool { fits(name, extra: 95) }

    /// Whether `name` may name a user, group or team: `[a-z][a-z0-9._-]{0,63}`.
    package static func isPrincipal(_ name: String) -> Bool {
        guard let first = name.utf8.first, (97...122).contains(first), name.utf8.count <= 64 else { return false }
        return name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 || $0 == 95 }
    }

    private static func fits(_ name: String, extra: UInt8) -> Bool {
        guard let first = name.utf8.first, (97...122).contains(first), name.utf8.count <= 64 else { return false }
        return name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == extra }
    }
}
