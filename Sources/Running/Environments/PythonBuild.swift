// Builds one Python environment from a requirements.txt.
import FoundationEssentials
import Glibc
import Vocabulary

/// A virtual environment at `<place>/venv`, with `<place>/versions.json` and `<place>/build.log`. It is built in a folder beside `place` that is renamed at
/// the end, so `place` is whole or not there; programs in `bin` that name the building folder are rewritten before that.
struct PythonBuild {
    let place: String
    let requirements: [UInt8]
    let interpreter: Interpreter

    /// Versions of what is installed, or nil when it is not built (or the interpreter under it is gone).
    func versions() throws -> [String: String]? {
        guard access(place + "/venv/bin/python", X_OK) == 0 else { return nil }
        return try readJSON([String: String].self, at: place + "/versions.json")
    }

    func environment(_ versions: [String: String], language: TaskLanguage) -> BuiltEnvironment {
        let python = Interpreter(language: .python, path: place + "/venv/bin/python", version: interpreter.version)
        return BuiltEnvironment(
            interpreter: language == .python ? python : nil, variables: ["VIRTUAL_ENV": place + "/venv"], programs: place + "/venv/bin",
            place: place, versions: versions, log: place + "/build.log")
    }

    /// Builds it; the caller holds the lock. Throws `environmentFailed`, `storageFailed`; the log of a failed build is kept at `<place>.failed.log`.
    func run() async throws -> [String: String] {
        try removeUnfinished()
        try Folders.remove(place)
        // A new name each time: the tools of a server that was killed may still be writing into the old one.
        let building = place + ".building-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        try Folders.make(building)
        let log = try Descriptor(building + "/build.log", O_WRONLY | O_CREAT | O_APPEND)
        do {
            try Descriptor(building + "/requirements.txt", O_WRONLY | O_CREAT | O_EXCL).write(requirements)
            try await install(in: building, log: log)
            let versions = try await installed(in: building)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            try Descriptor(building + "/versions.json", O_WRONLY | O_CREAT | O_EXCL).write(Array(try encoder.encode(versions)))
            try renamePrograms(from: building)
            guard rename(building, place) == 0 else { throw RunningError.system("rename", building, errno) }
            return versions
        } catch {
            _ = rename(building + "/build.log", place + ".failed.log")
            try? Folders.remove(building)
            throw error
        }
    }

    private func install(in building: String, log: Descriptor) async throws {
        let venv = building + "/venv"
        let python = venv + "/bin/python"
        let steps: [[String]]
        if let uv = PythonBuild.uv {
            steps = [
                [uv, "venv", "--python", interpreter.path, venv],
                [uv, "pip", "install", "--python", python, "--compile-bytecode", "-r", building + "/requirements.txt"],
            ]
        } else {
            steps = [
                [interpreter.path, "-m", "venv", venv],
                [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", building + "/requirements.txt"],
            ]
        }
        for step in steps {
            try log.write(Array("$ \(step.joined(separator: " "))\n".utf8))
            let status = try await Tool(path: step[0], arguments: Array(step.dropFirst())).run(appendingTo: log)
            guard status == 0 else { throw failure(lastLines(of: building + "/build.log")) }
        }
    }

    private func failure(_ said: String) -> RunningError {
        let hint = said.contains("ensurepip") ? "\nOn Debian and Ubuntu: `apt-get install python3-venv`." : ""
        return RunningError(
            .environmentFailed, subject: "requirements.txt", detail: "the Python environment could not be built. The tool said:\n\(said)\(hint)")
    }

    private func lastLines(of path: String) -> String {
        guard let log = try? Descriptor(path, O_RDONLY), let size = try? log.status().st_size,
            let bytes = try? log.read(8192, at: max(0, Int64(size) - 8192))
        else { return "nothing" }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(12).joined(separator: "\n")
    }

    private func installed(in building: String) async throws -> [String: String] {
        let script = """
            import importlib.metadata as m
            for d in m.distributions():
                print(d.metadata["Name"], d.version)
            """
        let outcome = try await Tool(path: building + "/venv/bin/python", arguments: ["-I", "-c", script]).run()
        guard outcome.status == 0 else { throw failure(outcome.output) }
        var versions = ["python": interpreter.version]
        for line in outcome.output.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2 { versions[String(words[0])] = String(words[1]) }
        }
        return versions
    }

    /// Console scripts name their interpreter by its absolute path, which is about to change.
    private func renamePrograms(from building: String) throws {
        let folder = try Descriptor(building + "/venv/bin", O_RDONLY | O_DIRECTORY)
        for name in try Folders.names(in: folder) {
            guard case .success(let file) = folder.open(String(decoding: name, as: UTF8.self), O_RDWR), try file.status().isRegular,
                let bytes = try file.readAll(limit: 1 << 20), !bytes.contains(0)
            else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            let parts = text.split(separator: building + "/", omittingEmptySubsequences: false)
            guard parts.count > 1, text.utf8.elementsEqual(bytes) else { continue }
            guard lseek(file.number, 0, SEEK_SET) == 0, ftruncate(file.number, 0) == 0 else { throw RunningError.system("write", file.path, errno) }
            try file.write(Array(parts.joined(separator: place + "/").utf8))
        }
    }

    private func removeUnfinished() throws {
        guard let slash = place.lastIndex(of: "/") else { return }
        let prefix = Array((place[place.index(after: slash)...] + ".building-").utf8)
        let folder = try Descriptor(String(place[..<slash]), O_RDONLY | O_DIRECTORY)
        for name in try Folders.names(in: folder) where name.starts(with: prefix) {
            try? Folders.remove(folder.path + "/" + String(decoding: name, as: UTF8.self))
        }
    }

    /// `uv`, where it is on PATH and would fetch from the same place as pip: an index or a folder of wheels that only pip was told of is respected by
    /// using pip.
    private static var uv: String? {
        func isSet(_ name: String) -> Bool { getenv(name).map { $0.pointee != 0 } ?? false }
        let ofUV = ["UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "UV_CONFIG_FILE"]
        let ofPip = ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_CONFIG_FILE"]
        let home = getenv("HOME").map { String(cString: $0) } ?? "/nonexistent"
        let files = ["/etc/pip.conf", "/etc/xdg/pip/pip.conf", home + "/.config/pip/pip.conf", home + "/.pip/pip.conf"]
        let onlyPip = ofPip.contains(where: isSet) || files.contains { access($0, F_OK) == 0 }
        guard ofUV.contains(where: isSet) || !onlyPip else { return nil }
        return Interpreters.machinePath.split(separator: ":").map { $0 + "/uv" }.first { $0.hasPrefix("/") && access($0, X_OK) == 0 }
    }
}
