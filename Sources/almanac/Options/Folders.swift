// Where things are: the workspace, the data folder, the share folder, the key file.
import Glibc
import Operating
import Recording
import Vocabulary

/// The places that a verb works with, as absolute paths.
struct Folders {
    let workspace: String
    let data: DataFolder
    let share: String
    let keyFile: String
    /// The settings, with what the options of every verb override.
    let settings: Settings
    private let overrides: [String: String]
    /// The folder of the key file.
    var keyFolder: String { String(keyFile[..<(keyFile.lastIndex(of: "/") ?? keyFile.startIndex)]) }

    /// Finds the places, or refuses with what to do.
    init(_ options: GlobalOptions) throws {
        let start = try absolute(options.workspace ?? environment("ALMANAC_WORKSPACE") ?? ".")
        workspace = options.workspace == nil ? Folders.nearest(start) : start
        guard isFolder(workspace) else { throw Refusal("there is no folder \(workspace)") }
        data = DataFolder(path: try absolute(options.data ?? environment("ALMANAC_DATA") ?? workspace + "/.almanac"))
        share = try Folders.findShare()
        keyFile = try absolute(
            environment("ALMANAC_KEY_FILE") ?? (environment("XDG_CONFIG_HOME") ?? (environment("HOME") ?? "/root") + "/.config") + "/almanac/key")
        if let database = options.database, let diagnostic = Settings.check("database", database, source: "--database").first {
            throw Refusal(diagnostic.description, status: 64)
        }
        overrides = options.database.map { ["database": $0] } ?? [:]
        settings = Settings(workspace: workspace, overrides: overrides)
    }

    /// Where the record is.
    var record: StoreLocation { databaseKind == "sqlite" ? .dataFolder(data.path) : .postgreSQL(settings.text("database")) }

    /// `sqlite` or `postgresql`.
    var databaseKind: String { settings.text("database") == "sqlite" ? "sqlite" : "postgresql" }

    /// The settings, with more that a verb's own options override.
    func settings(overriding more: [String: String]) -> Settings { Settings(workspace: workspace, overrides: overrides.merging(more) { $1 }) }

    private static func nearest(_ start: String) -> String {
        var folder = start
        while !isFolder(folder + "/Jobs") {
            guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else { return start }
            folder = String(folder[..<slash])
        }
        return folder
    }

    /// Built-in templates and assets: `ALMANAC_SHARE`, else beside the executable, else in a folder above it.
    static func findShare() throws -> String {
        if let named = environment("ALMANAC_SHARE") { return try absolute(named) }
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        var folder = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            for candidate in [folder + "/share/almanac", folder] where isFolder(candidate + "/Templates") && isFolder(candidate + "/Site/assets") {
                return candidate
            }
        }
        throw Refusal("the built-in templates are not beside the program; set ALMANAC_SHARE to the folder that has Templates/ and Site/", status: 70)
    }
}

/// A path from the root, without `.` and `..`.
func absolute(_ path: String) throws -> String {
    var whole = path
    if !path.hasPrefix("/") {
        guard let current = getcwd(nil, 0) else { throw Refusal("the current folder is gone", status: 70) }
        whole = String(cString: current) + "/" + path
        free(current)
    }
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
        if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
}

func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Whether something stands at a path; also when it may not be read.
func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 || errno != ENOENT
}

/// A text file of at most 1 MiB, or nil when it cannot be read.
func readText(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
}
