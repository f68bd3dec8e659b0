// Finds the interpreters of this machine, and their versions.
import Glibc
import Synchronization
package import Vocabulary

/// A language's interpreter.
package struct Interpreter: Hashable, Sendable {
    package let language: TaskLanguage
    /// Absolute: the program itself, not a shim that looks for it.
    package let path: String
    /// `3.11.7`
    package let version: String
}

/// Looks for interpreters on a search path and remembers what it found for as long as the file there stays the same.
package final class Interpreters: Sendable {
    private let searchPath: String
    private let known = Mutex<[String: Interpreter]>([:])

    /// This process's PATH, or the usual one.
    package static var machinePath: String {
        getenv("PATH").map { String(cString: $0) } ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    }

    package init(searchPath: String = Interpreters.machinePath) { self.searchPath = searchPath }

    /// The interpreter of a language, of a version when one is asked for: `3.11` takes any 3.11. Nil for languages that need none.
    /// Throws `environmentFailed` with what to install.
    package func find(_ language: TaskLanguage, version wanted: String? = nil) async throws -> Interpreter? {
        guard let program = Interpreters.programs[language] else { return nil }
        var names = [program.name]
        if language == .python, let wanted { names.insert("python" + wanted.split(separator: ".").prefix(2).joined(separator: "."), at: 0) }
        var others: [String] = []
        for path in names.flatMap({ candidates($0) }) {
            guard let found = try await probe(path, language: language, arguments: program.arguments) else { continue }
            guard let wanted else { return found }
            if Interpreters.fits(found.version, wanted) { return found }
            if !others.contains(found.version) { others.append(found.version) }
        }
        let missing = wanted.map { "\(program.title) \($0)" } ?? program.title
        let there = others.isEmpty ? "" : " (there is \(others.joined(separator: ", ")))"
        throw RunningError(
            .environmentFailed, subject: language.rawValue,
            detail: "\(missing) is not on this machine\(there): install it, on Debian or Ubuntu with `apt-get install \(program.package)`")
    }

    /// Whether a version is one that was asked for: equal in as many parts as were asked for.
    static func fits(_ version: String, _ wanted: String) -> Bool {
        version.split(separator: ".").starts(with: wanted.split(separator: "."))
    }

    private struct Program {
        let name: String
        let title: String
        let package: String
        /// What makes it print its version on the first line and, where it may have been started through a shim, its own path on the second.
        let arguments: [String]
    }

    private static let programs: [TaskLanguage: Program] = [
        .python: Program(
            name: "python3", title: "Python", package: "python3 python3-venv",
            arguments: ["-c", "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)"]),
        .r: Program(name: "Rscript", title: "R", package: "r-base-core", arguments: ["--version"]),
        .julia: Program(
            name: "julia", title: "Julia", package: "julia",
            arguments: ["--startup-file=no", "-e", "println(VERSION); println(joinpath(Sys.BINDIR, \"julia\"))"]),
    ]

    private func candidates(_ name: String) -> [String] {
        searchPath.split(separator: ":").filter { $0.hasPrefix("/") }.map { $0 + "/" + name }.filter { access($0, X_OK) == 0 }
    }

    private func probe(_ path: String, language: TaskLanguage, arguments: [String]) async throws -> Interpreter? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let key = "\(path) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec)"
        if let found = known.withLock({ $0[key] }) { return found }
        guard let outcome = try? await Tool(path: path, arguments: arguments).run(), outcome.status == 0 else { return nil }
        let lines = outcome.output.split(separator: "\n").map(String.init)
        guard let version = lines.first.flatMap(Interpreters.version(in:)) else { return nil }
        let itself = lines.count > 1 && lines[1].hasPrefix("/") && access(lines[1], X_OK) == 0 ? lines[1] : path
        let found = Interpreter(language: language, path: itself, version: version)
        known.withLock { $0[key] = found }
        return found
    }

    /// The first word that begins with a digit and has a dot: `Rscript (R) version 4.2.2 (2022-10-31)` gives `4.2.2`.
    static func version(in line: String) -> String? {
        line.split(separator: " ").first { $0.first?.isNumber == true && $0.contains(".") }.map(String.init)
    }
}
