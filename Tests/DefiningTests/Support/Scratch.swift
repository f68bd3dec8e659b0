// A scratch workspace and a folder of time zones for tests.
import Foundation

/// A temporary folder that goes away with the value.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("defining-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, with its folders.
    func write(_ file: String, _ bytes: [UInt8], executable: Bool = false) throws {
        let full = path + "/" + file
        try FileManager.default.createDirectory(atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: full))
        if executable { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: full) }
    }

    func write(_ file: String, _ text: String, executable: Bool = false) throws { try write(file, Array(text.utf8), executable: executable) }

    /// A folder with four zone files in it, so that suggestions do not depend on the machine.
    func zones() throws -> String {
        for zone in ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"] { try write("zones/" + zone, "TZif2") }
        return path + "/zones"
    }

    /// A job with this job.yaml and a score.py; answers the workspace.
    @discardableResult
    func job(_ yaml: String, name: String = "sales") throws -> String {
        try write("work/Jobs/\(name)/job.yaml", yaml)
        try write("work/Jobs/\(name)/score.py", "print('done')\n")
        return path + "/work"
    }
}
