// The unit for systemd: the lines without which a restart would kill jobs, or isolation would not work.
import Foundation
import Testing
import TestSupport

@Suite struct `The unit for systemd` {
    private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../Documentation/systemd/almanac.service"

    /// Every value of a key of the service, in order.
    private func values(_ key: String) -> [String] {
        Program.read(Self.path).split(separator: "\n").filter { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
    }

    @Test func `leaves jobs alone and ends only the server`() {
        #expect(values("KillMode") == ["process"])
        #expect(values("Delegate") == ["yes"])
        #expect(values("OOMPolicy") == ["continue"])
    }

    @Test func `starts again after a failure of the engine, not after a wrong setting, and not for ever`() {
        #expect(values("Restart") == ["on-failure"])
        #expect(values("RestartPreventExitStatus") == ["64"])
        #expect(values("StartLimitBurst").first.flatMap { Int($0) } == 5)
    }

    @Test func `keeps the key out of the data folder, and both for one user`() {
        #expect(values("StateDirectory") == ["almanac almanac-key"] && values("StateDirectoryMode") == ["0700"])
        let places = Dictionary(values("Environment").map { line in (line.split(separator: "=")[0], line.split(separator: "=")[1]) }) { first, _ in first }
        #expect(places["ALMANAC_DATA"] == "/var/lib/almanac" && places["ALMANAC_KEY_FILE"] == "/var/lib/almanac-key/key")
    }

    @Test(arguments: [
        "ProtectKernelTunables", "ProtectKernelLogs", "ProtectHostname", "ProtectProc", "ProcSubset", "RestrictNamespaces", "PrivateUsers", "PrivateTmp",
        "MemoryDenyWriteExecute", "PrivateDevices", "ProtectClock",
    ])
    func `hardens nothing that jobs or their isolation need`(key: String) { #expect(values(key).isEmpty) }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze"), "systemd is not installed"))
    func `is right in the eyes of systemd`() throws {
        let folder = try TemporaryFolder()
        let unit = Program.read(Self.path).replacingOccurrences(of: "/opt/almanac/bin/almanac serve", with: "/bin/true")
            .replacingOccurrences(of: "User=almanac\nGroup=almanac", with: "User=daemon\nGroup=daemon")
        try folder.write(["almanac.service": unit])
        let checked = try Program.run("/usr/bin/systemd-analyze", ["verify", "--man=no", folder.path + "/almanac.service"], limit: 60)
        // It also tells of other units of this machine.
        let about = (checked.output + checked.errors).split(separator: "\n").filter { $0.contains("almanac.service") }
        #expect(about.isEmpty, "\(about)")
    }
}
